/** The exit status of checks, and what counts as a change between two rounds. */

import { describe, expect, test } from "vitest";
import { fail, pass, type CheckResult, type FailureClass } from "../../src/check/check.ts";
import { statusOfChecks } from "../../src/check/status.ts";
import { changesBetween } from "../../src/cli/check/watch-checks.ts";

function result(
  id: string,
  verdict: CheckResult["verdict"],
  failureClass: FailureClass = "other",
): CheckResult {
  return { id, group: "scim", title: id, failureClass, verdict, durationMs: 0 };
}

const failed = (failureClass: FailureClass): CheckResult =>
  result(failureClass, fail("it does not work", "repair it"), failureClass);

describe("the exit status", () => {
  test.each<[readonly CheckResult[], number]>([
    [[result("a", pass("yes"))], 0],
    [[result("a", { kind: "unknown", detail: "nobody knows" })], 0],
    [[result("a", { kind: "not-applicable", detail: "there is none" })], 0],
    [[result("a", { kind: "warning", detail: "soon", advice: "renew it" })], 0],
    [[failed("other")], 1],
    [[failed("other"), failed("token")], 4],
    [[failed("token"), failed("server"), failed("other")], 3],
  ])("of %j is %i", (results, status) => {
    expect(statusOfChecks(results)).toBe(status);
  });
});

describe("a change between two rounds", () => {
  test.each<[string, CheckResult["verdict"], CheckResult["verdict"], boolean]>([
    ["another result", pass("yes"), fail("401", "rotate it"), true],
    ["days that pass", pass("20 days left"), pass("19 days left"), false],
    ["a failure that only counts on", fail("2 users", "look"), fail("3 users", "look"), false],
    ["a failure of something else", fail("interns: timeout", "look"), fail("data: timeout", "look"), true],
  ])("%s", (_what, before, now, isChange) => {
    expect(changesBetween([result("a", before)], [result("a", now)])).toHaveLength(isChange ? 1 : 0);
  });

  test("a check that was not made before is one", () => {
    expect(changesBetween([], [result("a", pass("yes"))])).toHaveLength(1);
  });
});
