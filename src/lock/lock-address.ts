/** Where on this machine a lock is: an address at which only one process can listen, and at which none does once it has ended. */

import { createHash } from "node:crypto";
import { platform } from "node:os";

/** As `net.listen` and `net.connect` take it. */
export type LockAddress = { readonly path: string } | { readonly host: "127.0.0.1"; readonly port: number };

export interface LockPlace {
  /** Names what is locked without saying it. */
  readonly name: string;
  /** The process that listens at more than half of them has the lock. */
  readonly addresses: readonly [LockAddress, ...LockAddress[]];
}

/**
 * The place of the lock for a key. The system itself gives it free when the process dies, so there is nothing stale to clear
 * away: on Linux a socket in the abstract namespace (unix(7); each network namespace has its own), on Windows a named pipe.
 *
 * Elsewhere both leave a file behind, and between finding out that nobody listens there and putting one's own in its place
 * another process can do the same. A TCP port of loopback has no such moment, but it may be in use by something else: three
 * ports are taken then, and two are enough. No two processes can have two of three.
 */
export function lockPlace(key: string, system: NodeJS.Platform = platform()): LockPlace {
  const hash = createHash("sha256").update(`astro-scim repair\n${key}`).digest();
  const name = hash.toString("hex").slice(0, 32);
  if (system === "linux") return { name, addresses: [{ path: `\0astro-scim-repair-${name}` }] };
  if (system === "win32") return { name, addresses: [{ path: `\\\\.\\pipe\\astro-scim-repair-${name}` }] };
  return { name, addresses: [port(hash, 0), port(hash, 1), port(hash, 2)] };
}

const firstPort = 20_000;
const portsEach = 4000;

/** Each of the three from a range of its own, so that they differ; below those that systems give out themselves. */
function port(hash: Buffer, at: 0 | 1 | 2): LockAddress {
  const offset = hash.readUInt32BE(at * 4) % portsEach;
  return { host: "127.0.0.1", port: firstPort + at * portsEach + offset };
}
