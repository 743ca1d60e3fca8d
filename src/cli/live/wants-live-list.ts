/** Whether `serve` shows the live list, or plain lines. */

import type { Io } from "../../world/io.ts";

export interface LiveListFlags {
  readonly plain?: boolean;
  readonly bodies?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Only where somebody sits at a terminal that can show it, and asked for nothing else. */
export function wantsLiveList({ stdin, stdout, env }: Io, flags: LiveListFlags): boolean {
  if ([flags.plain, flags.bodies, flags.json, flags.quiet].includes(true)) return false;
  if (env["TERM"] === "dumb" || isOn(env["CI"])) return false;
  return stdin.isTTY === true && stdout.isTTY && stdin.setRawMode !== undefined;
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false"].includes(value);
}
