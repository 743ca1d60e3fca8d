/** How far the clocks of the servers are from ours. */

import { formatDuration } from "../../ground/text/quantities.ts";
import { correctionMs } from "../../why/logs/clock-skew.ts";
import type { ServerClock } from "../../why/story.ts";
import { hanging } from "../layout/hanging.ts";
import type { Style } from "../style.ts";

/** None where no server was asked. */
export function clockLines(clocks: readonly ServerClock[], style: Style): readonly string[] {
  if (clocks.length === 0) return [];
  const parts = clocks.map(({ server, skew }) => {
    if (skew === undefined) return `${server}'s clock is not known`;
    const correction = correctionMs(skew);
    if (correction === 0) return `${server}'s clock agrees`;
    const width = Math.ceil((skew.mostMs - skew.leastMs) / 2000);
    const how = correction > 0 ? "ahead" : "behind";
    return `${server}'s clock is ${formatDuration(Math.round(Math.abs(correction) / 1000) * 1000)} ${how} (±${width} s)`;
  });
  return ["", ...hanging("  ", `Times are UTC, by the clock of this machine: ${parts.join("; ")}.`, style)];
}
