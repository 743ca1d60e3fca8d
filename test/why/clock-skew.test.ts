/** The clock of a server, from pairs of a request and its answer. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { correctionMs, estimateSkew } from "../../src/why/logs/clock-skew.ts";
import { serverClocks } from "../../src/cli/why/server-clocks.ts";

/** A pair as a server with this clock gives it. */
function pair(skewMs: number, { sentMs, thereMs, backMs }: Record<"sentMs" | "thereMs" | "backMs", number>) {
  const written = sentMs + thereMs + skewMs;
  return { sentMs, receivedMs: sentMs + thereMs + backMs, dateMs: Math.floor(written / 1000) * 1000 };
}

const ways = fc.record({
  sentMs: fc.integer({ min: 1_700_000_000_000, max: 1_700_000_100_000 }),
  thereMs: fc.integer({ min: 0, max: 5_000 }),
  backMs: fc.integer({ min: 0, max: 5_000 }),
});

describe("the clock of a server", () => {
  test("lies between the bounds, whatever the way to it takes", () => {
    const skew = fc.integer({ min: -10_000_000, max: 10_000_000 });
    fc.assert(
      fc.property(skew, fc.array(ways, { minLength: 1, maxLength: 20 }), (skewMs, all) => {
        const known = estimateSkew(all.map((way) => pair(skewMs, way)));
        expect(known?.leastMs).toBeLessThanOrEqual(skewMs);
        expect(known?.mostMs).toBeGreaterThanOrEqual(skewMs);
      }),
    );
  });

  test("is known better with every further pair", () => {
    fc.assert(
      fc.property(fc.array(ways, { minLength: 2, maxLength: 20 }), (all) => {
        const pairs = all.map((way) => pair(1234, way));
        const width = (known: ReturnType<typeof estimateSkew>): number =>
          (known?.mostMs ?? 0) - (known?.leastMs ?? 0);
        expect(width(estimateSkew(pairs))).toBeLessThanOrEqual(width(estimateSkew(pairs.slice(0, -1))));
      }),
    );
  });

  test("corrects nothing where it may agree with ours", () => {
    const known = estimateSkew([{ sentMs: 10_000, receivedMs: 10_400, dateMs: 10_000 }]);
    expect(known).toEqual({ leastMs: -400, mostMs: 1_000, pairs: 1 });
    expect(correctionMs(known)).toBe(0);
  });

  test("that is ahead is taken off", () => {
    const known = estimateSkew([{ sentMs: 10_000, receivedMs: 10_000, dateMs: 70_000 }]);
    expect(correctionMs(known)).toBe(60_500);
  });

  test("that was set meanwhile is the newest that is known", () => {
    const known = estimateSkew([
      { sentMs: 10_000, receivedMs: 10_000, dateMs: 10_000 },
      { sentMs: 20_000, receivedMs: 20_000, dateMs: 3_620_000 },
    ]);
    expect(known).toEqual({ leastMs: 3_600_000, mostMs: 3_601_000, pairs: 2 });
  });

  test("is not known without a pair, or by a date that is none", () => {
    expect(estimateSkew([])).toBeUndefined();
    expect(estimateSkew([{ sentMs: 1, receivedMs: 2, dateMs: NaN }])).toBeUndefined();
    const clocks = serverClocks();
    const exchange = (headers: Record<string, string>) => ({
      request: { method: "GET" as const, path: "/Users", headers: {} },
      answer: { kind: "response" as const, status: 200, headers, text: "", json: undefined },
      startedAt: new Date(10_000),
      durationMs: 5,
    });
    clocks.watch(exchange({ date: "soon" }), "http://a.example/scim");
    expect(clocks.skewOf("http://a.example/other")).toBeUndefined();
    clocks.watch(exchange({ date: "Thu, 01 Jan 1970 00:00:10 GMT" }), "http://a.example/scim");
    expect(clocks.skewOf("http://a.example/other")).toMatchObject({ pairs: 1 });
    expect(clocks.skewOf("http://b.example/")).toBeUndefined();
  });
});
