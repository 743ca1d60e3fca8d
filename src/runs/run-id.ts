/** The name of a run: when it began, and four random bytes. Names sort by time. */

import type { World } from "../world/world.ts";

/** `20260115T090000-1f0c9a7e`, in UTC. */
export function newRunId({ clock, random }: Pick<World, "clock" | "random">): string {
  const time = clock
    .now()
    .toISOString()
    .replaceAll(/[-:]|\.\d+Z$/g, "");
  return `${time}-${Buffer.from(random.bytes(4)).toString("hex")}`;
}

/** Whether a word is the name of a run, and so no path that leads elsewhere. */
export function isRunId(word: string): boolean {
  return /^\d{8}T\d{6}-[0-9a-f]{8}$/.test(word);
}

/** The time in the name of a run, `20260115T090000`: it sorts, and is as exact as a second. */
export function startOf(run: string): string {
  return run.slice(0, 15);
}
