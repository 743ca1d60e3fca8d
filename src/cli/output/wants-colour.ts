/** Whether a stream gets colours, and whether it moves. Apart from paint.ts, for help needs no chalk. */

import type { Io, OutputStream } from "../../world/io.ts";

type Environment = Pick<Io, "env">;

/**
 * By FORCE_COLOR, NO_COLOR, CLICOLOR_FORCE, CLICOLOR and TERM, else where it is a terminal. In this order, as Node has it; a
 * variable that is set to nothing counts for nothing (no-color.org, force-color.org), and FORCE_COLOR=0 is none, as chalk reads it.
 */
export function wantsColour({ env }: Environment, stream: Pick<OutputStream, "isTTY">): boolean {
  const forced = env["FORCE_COLOR"];
  if (isSet(forced)) return !isOff(forced);
  if (isSet(env["NO_COLOR"])) return false;
  const forcedAsOnBsd = env["CLICOLOR_FORCE"];
  if (isSet(forcedAsOnBsd) && forcedAsOnBsd !== "0") return true;
  return stream.isTTY && env["CLICOLOR"] !== "0" && env["TERM"] !== "dumb";
}

/** Whether lines may be drawn over: on a terminal that can move its cursor, and not in the log of a CI run. */
export function canAnimate({ env }: Environment, stream: Pick<OutputStream, "isTTY">): boolean {
  return stream.isTTY && env["TERM"] !== "dumb" && (!isSet(env["CI"]) || isOff(env["CI"]));
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}

function isOff(value: string | undefined): boolean {
  return value === "0" || value === "false";
}
