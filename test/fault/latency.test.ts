/** Distributions of latency: what each number from 0 to 1 stands for. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { drawLatency, parseLatency } from "../../src/fault/latency.ts";
import { seededDraw } from "../../src/fault/seeded-random.ts";

const wait = (text: string, draw: number): number => {
  const latency = parseLatency(text);
  if (latency === undefined) throw new Error(`${text} is no latency`);
  return drawLatency(latency, draw);
};

test.each([
  ["100ms", 0, 100],
  ["100ms", 0.99, 100],
  ["50ms..250ms", 0, 50],
  ["50ms..250ms", 0.5, 150],
  ["p50:20ms/p99:1s", 0.25, 10],
  ["p50:20ms/p99:1s", 0.5, 20],
  ["p50:20ms/p99:1s", 0.99, 1000],
  ["p50:20ms/p99:1s", 0.999, 1000],
  ["p50:0ms/p90:100ms", 0.7, 50],
])("%s at %d is %d ms", (text, draw, ms) => {
  expect(wait(text, draw)).toBeCloseTo(ms, 6);
});

test("between two percentiles the wait grows by a constant factor: half-way is the geometric mean", () => {
  expect(wait("p50:10ms/p90:1s", 0.7)).toBeCloseTo(100, 6);
});

test("a larger number never waits shorter", () => {
  const share = fc.double({ min: 0, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(fc.constantFrom("5ms", "1ms..9s", "p10:1ms/p50:20ms/p99:1s"), share, share, (text, a, b) => {
      expect(wait(text, Math.min(a, b))).toBeLessThanOrEqual(wait(text, Math.max(a, b)) + 1e-9);
    }),
  );
});

test("of ten thousand draws half wait no longer than the median, and one in a hundred waits for the p99", () => {
  const draw = seededDraw(1, 0);
  const waits = Array.from({ length: 10_000 }, () => wait("p50:20ms/p99:1s", draw()));
  const share = waits.filter((ms) => ms <= 20).length / waits.length;
  expect(share).toBeGreaterThan(0.48);
  expect(share).toBeLessThan(0.52);
  expect(waits.filter((ms) => ms === 1000).length).toBeGreaterThan(60);
});

test("equal seeds draw the same numbers; another seed, and another stream, draw others", () => {
  const first = (seed: number, stream: number): readonly number[] => {
    const draw = seededDraw(seed, stream);
    return Array.from({ length: 5 }, draw);
  };
  expect(first(7, 0)).toEqual(first(7, 0));
  expect(first(7, 0)).not.toEqual(first(8, 0));
  expect(first(7, 0)).not.toEqual(first(7, 1));
});
