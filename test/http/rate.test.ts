import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { createPace } from "../../src/http/rate.ts";
import type { RateLimit } from "../../src/http/rate.ts";
import type { WireAnswer, WireMethod } from "../../src/wire/exchange.ts";

const ok: WireAnswer = { kind: "response", status: 200, headers: {}, text: "", json: undefined };
const limits: readonly RateLimit[] = [
  { methods: ["POST", "PUT"], perSecond: 10 },
  { methods: ["DELETE"], perSecond: 5 },
];

/** Begins all requests at once and gives back the moments, in milliseconds, at which each was let through. */
async function letThrough(
  methods: readonly WireMethod[],
  limited = limits,
  signal = new AbortController().signal,
) {
  const moments: number[] = [];
  const answers: WireAnswer[] = [];
  const pace = createPace({
    limits: limited,
    now: () => new Date(0),
    sleep: async (ms) => {
      moments.push(ms);
    },
  });
  const send = pace(async () => ok, signal);
  for (const method of methods) {
    const waitsBefore = moments.length;
    answers.push(await send({ method, path: "/Users", headers: {} }));
    if (moments.length === waitsBefore) moments.push(0);
  }
  return { moments, answers };
}

describe("the pace of requests", () => {
  test.each<[string, readonly WireMethod[], readonly number[]]>([
    ["the first goes at once, the others evenly after it", ["POST", "POST", "POST"], [0, 100, 200]],
    ["methods of one limit are counted together", ["POST", "PUT", "POST"], [0, 100, 200]],
    [
      "methods of different limits don't wait for each other",
      ["POST", "DELETE", "POST", "DELETE"],
      [0, 0, 100, 200],
    ],
    ["a method without a limit never waits", ["GET", "GET", "GET"], [0, 0, 0]],
  ])("%s", async (_rule, methods, expected) => {
    expect((await letThrough(methods)).moments).toEqual(expected);
  });

  test("no window of one second sees more than the limit", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 200 }),
        async (rate, count) => {
          const limited: readonly RateLimit[] = [{ methods: ["POST"], perSecond: rate }];
          const { moments } = await letThrough(
            Array.from({ length: count }, () => "POST"),
            limited,
          );
          const crowded = moments.filter(
            (from) => moments.filter((at) => at >= from && at < from + 1000).length > rate,
          );
          expect(crowded).toEqual([]);
        },
      ),
    );
  });

  test("time that has passed is not waited for again", async () => {
    let nowMs = 0;
    const sleeps: number[] = [];
    const pace = createPace({
      limits,
      now: () => new Date(nowMs),
      sleep: async (ms) => {
        sleeps.push(ms);
      },
    });
    const send = pace(async () => ok, new AbortController().signal);
    await send({ method: "POST", path: "/", headers: {} });
    nowMs = 60;
    await send({ method: "POST", path: "/", headers: {} });
    nowMs = 5000;
    await send({ method: "POST", path: "/", headers: {} });
    expect(sleeps).toEqual([40]);
  });

  test("senders share it, each with a signal of its own", async () => {
    const sleeps: number[] = [];
    const pace = createPace({
      limits,
      now: () => new Date(0),
      sleep: async (ms) => {
        sleeps.push(ms);
      },
    });
    const one = pace(async () => ok, AbortSignal.abort());
    const other = pace(async () => ok, new AbortController().signal);
    const post = { method: "POST", path: "/Users", headers: {} } as const;
    expect(await one(post)).toMatchObject({ reason: "aborted" });
    expect(await other(post)).toBe(ok);
    expect(sleeps).toEqual([100]);
  });

  test("after an interrupt nothing is let through", async () => {
    const { answers } = await letThrough(["POST", "POST"], limits, AbortSignal.abort());
    expect(answers).toMatchObject([{ reason: "aborted" }, { reason: "aborted" }]);
  });
});
