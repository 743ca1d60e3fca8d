/** Colours for a stream: only on a terminal, and never where NO_COLOR is set. */

import { Chalk, type ChalkInstance } from "chalk";
import type { Io, OutputStream } from "../../world/io.ts";
import { wantsColour } from "./wants-colour.ts";

/** Colours of the result on standard output; every mark has a sign or a word too, so none is needed to read. */
export function paintFor(io: Io, stream: OutputStream = io.stdout): ChalkInstance {
  return new Chalk({ level: wantsColour(io, stream) ? 1 : 0 });
}

/** No colours at all: for what is put into a file of another form. */
export function plainPaint(): ChalkInstance {
  return new Chalk({ level: 0 });
}
