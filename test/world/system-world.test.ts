/** The randomness of the system: as many bytes as are asked for, and none of them twice. */

import { expect, test } from "vitest";
import { systemWorld } from "../../src/world/system-world.ts";

const { random } = systemWorld();

test.each([0, 1, 8, 4095, 4096, 4097, 65_536])("%i bytes", (count) => {
  expect(random.bytes(count)).toHaveLength(count);
});

test("bytes that were given are not given again, and belong to whom they were given", () => {
  const given = Array.from({ length: 3000 }, () => random.bytes(8));
  expect(new Set(given.map((bytes) => Buffer.from(bytes).toString("hex"))).size).toBe(given.length);
  const [first, second] = [random.bytes(8), random.bytes(8)];
  const before = Buffer.from(second).toString("hex");
  first.fill(0);
  expect(Buffer.from(second).toString("hex")).toBe(before);
});
