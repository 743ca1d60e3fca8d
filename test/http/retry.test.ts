import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { defaultRetryPolicy, withRetry } from "../../src/http/retry.ts";
import type { RetryPolicy, RetryWait } from "../../src/http/retry.ts";
import type { NoResponseReason, WireAnswer, WireMethod, WireRequest } from "../../src/wire/exchange.ts";
import { fakeIo } from "../support/fake-io.ts";

const now = new Date("2026-01-15T09:00:00Z");

function answer(status: number, headers: Readonly<Record<string, string>> = {}): WireAnswer {
  return { kind: "response", status, headers, text: "", json: undefined };
}

function lost(reason: NoResponseReason): WireAnswer {
  return { kind: "no-response", reason, message: "lost" };
}

function request(method: WireMethod, headers: Readonly<Record<string, string>> = {}): WireRequest {
  return { method, path: "/Users", headers };
}

/** Sends through `withRetry` to a server that gives these answers in turn, the last one for ever. */
async function attempt(
  sent: WireRequest,
  answers: readonly WireAnswer[],
  options: { random?: number; policy?: RetryPolicy; abortDuringWait?: boolean } = {},
) {
  const io = fakeIo({ now });
  const controller = new AbortController();
  const waits: RetryWait[] = [];
  let count = 0;
  const send = withRetry(async () => answers[Math.min(count++, answers.length - 1)]!, {
    ...(options.policy === undefined ? {} : { policy: options.policy }),
    now: io.clock.now,
    sleep: async (ms, signal) => {
      if (options.abortDuringWait === true) controller.abort();
      return io.timers.wait(ms, signal);
    },
    random: () => options.random ?? 1,
    signal: controller.signal,
    onWait: (wait) => waits.push(wait),
  });
  return { answer: await send(sent), count, sleeps: io.waits, waits };
}

describe("what is repeated", () => {
  const all: readonly WireMethod[] = ["GET", "PUT", "PATCH", "DELETE", "POST"];
  const repeatable: readonly WireMethod[] = ["GET", "PUT", "PATCH", "DELETE"];
  test.each<[string, WireAnswer, readonly WireMethod[]]>([
    ["429: refused before anything was done (RFC 6585 §4)", answer(429), all],
    ["a refused connection: nothing was sent", lost("refused"), all],
    ["502", answer(502), repeatable],
    ["503", answer(503), repeatable],
    ["504", answer(504), repeatable],
    ["500", answer(500), ["GET"]],
    ["a timeout", lost("timeout"), repeatable],
    ["a reset connection", lost("reset"), repeatable],
    ["an unknown host name", lost("unresolved"), []],
    ["an untrusted certificate", lost("tls"), []],
    ["an interrupt", lost("aborted"), []],
    ["another failure", lost("other"), []],
    ["200", answer(200), []],
    ["400", answer(400), []],
    ["401", answer(401), []],
    ["404", answer(404), []],
    ["409", answer(409), []],
    ["412", answer(412), []],
    ["501", answer(501), []],
  ])("after %s", async (_what, first, expected) => {
    const repeated = [];
    for (const method of all) {
      const { count } = await attempt(request(method), [first, answer(200)]);
      if (count === 2) repeated.push(method);
    }
    expect(repeated.toSorted()).toEqual([...expected].toSorted());
  });

  test.each([
    ["a lost answer", lost("timeout"), 1],
    ["502", answer(502), 1],
    ["429", answer(429), 2],
  ])("with If-Match, after %s", async (_what, first, attempts) => {
    const conditional = request("PATCH", { "If-Match": 'W/"1"' });
    expect((await attempt(conditional, [first, answer(200)])).count).toBe(attempts);
  });
});

describe("how long is waited", () => {
  test.each<[string, string, number]>([
    ["seconds", "7", 7000],
    ["no seconds", "0", 0],
    ["an HTTP date (RFC 9110 §5.6.7)", "Thu, 15 Jan 2026 09:00:30 GMT", 30_000],
    ["a date in the obsolete format", "Thursday, 15-Jan-26 09:00:30 GMT", 30_000],
    ["a date that has passed", "Thu, 15 Jan 2026 08:00:00 GMT", 0],
    ["nonsense: as if it were missing", "soon", 500],
    ["a negative number: as if it were missing", "-5", 500],
    ["a fraction: as if it were missing", "1.5", 500],
  ])("Retry-After: %s", async (_form, value, expected) => {
    const { sleeps } = await attempt(request("POST"), [answer(429, { "retry-after": value }), answer(201)]);
    expect(sleeps).toEqual([expected]);
  });

  test("without it the waits double, up to a limit", async () => {
    const policy = { ...defaultRetryPolicy, maxAttempts: 6, maxWaitMs: 3000 };
    const { sleeps } = await attempt(request("GET"), [answer(503)], { policy });
    expect(sleeps).toEqual([500, 1000, 2000, 3000, 3000]);
  });

  test("a random half is taken off, so that clients which failed together come back apart", async () => {
    const policy = { ...defaultRetryPolicy, maxAttempts: 3 };
    const { sleeps } = await attempt(request("GET"), [answer(503)], { policy, random: 0 });
    expect(sleeps).toEqual([250, 500]);
  });

  test("the last answer is returned when the attempts are used up", async () => {
    const result = await attempt(request("GET"), [answer(429), answer(503)]);
    expect(result).toMatchObject({ count: 5, answer: { status: 503 } });
  });

  test("a wait beyond the total is not begun", async () => {
    const result = await attempt(request("GET"), [answer(429, { "retry-after": "3600" })]);
    expect(result).toMatchObject({ count: 1, sleeps: [], answer: { status: 429 } });
  });

  test("waits never add up to more than the total, whatever the server asks for", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(400), { minLength: 1, maxLength: 8 }), async (seconds) => {
        const answers = seconds.map((wait) => answer(429, { "retry-after": String(wait) }));
        const { sleeps, count } = await attempt(request("POST"), answers);
        expect(sleeps.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(
          defaultRetryPolicy.maxTotalWaitMs,
        );
        expect(count).toBeLessThanOrEqual(defaultRetryPolicy.maxAttempts);
      }),
    );
  });

  test("each wait is announced, with what made it necessary", async () => {
    const { waits } = await attempt(request("GET"), [
      answer(429, { "retry-after": "2" }),
      answer(503),
      answer(200),
    ]);
    expect(waits).toMatchObject([
      { attempt: 2, waitMs: 2000, answer: { status: 429 }, request: { method: "GET" } },
      { attempt: 3, waitMs: 1000, answer: { status: 503 } },
    ]);
  });

  test("an interrupt ends the waiting and keeps the last answer", async () => {
    const result = await attempt(request("GET"), [answer(429), answer(200)], { abortDuringWait: true });
    expect(result).toMatchObject({ count: 1, answer: { status: 429 } });
  });
});
