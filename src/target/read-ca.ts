/** The certificates of `--ca FILE`. */

import { X509Certificate } from "node:crypto";
import { dirname, resolve } from "node:path";

import { AppError } from "../ground/errors.ts";
import type { Disk } from "../world/disk.ts";
import type { Io } from "../world/io.ts";
import type { Profile } from "./profile/find-profile.ts";
import { fileProblem, readSmallFile } from "../files/read-small-file.ts";

const maxCaBytes = 4 * 1024 * 1024;

/**
 * The PEM text of `--ca`, else of the profile's file, and of `NODE_EXTRA_CA_CERTS`, which Node forgets once it is
 * given certificates; undefined where neither names one.
 * @throws AppError invalid-file, where a file can't be read or holds no certificate.
 */
export async function readCa(
  flag: string | undefined,
  profile: Profile | undefined,
  io: Io,
): Promise<string | undefined> {
  const pem =
    flag === undefined
      ? profile === undefined
        ? undefined
        : await readCaOfProfile(profile, io)
      : await readPem(io.disk, resolve(io.cwd, flag), flag);
  if (pem === undefined) return undefined;
  const extra = io.env["NODE_EXTRA_CA_CERTS"];
  return extra === undefined || extra === ""
    ? pem
    : `${pem}\n${await readPem(io.disk, resolve(io.cwd, extra), extra)}`;
}

/** The PEM text of the profile's file alone. @throws AppError invalid-file */
export async function readCaOfProfile({ ca, file }: Profile, io: Io): Promise<string | undefined> {
  return ca === undefined ? undefined : readPem(io.disk, resolve(dirname(file), ca), ca);
}

async function readPem(disk: Disk, path: string, file: string): Promise<string> {
  const pem = await readSmallFile(disk, path, maxCaBytes).catch((cause: unknown) => {
    throw new AppError("invalid-file", `The certificate file ${file} can't be read: ${fileProblem(cause)}.`, {
      cause,
    });
  });
  if (holdsCertificate(pem)) return pem;
  throw new AppError("invalid-file", `${file} has no certificate in PEM format.`, {
    hint: "It must contain one or more blocks that start with -----BEGIN CERTIFICATE-----.",
  });
}

/** The first block, as OpenSSL reads it. */
function holdsCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}
