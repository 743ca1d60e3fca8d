/** How text for people is laid out on one of the streams. */

import type { Style } from "../../report/style.ts";
import type { Io, OutputStream } from "../../world/io.ts";
import { paintFor } from "./paint.ts";

/** Colours and width of the stream; every row with `--verbose`. */
export function streamStyle(
  io: Io,
  stream: OutputStream,
  { verbose = false }: { readonly verbose?: boolean | undefined },
): Style {
  return {
    paint: paintFor(io, stream),
    columns: stream.isTTY ? stream.columns : undefined,
    all: verbose,
    hide: io.secrets.without,
  };
}
