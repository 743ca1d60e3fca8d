/** What `serve` prints of each request: one line, and its bodies where they are asked for. */

import { exchangeBodies, servedLine } from "../../report/exchange-text.ts";
import type { StartServerOptions } from "../../server/start.ts";
import type { Io } from "../../world/io.ts";
import { paintFor } from "./paint.ts";

/** On standard error where standard output carries JSON; nothing with `quiet`. */
export function serveLog(
  io: Io,
  flags: { readonly json?: boolean; readonly quiet?: boolean; readonly bodies?: boolean },
): Pick<StartServerOptions, "onServed" | "onExchange"> {
  if (flags.quiet === true) return {};
  const log = flags.json === true ? io.stderr : io.stdout;
  const paint = paintFor(io, log);
  return {
    onServed: (served) => void log.write(`${servedLine(served, io.clock.now(), paint)}\n`),
    ...(flags.bodies === true
      ? { onExchange: (exchange) => void log.write(exchangeBodies(exchange, paint)) }
      : {}),
  };
}
