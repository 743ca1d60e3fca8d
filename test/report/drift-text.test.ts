/** How a drift reads: a row for each user or Team, nothing too wide, nothing hidden, and nothing that looks like what it is not. */

import { stripVTControlCharacters } from "node:util";
import { Chalk } from "chalk";
import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";

import { subjectOf } from "../../src/drift/compare/change.ts";
import { diff, type DiffOptions } from "../../src/drift/compare/diff.ts";
import { providers } from "../../src/idp/providers.ts";
import { driftText } from "../../src/report/drift/text.ts";
import type { Style } from "../../src/report/style.ts";
import { arbitraryExpected, arbitraryHeld } from "../support/arbitrary-states.ts";
import { expectedState, heldState } from "../support/states.ts";

const plain: Style = { paint: new Chalk({ level: 0 }), columns: undefined };
const { words } = providers.okta;
const commandFor = (text: string): string => `astro-scim ${text}`;

function linesOf(
  sides: readonly [Parameters<typeof expectedState>[0], Parameters<typeof heldState>[0]],
  style: Partial<Style> = {},
  options: DiffOptions = {},
): readonly string[] {
  const drift = diff(expectedState(sides[0]), heldState(sides[1]), options);
  return driftText({ drift, words, target: null, commandFor, next: undefined }, { ...plain, ...style }).split(
    "\n",
  );
}

const title = "title";

describe("what differs", () => {
  test("stands in one row for each user, with all that differs below it, in columns", () => {
    const lines = linesOf([
      {
        users: [
          { name: "ada", attributes: { displayName: "Ada King", [title]: "Countess" } },
          { name: "李四", attributes: { displayName: "Li Si" } },
        ],
      },
      {
        users: [
          { name: "ada", active: false, attributes: { displayName: "Ada" } },
          { name: "李四", attributes: { displayName: "Li" } },
          "zoe",
        ],
      },
    ]);
    expect(lines.slice(0, 7)).toEqual([
      "Users",
      "  ~ ada@example.com   3 differences",
      "      account      inactive in Astro, should be active",
      '      displayName  is "Ada", should be "Ada King"',
      '      title        is not set, should be "Countess"',
      '  ~ 李四@example.com  displayName is "Li", should be "Li Si"',
      "  - zoe@example.com   orphaned: active in Astro, not in the directory",
    ]);
  });

  test("of the members of a Team: one kind in a clause, several below each other", () => {
    const users = ["ada", "eve"];
    const team = (members: readonly string[]) => ({ users, teams: [{ name: "data", members }] });
    expect(linesOf([team(["ada", "eve"]), team(["ada"])])).toContain(
      "  ~ data  members differ, missing eve@example.com",
    );
    expect(linesOf([team(["ada"]), team(["eve"])]).slice(1, 4)).toEqual([
      "  ~ data  members differ",
      "      missing       ada@example.com",
      "      not expected  eve@example.com",
    ]);
  });

  test("two accounts of one name are two rows, and a missing user is not one of them", () => {
    const namesakeUsers = [{ name: "ada", id: "second" }];
    const lines = linesOf([{}, { users: ["ada"], namesakeUsers }]);
    expect(lines.filter((line) => line.startsWith("  - ada@example.com"))).toHaveLength(2);
  });
});

test("what is protected has a sign of its own, and is not called orphaned", () => {
  const lines = linesOf(
    [{ users: ["ada"] }, { users: ["ada", "root"] }],
    {},
    { protect: ["root@example.com"] },
  );
  expect(lines).toContain("  = root@example.com  active in Astro, not in the directory");
  expect(lines.join("\n")).not.toMatch(/^ {2}- |orphaned/m);
});

test("colours are never the only sign: without them the same characters are left", () => {
  const sides = [{ users: ["ada", "eve"] }, { users: [{ name: "ada", active: false }, "zoe"] }] as const;
  const coloured = linesOf(sides, { paint: new Chalk({ level: 1 }) }).join("\n");
  expect(coloured).toContain("\u001B[");
  expect(stripVTControlCharacters(coloured)).toBe(linesOf(sides).join("\n"));
});

describe("many", () => {
  const many = (from: string) => Array.from({ length: 1200 }, (_, at) => `${from}${at + 1000}`);
  const sides = [
    { users: [...many("new"), ...many("off"), "alone"] },
    { users: [...many("off").map((name) => ({ name, active: false })), ...many("orphan")] },
  ] as const;

  test("are counted with the first of them, every kind for itself; the summary is exact", () => {
    const lines = linesOf(sides);
    expect(lines.slice(0, 7)).toEqual([
      "Users",
      "  + 1,201 users  missing: assigned in the directory, no account in Astro",
      "      alone@example.com, new1000@example.com, new1001@example.com and 1,198 more (-v shows all)",
      "  ~ 1,200 users  inactive in Astro, should be active",
      "      off1000@example.com, off1001@example.com, off1002@example.com and 1,197 more (-v shows all)",
      "  - 1,200 users  orphaned: active in Astro, not in the directory",
      "      orphan1000@example.com, orphan1001@example.com, orphan1002@example.com and 1,197 more (-v shows all)",
    ]);
    expect(lines.join("\n")).toContain("3,601 differences (3,601 about users, 0 about Teams)");
  });

  test("are all there with -v", () => {
    const lines = linesOf(sides, { all: true });
    expect(lines.filter((line) => /^ {2}[+~-] /.test(line))).toHaveLength(3601);
  });

  test("that differ in several ways: how many in each", () => {
    const held = many("x").map((name, at) => ({
      name,
      attributes: { displayName: "old" },
      active: at % 2 === 0,
    }));
    const lines = linesOf([{ users: many("x") }, { users: held }]);
    expect(lines.slice(1, 7)).toEqual([
      "  ~ 600 users  1,200 differences",
      "      inactive in Astro, should be active (600)",
      "      attributes differ: displayName (600)",
      "      x1001@example.com, x1003@example.com, x1005@example.com and 597 more (-v shows all)",
      "  ~ 600 users  attributes differ: displayName (600)",
      "      x1000@example.com, x1002@example.com, x1004@example.com and 597 more (-v shows all)",
    ]);
  });
});

test("for any drift and width: every line fits, and every user and Team that differs is named", () => {
  fc.assert(
    fc.property(
      arbitraryExpected,
      arbitraryHeld,
      fc.integer({ min: 60, max: 160 }),
      (expected, held, columns) => {
        const drift = diff(expected, held);
        const text = driftText(
          { drift, words, target: null, commandFor, next: undefined },
          { ...plain, columns },
        );
        for (const line of text.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
        for (const change of drift.changes) expect(text).toContain(` ${subjectOf(change).name}`);
      },
    ),
  );
});
