import { expect, test } from "vitest";

import type { JobReport } from "../../src/idp/run/events.ts";
import { leftOutMemberLines, nothingSentLines } from "../../src/report/narrative/nothing-sent-lines.ts";

function report(name: string, outcome: JobReport["outcome"]): JobReport {
  const subject = { kind: "user", objectId: name, key: name, name } as const;
  return { subject, what: "provision-user", outcome, requests: 0, observations: [] };
}

const nothingSent = (name: string, why: string): JobReport => report(name, { kind: "nothing-sent", why });

test("each reason once, with how many and some of their names; nothing about those for whom something was sent", () => {
  expect(
    nothingSentLines([
      report("ada", { kind: "done", did: "created" }),
      ...["grace", "alan", "edsger", "mary"].map((name) =>
        nothingSent(name, "skipped: not assigned to the app"),
      ),
      nothingSent("svc\u001b[2J", "ImportSkipped: no mail"),
    ]),
  ).toEqual([
    "4 users: nothing written, skipped: not assigned to the app (grace, alan, edsger, …)",
    "1 user: nothing written, ImportSkipped: no mail (svc\\u{1b}[2J)",
  ]);
});

test("many reasons are counted; -v shows all", () => {
  const reports = Array.from({ length: 24 }, (_, index) => nothingSent(`u${index}`, `reason ${index}`));
  const lines = nothingSentLines(reports);
  expect(lines).toHaveLength(21);
  expect(lines.at(-1)).toBe("4 more reasons to send nothing (-v shows all)");
  expect(nothingSentLines(reports, { all: true })).toHaveLength(24);
});

test("who was left out of groups, each once", () => {
  const pushed = (name: string, ignoredMembers?: readonly string[]): JobReport =>
    report(name, {
      kind: "done",
      did: "created",
      ...(ignoredMembers === undefined ? {} : { ignoredMembers }),
    });
  expect(leftOutMemberLines([pushed("a"), pushed("b", ["ada", "grace"]), pushed("c", ["ada"])])).toEqual([
    "2 groups left out 2 members without an account (ada, grace)",
  ]);
  expect(leftOutMemberLines([pushed("a")])).toEqual([]);
});
