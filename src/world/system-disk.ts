/** The disk of this machine. */

import { constants, fstatSync, openSync, type BigIntStats } from "node:fs";
import { access, link, lstat, mkdir, open, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { Socket } from "node:net";
import { ownerOnly, type Disk, type FileIdentity, type Opening } from "./disk.ts";

const { O_RDONLY, O_WRONLY, O_CREAT, O_NONBLOCK } = constants;

const flagsOf: Readonly<Record<Opening, number | string>> = {
  read: O_RDONLY | O_NONBLOCK,
  write: O_WRONLY | O_CREAT | O_NONBLOCK,
  "write-pipe": O_WRONLY,
  create: "wx",
};

export const systemDisk: Disk = {
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
  open: (path, how) => open(path, flagsOf[how], ownerOnly),
  openPipe: (path) => {
    const fd = openSync(path, O_RDONLY | O_NONBLOCK);
    return new Socket({ fd, readable: true, writable: false });
  },
  rename,
  link,
  rm,
  mkdir: async (path) => void (await mkdir(path, { recursive: true, mode: 0o700 })),
};

/** On Windows the numbers are larger than a double can hold. */
function identityOf(stats: BigIntStats): FileIdentity {
  return { number: `${stats.dev}:${stats.ino}`, isFile: stats.isFile() };
}
