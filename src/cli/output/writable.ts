/** An output stream of a command's world as Node's own kind, for libraries that draw on one. */

import { Writable } from "node:stream";
import type { OutputStream } from "../../world/io.ts";

/** Passes everything on; has the width of the stream, which those libraries look for. */
export function asWritable(stream: OutputStream): Writable & { readonly columns: number } {
  const writable = new Writable({
    write: (chunk, _encoding, done) => {
      stream.write(String(chunk));
      done();
    },
  });
  return Object.assign(writable, { columns: stream.columns ?? 80 });
}
