import { Chalk } from "chalk";
import { describe, expect, test } from "vitest";

import type { JobReport } from "../../src/idp/run/events.ts";
import type { GroupUpdate } from "../../src/idp/run/group-update.ts";
import { jobLine } from "../../src/report/narrative/job-line.ts";

const plain = { paint: new Chalk({ level: 0 }) };
const subject = { kind: "group", objectId: "00g1", key: "data", name: "data" } as const;

function line(outcome: JobReport["outcome"]): string {
  return jobLine({ subject, what: "update-group", outcome, requests: 1, observations: [] }, plain);
}

describe("a group that was updated tells what changed", () => {
  test.each<[text: string, group: Partial<GroupUpdate>]>([
    ["+1 member ada@example.com", { added: ["ada@example.com"] }],
    ["+2 members, -1 member alan", { added: ["ada", "grace"], removed: ["alan"] }],
    ["renamed from old", { renamedFrom: "old" }],
    ["-2 members, renamed from old", { removed: ["ada", "grace"], renamedFrom: "old" }],
    ["pushed in full, nothing had changed in the directory", {}],
  ])("%s", (text, group) => {
    const update = { added: [], removed: [], renamedFrom: undefined, ...group };
    expect(line({ kind: "done", did: "updated", group: update })).toBe(`✓ group data updated: ${text}`);
  });
});

describe("a job that was interrupted tells after which request, and what was written", () => {
  const get = "GET /Users?filter=userName%20eq%20%22a%22&startIndex=1&count=100";
  test.each([
    ["before its first request", undefined, "nothing"],
    ['after GET /Users?filter=userName eq "a"&startIndex=1&count=100, nothing was written', get, "nothing"],
    ["after GET /Groups/g1, what was written stays", "GET /Groups/g1", "something"],
    ["after POST /Users, which may have been carried out", "POST /Users", "unknown"],
  ] as const)("%s", (text, after, wrote) => {
    expect(line({ kind: "interrupted", after, wrote })).toBe(`! group data: interrupted ${text}`);
  });
});

test("a failed job tells its reason; Okta's sentence is with the tasks", () => {
  const failure = {
    kind: "failure",
    sentence: "Unable to update Group Push mapping",
    reason: "500 Internal Server Error",
    explanation: "It is full.",
    cause: { kind: "status", status: 500 },
  } as const;
  expect(line({ kind: "failed", failure })).toBe("✗ group data: 500 Internal Server Error");
});
