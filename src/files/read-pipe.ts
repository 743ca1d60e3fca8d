/** A pipe that the shell hands over as a file descriptor: `--token-file <(pass show astro)`, or standard input. */

import { constants, openSync } from "node:fs";
import { Socket } from "node:net";
import { UnusableFile } from "./file-kind.ts";

/** The writer may have to ask for a passphrase first. */
const maxSilenceMs = 60_000;

/** True for `/dev/stdin`, `/dev/fd/63` and `/proc/self/fd/63`: what is open in this process already. */
export function isOwnDescriptor(path: string): boolean {
  return /^\/(?:dev\/stdin|dev\/fd\/\d+|proc\/self\/fd\/\d+)$/.test(path);
}

/**
 * What is written into the pipe until its end, or `maxBytes` of it and what came along.
 * @throws UnusableFile where nobody writes for a minute
 */
export async function readPipe(path: string, maxBytes: number, silenceMs = maxSilenceMs): Promise<Buffer> {
  // A socket of Node's waits beside everything else; a read of a file would hold a thread, and the end of the process.
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const pipe = new Socket({ fd, readable: true, writable: false });
  pipe.setTimeout(silenceMs, () =>
    pipe.destroy(new UnusableFile("it is a pipe, and nothing was written to it")),
  );
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of pipe) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    length += bytes.length;
    if (length >= maxBytes) break;
  }
  return Buffer.concat(chunks);
}
