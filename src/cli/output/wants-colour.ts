/** Whether a stream gets colours. Apart from paint.ts, for help needs no chalk. */

import type { Io, OutputStream } from "../../world/io.ts";

/** By NO_COLOR, CLICOLOR_FORCE, CLICOLOR and TERM, else where it is a terminal. */
export function wantsColour({ env }: Io, stream: OutputStream): boolean {
  if (isSet(env["NO_COLOR"])) return false;
  if (isSet(env["CLICOLOR_FORCE"]) && env["CLICOLOR_FORCE"] !== "0") return true;
  return stream.isTTY && env["CLICOLOR"] !== "0" && env["TERM"] !== "dumb";
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
