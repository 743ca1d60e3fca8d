/** A pipe that the shell hands over as a file descriptor: `--token-file <(pass show astro)`, or standard input. */

import type { Disk } from "../world/disk.ts";
import { UnusableFile } from "./file-kind.ts";

/** The writer may have to ask for a passphrase first. */
const maxSilenceMs = 60_000;

/** True for `/dev/stdin`, `/dev/fd/63` and `/proc/self/fd/63`: what is open in this process already. */
export function isOwnDescriptor(path: string): boolean {
  return /^\/(?:dev\/stdin|dev\/fd\/\d+|proc\/self\/fd\/\d+)$/.test(path);
}

/**
 * What is written into the pipe until its end, or `maxBytes` of it and what came along.
 * @throws UnusableFile if nothing is written for a minute
 */
export async function readPipe(
  disk: Disk,
  path: string,
  maxBytes: number,
  silenceMs = maxSilenceMs,
): Promise<Buffer> {
  const pipe = disk.openPipe(path);
  pipe.setTimeout(silenceMs, () =>
    pipe.destroy(new UnusableFile("it is a pipe, and nothing was written to it")),
  );
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of pipe) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= maxBytes) break;
  }
  return Buffer.concat(chunks);
}
