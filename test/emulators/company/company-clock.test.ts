/** The company's time: the system's, and ahead of it by what is simulated. */

import { expect, test } from "vitest";
import { companyClock } from "../../../src/emulators/company/company-clock.ts";
import { seededWorld } from "../../support/seeded-world.ts";

const start = new Date("2026-01-15T09:00:00Z");

function startClock() {
  const world = seededWorld({ now: start });
  const clock = companyClock(world.clock, world.timers, new AbortController().signal);
  const secondsOn = (): number => (clock.now().getTime() - start.getTime()) / 1000;
  return { clock, world, secondsOn };
}

test("a wait that the server asks for takes real time, and counts once", async () => {
  const { clock, world, secondsOn } = startClock();
  await clock.wait(30, true);
  expect([world.waits, secondsOn()]).toEqual([[30_000], 30]);
});

test("any other wait takes no time, and counts", async () => {
  const { clock, world, secondsOn } = startClock();
  await clock.wait(300, false);
  clock.advance(40 * 60_000);
  expect([world.waits, secondsOn()]).toEqual([[], 300 + 40 * 60]);
});
