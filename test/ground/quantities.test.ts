import { describe, expect, test } from "vitest";

import {
  formatBytes,
  formatCount,
  formatDuration,
  formatRate,
  formatShare,
} from "../../src/ground/text/quantities.ts";

test.each([
  [0, "0"],
  [999, "999"],
  [10_000, "10,000"],
  [1_234_567, "1,234,567"],
])("count %d", (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test.each([
  [0, "0 s"],
  [3, "3 ms"],
  [999, "999 ms"],
  [1000, "1 s"],
  [1249, "1.2 s"],
  [30_000, "30 s"],
  [89_000, "89 s"],
  [100_000, "1 min 40 s"],
  [300_000, "5 min"],
  [12_000_000, "3 h 20 min"],
])("%d milliseconds", (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test.each([
  [0, "0 bytes"],
  [512, "512 bytes"],
  [1536, "1.5 KiB"],
  [4 * 1024 * 1024, "4 MiB"],
  [1024 ** 4, "1,024 GiB"],
])("%d bytes", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

describe("rates and shares", () => {
  test("a decimal where it counts", () => {
    expect([formatRate(2.54), formatRate(412.4), formatShare(0.125), formatShare(0.5)]).toEqual([
      "2.5/s",
      "412/s",
      "12.5 %",
      "50 %",
    ]);
  });
});
