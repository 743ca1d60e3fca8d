/** A plan as Markdown for the comment on a pull request: hostile names do not break it. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diff } from "../../src/drift/compare/diff.ts";
import { planEverything } from "../../src/drift/plan/plan-everything.ts";
import { markdownText } from "../../src/report/layout/markdown-text.ts";
import { repairMarkdown } from "../../src/report/repair/markdown.ts";
import type { RepairReport } from "../../src/report/repair/report.ts";
import { expectedState, heldState } from "../support/states.ts";

function report(names: readonly string[], changed: Partial<RepairReport> = {}): RepairReport {
  const expected = expectedState({
    users: ["ada"],
    teams: names.map((name) => ({ name, members: ["ada"] })),
  });
  const held = heldState({ users: names.map((name) => `=${name}`) });
  return {
    status: "planned",
    target: "https://api.astronomer.io/scim/v2/org",
    plan: planEverything(diff(expected, held)),
    refusals: [],
    outcomes: [],
    notes: [],
    command: "apply",
    isAsked: true,
    onlyShown: true,
    next: undefined,
    ...changed,
  };
}

/** The cells of a row: what stands between signs that are not escaped. */
function cells(line: string): readonly string[] {
  return line.split(/(?<!\\)(?:\\\\)*\|/).slice(1, -1);
}

describe("hostile text", () => {
  test.each([
    ["a | b", "a \\| b"],
    ["a\n| x | y |", "a\\\\u\\{a\\}\\| x \\| y \\|"],
    ["<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)\\>"],
    ["[here](https://evil.example)", "\\[here\\](https\\://evil.example)"],
    ["www.evil.example", "www\\.evil.example"],
    ["`code` **bold** ~~gone~~", "\\`code\\` \\*\\*bold\\*\\* \\~\\~gone\\~\\~"],
    ["ask @octocat", "ask @&#8203;octocat"],
    ["@org/team", "@&#8203;org/team"],
    ["&#64;octocat", "\\&\\#64;octocat"],
    ["ada@example.com", "ada@example.com"],
  ])("%j", (text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });

  test("every row has its two cells, whatever the names are", () => {
    const hostile = fc.string({ unit: "binary", minLength: 1 }).filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(fc.uniqueArray(hostile, { minLength: 1, maxLength: 4 }), (names) => {
        const lines = repairMarkdown(report(names)).split("\n");
        const rows = lines.filter((line) => line.startsWith("|"));
        expect(rows.map((row) => cells(row).length)).toEqual(rows.map(() => 2));
        expect(lines.filter((line) => line.startsWith("#")).length).toBeLessThanOrEqual(2);
      }),
    );
  });
});

test("the same plan gives the same text, and says that nothing was changed", () => {
  const text = repairMarkdown(report(["data"]));
  expect(text).toBe(repairMarkdown(report(["data"])));
  expect(text).toContain("## astro-scim apply: ");
  expect(text).toContain("**Nothing was changed: this is a plan.**");
});

test("a refusal is above the table, with what allows it", () => {
  const refusals = [{ rule: "deletion-limit", planned: 5, earlier: 0, total: 7, limit: 3 }] as const;
  const text = repairMarkdown(report(["data"], { refusals, status: "refused" }));
  expect(text.indexOf("> Refused: 5 of 7 accounts")).toBeLessThan(text.indexOf("| | operation |"));
  expect(text).toContain("--max-deletions 5 allows it");
});

test("what GitHub would not take is counted, and fits", () => {
  const names = Array.from({ length: 2000 }, (_, at) => `a-team-with-a-long-name-${"x".repeat(60)}-${at}`);
  const text = repairMarkdown(report(names));
  expect(text.length).toBeLessThan(65_536);
  expect(text).toMatch(/\n[\d,]+ more operations: `--json` has all of them\.\n/);
});
