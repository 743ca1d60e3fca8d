/** What came of a plan: what was not done is shown, of many alike how many, and the counts are exact. */

import { Chalk } from "chalk";
import { expect, test } from "vitest";

import { diff } from "../../src/drift/compare/diff.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import type { Outcome } from "../../src/repair/outcome.ts";
import { OutcomeLines, outcomesText } from "../../src/report/repair/outcome-text.ts";
import type { Style } from "../../src/report/style.ts";
import { expectedState, heldState } from "../support/states.ts";

const plain: Style = { paint: new Chalk({ level: 0 }), columns: undefined };

/** Deletions of so many accounts, which ended in that way. */
function outcomes(
  count: number,
  status: Outcome["status"],
  reason: (at: number) => string,
): readonly Outcome[] {
  const users = Array.from({ length: count }, (_, at) => `u${at + 100}`);
  const { operations } = planDelete(diff(expectedState({}), heldState({ users })), {
    users: "all",
    teams: [],
  });
  return operations.map((operation, at) => ({ operation, status, reason: reason(at), scimId: undefined }));
}

test("many that failed alike are one entry, with each reason and how often it came", () => {
  const failed = outcomes(1200, "failed", (at) => (at < 1000 ? "503 Service Unavailable" : "500 Oops"));
  expect(outcomesText(failed, plain).split("\n")).toEqual([
    "Not done, or not certain",
    "  ✗ delete 1,200 accounts  failed: 503 Service Unavailable (1,000), 500 Oops (200)",
    "      u1000@example.com, u1001@example.com, u1002@example.com and 1,197 more (-v shows all)",
    "",
    "1,200 failed.",
  ]);
  const all = outcomesText(failed, { ...plain, all: true }).split("\n");
  expect(all.filter((line) => line.startsWith("  ✗ delete the account"))).toHaveLength(1200);
});

test("as they end: twenty of a kind, then how many more; what ends otherwise is another kind", () => {
  const lines = new OutcomeLines(plain);
  const done = outcomes(30, "done", () => "").flatMap((outcome) => lines.linesOf(outcome));
  expect(done).toHaveLength(20);
  const [stale] = outcomes(1, "stale", () => "it has changed since the plan was made");
  expect(stale === undefined ? [] : lines.linesOf(stale)).toEqual([
    "  ! delete the account u100@example.com (not in the directory)  stale: it has changed since the plan was made",
  ]);
  expect(lines.end()).toEqual(["  ✓ delete 10 more accounts (-v shows all)"]);
});

test("failed is red, in the list and in the counts; without colours the words are the same", () => {
  const coloured = outcomesText(
    outcomes(1, "failed", () => "500"),
    { ...plain, paint: new Chalk({ level: 1 }) },
  );
  const { red } = new Chalk({ level: 1 });
  expect(coloured).toContain(red("failed"));
  expect(coloured).toContain(red("1 failed"));
});
