/** Which values of an app profile a new assignment does not have. */

import { expect, test } from "vitest";
import { unmappedValues } from "../../../../src/repair/via/okta/profile-lost.ts";

const mapped = new Set(["firstName", "email"]);

test.each([
  ["values that a mapping gives come again", { firstName: "Ada", email: "ada@example.com" }, []],
  ["the userName comes with the assignment", { userName: "ada@example.com" }, []],
  ["what is empty is not lost", { costCenter: null, room: "" }, []],
  ["others are listed by their names", { room: 7, costCenter: "4711" }, ['costCenter "4711"', "room 7"]],
  ["lists are shown as they are", { floors: ["1", "2"] }, ['floors ["1","2"]']],
  ["long values are shortened", { note: "n".repeat(100) }, [`note "${"n".repeat(59)}…`]],
])("%s", (_, profile, lost) => {
  expect(unmappedValues(profile, mapped)).toEqual(lost);
});
