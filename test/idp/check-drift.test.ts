/** Which differences are those that a fixture expects: exactly they, one for one. */

import { describe, expect, test } from "vitest";
import { documentedOktaSettings } from "../../src/directory/app-settings.ts";
import type { Difference, ExpectedDifference } from "../../src/directory/difference.ts";
import { applyAction } from "../../src/directory/apply-action.ts";
import { checkDrift } from "../../src/idp/timeline/check-drift.ts";
import { aDirectory, aUser } from "../support/builders.ts";

const ada = "ada@example.com";
const grace = "grace@example.com";
const start = aDirectory({ users: [aUser(ada), aUser(grace)] });
/** Ada has married: the fixture may name her by either address. */
const directory = applyAction(start, {
  kind: "update-user",
  user: ada,
  profile: { email: "ada.king@example.com" },
});
const scene = { directory, settings: documentedOktaSettings };

const found = (kind: Difference["kind"], name: string, details: Difference["details"] = {}): Difference => ({
  kind,
  name,
  details,
});
const wanted = (...difference: Parameters<typeof found>): ExpectedDifference => ({
  ...found(...difference),
  written: difference[1],
});
const members = (details: Difference["details"]): Difference["details"] => ({
  missing: [],
  leftOver: [],
  unknownMembers: [],
  unseenMembers: [],
  ...details,
});
const attribute = (path: string): Difference["details"] => ({ attribute: path, expected: "x", held: null });

type Row = readonly [rule: string, expected: readonly ExpectedDifference[], found: readonly Difference[]];

describe("met", () => {
  test.each<Row>([
    ["nothing by nothing", [], []],
    [
      "a kind about a user",
      [wanted("user-left-over", ada)],
      [found("user-left-over", "ada@example.com", { reason: "x" })],
    ],
    [
      "under the address by now",
      [wanted("user-missing", ada)],
      [found("user-missing", "ada.king@example.com")],
    ],
    ["in any case", [wanted("team-missing", "Data")], [found("team-missing", "DATA", { members: [] })]],
    [
      "members in any order, by either address",
      [wanted("team-members-differ", "data", members({ missing: [ada, grace] }))],
      [found("team-members-differ", "data", members({ missing: [grace, "Ada.King@example.com"] }))],
    ],
    [
      "members that are not looked at",
      [wanted("team-members-differ", "data")],
      [found("team-members-differ", "data", members({ unknownMembers: ["x"] }))],
    ],
    [
      "one that says little beside one that says more, whichever comes first",
      [wanted("user-attribute-differs", ada), wanted("user-attribute-differs", ada, { attribute: "title" })],
      [
        found("user-attribute-differs", ada, attribute("title")),
        found("user-attribute-differs", ada, attribute("displayName")),
      ],
    ],
    [
      "a value that is not set",
      [wanted("user-attribute-differs", ada, { held: null })],
      [found("user-attribute-differs", ada, attribute("title"))],
    ],
  ])("%s", (_rule, expected, is) => {
    expect(checkDrift(expected, is, scene)).toBeUndefined();
  });
});

describe("not met", () => {
  test.each<Row>([
    ["a difference too many", [], [found("user-left-over", ada)]],
    ["one that is not there", [wanted("user-left-over", ada)], []],
    ["another kind", [wanted("user-left-over", ada)], [found("user-inactive", ada)]],
    ["another user", [wanted("user-left-over", grace)], [found("user-left-over", ada)]],
    [
      "one twice, where there is one",
      [wanted("user-left-over", ada), wanted("user-left-over", ada)],
      [found("user-left-over", ada)],
    ],
    [
      "one twice, beside another",
      [wanted("user-left-over", ada), wanted("user-left-over", ada)],
      [found("user-left-over", ada), found("user-left-over", grace)],
    ],
    [
      "a member more",
      [wanted("team-members-differ", "data", members({ missing: [ada] }))],
      [found("team-members-differ", "data", members({ missing: [ada, grace] }))],
    ],
    [
      "a list that is not given beside one that is",
      [wanted("team-members-differ", "data", members({ missing: [ada] }))],
      [found("team-members-differ", "data", members({ missing: [ada], leftOver: [grace] }))],
    ],
    [
      "an id in another case",
      [wanted("team-members-differ", "data", members({ unknownMembers: ["a"] }))],
      [found("team-members-differ", "data", members({ unknownMembers: ["A"] }))],
    ],
    [
      "another value",
      [wanted("user-attribute-differs", ada, { held: "y" })],
      [found("user-attribute-differs", ada, attribute("title"))],
    ],
  ])("%s", (_rule, expected, is) => {
    expect(checkDrift(expected, is, scene)).toMatchObject({ kind: "drift" });
  });

  test("both sides are in the words of a fixture, and what is met is in the same words", () => {
    const expected = [wanted("user-left-over", ada), wanted("user-missing", grace)];
    const is = [
      found("user-left-over", ada, { reason: "not assigned" }),
      found("team-members-differ", "data", members({ leftOver: [grace] })),
    ];
    expect(checkDrift(expected, is, scene)).toEqual({
      kind: "drift",
      name: "drift",
      what: "differences",
      expected: [
        { user: ada, kind: "user-left-over" },
        { user: grace, kind: "user-missing" },
      ],
      got: [
        { user: ada, kind: "user-left-over" },
        { team: "data", kind: "team-members-differ", leftOver: [grace] },
      ],
    });
  });
});
