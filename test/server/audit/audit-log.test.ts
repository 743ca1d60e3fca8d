/** What the audit log keeps, and how it says it. */

import { describe, expect, test } from "vitest";
import { auditLine } from "../../../src/server/audit/audit-line.ts";
import { AuditLog, type AuditedWrite, type AuditLogLimits } from "../../../src/server/audit/audit-log.ts";

const day = 24 * 3600 * 1000;
const now = new Date("2026-06-30T12:00:00Z");

function write(changes: Partial<AuditedWrite> = {}): AuditedWrite {
  return {
    organizationId: "clone",
    subjectId: "cltoken",
    atMs: now.getTime(),
    method: "POST",
    url: "/scim/v2/clone/Users",
    requestText: '{"userName":"ada@example.com"}',
    requestId: "clrequest",
    status: 201,
    sourceIp: "127.0.0.1",
    userAgent: "Okta SCIM Client 1.0.0",
    client: undefined,
    ...changes,
  };
}

const limits: AuditLogLimits = { writes: 5, characters: 200, bodyCharacters: 150, ageMs: 90 * day };
const always = { fromMs: undefined, untilMs: undefined };

function kept(log: AuditLog, organizationId = "clone"): readonly string[] {
  return log.list(organizationId, always).map(({ requestId }) => requestId);
}

describe("what is kept", () => {
  test("the last writes, the oldest first", () => {
    const log = new AuditLog(() => now, limits);
    for (let at = 1; at <= 23; at += 1) log.add(write({ requestId: `r${at}` }));
    expect(kept(log)).toEqual(["r19", "r20", "r21", "r22", "r23"]);
  });

  test("as many as their bodies have room for", () => {
    const log = new AuditLog(() => now, limits);
    for (const requestId of ["r1", "r2", "r3"]) log.add(write({ requestId, requestText: "x".repeat(90) }));
    expect(kept(log)).toEqual(["r2", "r3"]);
  });

  test("of a body that is too large, that there was a write", () => {
    const log = new AuditLog(() => now, limits);
    log.add(write({ requestId: "r1" }));
    log.add(write({ requestId: "r2", requestText: "x".repeat(151) }));
    expect(log.list("clone", always).map(({ requestText }) => requestText.length)).toEqual([30, 0]);
  });

  test("no longer than 90 days (Astro docs: Export audit logs)", () => {
    let time = now;
    const log = new AuditLog(() => time, limits);
    log.add(write());
    time = new Date(now.getTime() + 90 * day);
    expect(kept(log)).toHaveLength(1);
    time = new Date(now.getTime() + 90 * day + 1);
    expect(kept(log)).toEqual([]);
  });

  test("each organization's apart", () => {
    const log = new AuditLog(() => now, limits);
    log.add(write({ requestId: "r1" }));
    log.add(write({ requestId: "r2", organizationId: "clother" }));
    expect([kept(log), kept(log, "clother"), kept(log, "clthird")]).toEqual([["r1"], ["r2"], []]);
  });

  test("nothing, once it was cleared", () => {
    const log = new AuditLog(() => now, limits);
    log.add(write());
    log.clear();
    expect(kept(log)).toEqual([]);
  });

  test("no password", () => {
    const log = new AuditLog(() => now, limits);
    log.add(write({ requestText: '{"userName":"ada","password":"hunter2"}' }));
    log.add(write({ requestText: '["password","hunter2"]' }));
    expect(JSON.stringify(log.list("clone", always))).not.toContain("hunter2");
  });
});

test.each([
  ["all", {}, ["r1", "r2", "r3"]],
  ["from an instant on", { fromMs: 2000 }, ["r2", "r3"]],
  ["until an instant", { untilMs: 2000 }, ["r1", "r2"]],
  ["one instant", { fromMs: 2000, untilMs: 2000 }, ["r2"]],
  ["none", { fromMs: 2001, untilMs: 2999 }, []],
])("a period: %s", (_what, period, expected) => {
  const log = new AuditLog(() => new Date(4000), limits);
  for (const [at, requestId] of ["r1", "r2", "r3"].entries()) {
    log.add(write({ requestId, atMs: (at + 1) * 1000 }));
  }
  expect(log.list("clone", { ...always, ...period }).map(({ requestId }) => requestId)).toEqual(expected);
});

describe("a line", () => {
  const options = { rules: { auditStatusKey: "response-status" }, secrets: ["token-of-tests"] } as const;
  const line = (changes: Partial<AuditedWrite>): unknown => JSON.parse(auditLine(write(changes), options));

  test("has the documented fields (Astro docs: Export audit logs)", () => {
    expect(line({})).toEqual({
      subjectId: "cltoken",
      subjectType: "SERVICEKEY",
      organizationId: "clone",
      timestamp: "2026-06-30T12:00:00.000Z",
      sourceIp: "127.0.0.1",
      userAgent: "Okta SCIM Client 1.0.0",
      method: "POST",
      path: "/scim/v2/clone/Users",
      requestBody: { userName: "ada@example.com" },
      requestId: "clrequest",
      "response status": 201,
    });
  });

  test("names Astronomer's own client", () => {
    const client = { name: "cli", version: "1.45.0" };
    expect(line({ client })).toMatchObject({ astroClient: "cli", astroClientVersion: "1.45.0" });
  });

  test.each([
    ["a request without a body", ""],
    ["a body that is no JSON", "userName=ada"],
    ["a body that is no object", '"a secret?"'],
  ])("has no requestBody for %s", (_what, requestText) => {
    expect(line({ requestText })).not.toHaveProperty("requestBody");
  });

  test.each([
    ["the path", { url: "/scim/v2/clone/Users/token-of-tests" }],
    ["the query", { url: "/scim/v2/clone/Users?access_token=token-of-tests" }],
    ["the body", { requestText: '{"displayName":"is token-of-tests","x":["token-of-tests"]}' }],
    ["the name of an attribute", { requestText: '{"token-of-tests":1}' }],
    ["the user agent", { userAgent: "client token-of-tests" }],
    ["the name of the client", { client: { name: "token-of-tests", version: "token-of-tests" } }],
  ])("has no token in %s", (_where, changes) => {
    expect(auditLine(write(changes), options)).not.toContain("token-of-tests");
  });

  test("is one line, whatever it holds", () => {
    const text = auditLine(write({ userAgent: "a\nb", requestText: '{"a":"b\\nc\u2028"}' }), options);
    expect(text.split("\n")).toHaveLength(1);
  });
});
