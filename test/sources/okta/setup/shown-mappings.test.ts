/** The mappings of an app with several types of user, as the sheet is compared with them. */

import { expect, test } from "vitest";
import { shownMappings } from "../../../../src/sources/okta/setup/read-setup.ts";

const row = (expression: string, pushStatus = "PUSH") => ({ expression, pushStatus });

test.each([
  ["one type", [{ email: row("user.email") }], ["email user.email"]],
  [
    "two types that agree",
    [{ email: row("user.email") }, { email: row(" user.email ") }],
    ["email user.email"],
  ],
  [
    "two types that differ",
    [{ email: row("user.email") }, { email: row("user.login") }],
    ["email user.email or user.login"],
  ],
  ["a type without the mapping", [{ email: row("user.email") }, {}], ["email user.email or no mapping"]],
  ["an empty expression, and userName", [{ title: row(""), userName: row("user.login") }], []],
  [
    "a mapping that one type sends at creation alone",
    [{ email: row("user.email") }, { email: row("user.email", "DONT_PUSH") }],
    ["email user.email (at creation)"],
  ],
])("%s", (_name, types, shown) => {
  const found = shownMappings(types.map((properties) => ({ properties })));
  expect(
    found.map(
      ({ target, source, onlyAtCreation }) => `${target} ${source}${onlyAtCreation ? " (at creation)" : ""}`,
    ),
  ).toEqual(shown);
});
