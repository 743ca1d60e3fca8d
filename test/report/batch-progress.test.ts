import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { milestoneText, progressText } from "../../src/report/narrative/batch-progress.ts";

describe("on a terminal", () => {
  test.each<[text: string, done: number, count: number, elapsedMs: number]>([
    ["users 1/3", 0, 3, 0],
    ["users 3/3  1/s  1 s left", 2, 3, 2000],
    ["users ░░░░░░░░░░░░░░░░ 1/10,000", 0, 10_000, 5000],
    ["users █░░░░░░░░░░░░░░░ 1,240/10,000  412/s  22 s left", 1239, 10_000, 3007],
    ["users ████████████████ 10,000/10,000  500/s  0 s left", 10_000, 10_000, 20_000],
    ["users ████████░░░░░░░░ 5,001/10,000  2.5/s  33 min left", 5000, 10_000, 2_000_000],
    ["users ████████░░░░░░░░ 50,001/100,000  2.5/s  5 h 33 min left", 50_000, 100_000, 20_000_000],
  ])("%s", (text, done, count, elapsedMs) => {
    expect(progressText({ subjects: "user", done, count, elapsedMs })).toBe(text);
  });

  test("there is no rate in the first second: it would be a guess", () => {
    expect(progressText({ subjects: "group", done: 50, count: 60, elapsedMs: 999 })).toBe("groups 51/60");
  });
});

describe("without a terminal", () => {
  test("a batch of more than 1,000 has nine lines, one after each tenth, whatever its size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1001, max: 30_000 }), (count) => {
        const lines = Array.from({ length: count }, (_, index) =>
          milestoneText({ subjects: "user", done: index + 1, count, elapsedMs: 0 }),
        ).filter((line) => line !== undefined);
        expect(lines).toHaveLength(9);
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    ["after a tenth", 1000, 10_000, "1,000 of 10,000 users, 500/s, 18 s left"],
    ["not between two tenths", 1001, 10_000, undefined],
    ["not at the end, which has a line of its own", 10_000, 10_000, undefined],
    ["not of 1,000 or less", 100, 1000, undefined],
  ])("%s", (_when, done, count, line) => {
    expect(milestoneText({ subjects: "user", done, count, elapsedMs: done * 2 })).toBe(line);
  });
});
