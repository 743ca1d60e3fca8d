/** Waiting because a server asked for it, and no longer than was allowed. */

import { expect, test } from "vitest";
import { waitForRetryAfter } from "../../src/http/wait-for-retry-after.ts";
import type { WireAnswer } from "../../src/wire/exchange.ts";

const ok = answer(200);
const limited = (seconds: string): WireAnswer => answer(429, { "retry-after": seconds });

function answer(status: number, headers: Readonly<Record<string, string>> = {}): WireAnswer {
  return { kind: "response", status, headers, text: "", json: undefined };
}

interface Case {
  readonly answers: readonly WireAnswer[];
  /** Of each request that was made, what came of it, and the seconds that were waited. */
  readonly came: readonly (number | string)[];
  readonly waited: readonly number[];
  readonly abortAfterSleep?: boolean;
}

test.each<readonly [rule: string, given: Case]>([
  ["a success is passed on", { answers: [ok], came: [200], waited: [] }],
  [
    "429 is waited for and sent again",
    { answers: [limited("2"), limited("3"), ok], came: [200], waited: [2, 3] },
  ],
  [
    "an HTTP date (RFC 9110 §10.2.3)",
    { answers: [limited("Thu, 01 Jan 2026 00:00:05 GMT"), ok], came: [200], waited: [5] },
  ],
  ["without Retry-After nothing is waited for", { answers: [answer(429), ok], came: [429, 200], waited: [] }],
  ["no wait beyond what is allowed is begun", { answers: [limited("11"), ok], came: [429, 200], waited: [] }],
  [
    "what is allowed is allowed once, over all requests",
    { answers: [limited("6"), ok, limited("6"), ok], came: [200, 429, 200], waited: [6] },
  ],
  [
    "nothing but 429 is repeated",
    { answers: [answer(503, { "retry-after": "1" }), ok], came: [503, 200], waited: [] },
  ],
  [
    "a server that says 0 again and again",
    {
      answers: Array.from({ length: 20 }, () => limited("0")),
      came: [429, 429],
      waited: Array.from({ length: 18 }, () => 0),
    },
  ],
  [
    "an interruption ends the wait",
    { answers: [limited("2"), ok], came: [429], waited: [2], abortAfterSleep: true },
  ],
])("%s", async (_rule, { answers, came, waited, abortAfterSleep }) => {
  const left = [...answers];
  const waits: number[] = [];
  const controller = new AbortController();
  const send = waitForRetryAfter(async () => left.shift() ?? ok, {
    maxTotalWaitMs: 10_000,
    now: () => new Date("2026-01-01T00:00:00Z"),
    sleep: async (ms) => {
      waits.push(ms / 1000);
      if (abortAfterSleep === true) controller.abort();
    },
    signal: controller.signal,
    onWait: () => {},
  });
  const statuses: (number | string)[] = [];
  for (const _expected of came) {
    const given = await send({ method: "GET", path: "/Users", headers: {} });
    statuses.push(given.kind === "response" ? given.status : given.reason);
  }
  expect({ statuses, waits }).toEqual({ statuses: came, waits: waited });
});
