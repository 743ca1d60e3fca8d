/** The world of this process: the only place that asks Node for the time, timers, randomness and files. */

import { constants, fstatSync, openSync, type BigIntStats } from "node:fs";
import {
  access,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Disk, FileIdentity, Opening } from "./disk.ts";
import type { Clock, Random, Timers, World } from "./world.ts";

const clock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
};

const timers: Timers = {
  wait: async (ms, signal) => {
    try {
      await delay(ms, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  },
  startTimeout: (ms, onTimeout) => {
    const timer = setTimeout(onTimeout, ms);
    return () => clearTimeout(timer);
  },
  yieldToOthers: () =>
    new Promise<void>((resolve) => {
      setImmediate(resolve);
    }),
};

/** Bytes that were not used yet: each question to the system costs 20 µs, whatever its length. */
let spare = new Uint8Array();
const spareBytes = 4096;

function randomBytes(count: number): Uint8Array {
  if (count > spareBytes) return crypto.getRandomValues(new Uint8Array(count));
  if (count > spare.length) spare = crypto.getRandomValues(new Uint8Array(spareBytes));
  const bytes = spare.slice(0, count);
  spare = spare.subarray(count);
  return bytes;
}

/** Not from node:crypto: to load that takes 2 ms of each start. */
const random: Random = {
  number: Math.random,
  bytes: randomBytes,
  uuid: () => crypto.randomUUID(),
};

const { O_RDONLY, O_WRONLY, O_CREAT, O_NONBLOCK } = constants;

const flagsOf: Readonly<Record<Opening, number | string>> = {
  read: O_RDONLY | O_NONBLOCK,
  write: O_WRONLY | O_CREAT | O_NONBLOCK,
  "write-pipe": O_WRONLY,
  create: "wx",
};

const disk: Disk = {
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
  stat: (path) => stat(path),
  lstat: (path) => lstat(path),
  identify: async (path) => identityOf(await stat(path, { bigint: true })),
  identifyDescriptor: (descriptor) => identityOf(fstatSync(descriptor, { bigint: true })),
  realpath: (path) => realpath(path),
  readlink: (path) => readlink(path),
  open: (path, how) => open(path, flagsOf[how], 0o600),
  openPipe: (path) => {
    const fd = openSync(path, O_RDONLY | O_NONBLOCK);
    return new Socket({ fd, readable: true, writable: false });
  },
  rename,
  link,
  rm,
  list: (folder) => readdir(folder),
  mkdir: async (path) => void (await mkdir(path, { recursive: true, mode: 0o700 })),
};

export function systemWorld(): World {
  return { clock, timers, random, disk };
}

/** On Windows the numbers are larger than a double can hold. */
function identityOf(stats: BigIntStats): FileIdentity {
  return { number: `${stats.dev}:${stats.ino}`, isFile: stats.isFile() };
}
