import { describe, expect, test } from "vitest";

import { simulatedClock } from "../../../src/idp/run/clock.ts";
import { aDirectory, aUser } from "../../support/builders.ts";
import { json, noResponse, text } from "../../support/conversation.ts";
import { outcomes, rehearse } from "../../support/okta-rehearsal.ts";
import { tinyScim } from "../../support/tiny-scim.ts";
import type { WireAnswer } from "../../../src/wire/exchange.ts";

const directory = aDirectory({ users: [aUser("ada@example.com")] });

/** A server whose first answers are these, and how long Okta then waited, in seconds. */
async function waitsFor(answers: readonly WireAnswer[]) {
  const left = [...answers];
  const server = tinyScim({ intercept: () => left.shift() });
  const rehearsal = rehearse(directory, server.send);
  const summary = await rehearsal.run();
  const waits = rehearsal.events.flatMap((event) => (event.kind === "waiting" ? [event.seconds] : []));
  return { waits, outcome: outcomes(summary)[0], summary, rehearsal, server };
}

function limited(retryAfter?: string): WireAnswer {
  return text(429, "", retryAfter === undefined ? {} : { "retry-after": retryAfter });
}

describe('HTTP 429 (Okta: Understanding SCIM, "Handle SCIM server rate limiting")', () => {
  test.each<[rule: string, answers: WireAnswer[], waits: number[]]>([
    ["Retry-After in whole seconds is kept exactly", [limited("7")], [7]],
    ["zero seconds are seconds", [limited("0")], [0]],
    ["each Retry-After counts for itself", [limited("7"), limited("3")], [7, 3]],
    ["without Retry-After: 300 s", [limited()], [300]],
    ["twice as long each time", [limited(), limited(), limited()], [300, 600, 1200]],
    ["a date is not understood", [limited("Wed, 21 Oct 2026 07:28:00 GMT")], [300]],
    ["a decimal is not understood", [limited("1.5")], [300]],
    ["a negative number is not understood", [limited("-1")], [300]],
    ["null is not understood", [limited("null")], [300]],
    ["more digits than make sense are not understood", [limited("9".repeat(30))], [300]],
  ])("%s", async (_rule, answers, waits) => {
    expect(await waitsFor(answers)).toMatchObject({ waits, outcome: "assign ada@example.com: created" });
  });

  test("the tenth 429 is final: nine waits, about 43 hours", async () => {
    const { waits, outcome, summary, rehearsal } = await waitsFor(
      Array.from({ length: 10 }, () => limited()),
    );
    expect(waits).toHaveLength(9);
    expect(waits.reduce((sum, seconds) => sum + seconds, 0) / 3600).toBeCloseTo(42.6, 1);
    expect(outcome).toBe("assign ada@example.com: failed");
    expect(summary.requests).toBe(10);
    expect(rehearsal.memory.tasks.get("00u-ada")?.sentence).toMatch(/Too Many Requests\.$/);
  });

  test("the same request is sent again, and each one is counted", async () => {
    const { server, summary } = await waitsFor([limited("1")]);
    expect(server.lines[0]).toBe(server.lines[1]);
    expect(summary.requests).toBe(3);
  });

  test("a wait is told with its end, and passes on the clock", async () => {
    const { rehearsal } = await waitsFor([limited("60")]);
    expect(rehearsal.events.find(({ kind }) => kind === "waiting")).toEqual({
      kind: "waiting",
      seconds: 60,
      until: new Date("2026-09-01T08:01:00Z"),
      reason: "429 Too Many Requests, Retry-After: 60",
    });
  });

  test("a run that is stopped while it waits sends nothing more", async () => {
    const stop = new AbortController();
    const server = tinyScim({ intercept: () => limited("60") });
    const clock = simulatedClock(new Date(0), async () => stop.abort());
    const summary = await rehearse(directory, server.send, {}, { clock, signal: stop.signal }).run();
    expect(server.lines).toHaveLength(1);
    expect(outcomes(summary)).toEqual(["assign ada@example.com: interrupted"]);
  });
});

describe("every other failure is final at once", () => {
  test.each<[name: string, answer: WireAnswer]>([
    ["503 with Retry-After", text(503, "", { "retry-after": "1" })],
    ["500", json(500, {})],
    ["408", text(408)],
    ["timeout", noResponse("timeout")],
    ["reset", noResponse("reset")],
  ])("%s", async (_name, answer) => {
    const { waits, outcome, server } = await waitsFor([answer]);
    expect(waits).toEqual([]);
    expect(outcome).toBe("assign ada@example.com: failed");
    expect(server.lines).toHaveLength(1);
  });
});
