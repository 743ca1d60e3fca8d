/** Which files a command with a target reads besides its own: those with the target, the token and the certificates. */

import { dirname, resolve } from "node:path";
import { fixturePath } from "../../assembly/files/fixture-file.ts";
import type { Fixture } from "../../fixture/fixture.ts";
import type { UsedFile } from "../../files/distinct-files.ts";
import type { Io } from "../../world/io.ts";
import type { TargetFlags } from "../flags/options.ts";
import { astroCliFile } from "../../target/astro-cli-context.ts";
import { profileFiles } from "../../target/profile/find-profile.ts";
import type { Target } from "../../target/resolve-target.ts";

/** Its own file, and its tables. */
export async function filesOfFixture(
  io: Io,
  file: string,
  { tableFiles = [] }: Fixture,
): Promise<readonly UsedFile[]> {
  const tables = tableFiles.map((table) => ({ use: "the fixture's table", file: table }));
  return [{ use: "the fixture", file: await fixturePath(io, file) }, ...tables];
}

/** Those of the flags, and those that no flag names: a mistyped name must cost none of them. */
export async function filesOfTarget(
  io: Io,
  { tokenFile, ca }: TargetFlags,
  target: Target,
): Promise<readonly UsedFile[]> {
  const profile = target.kind === "remote" ? target.profile : undefined;
  const caOfProfile = profile?.ca === undefined ? undefined : resolve(dirname(profile.file), profile.ca);
  const used = (use: string, file: string | undefined): readonly UsedFile[] =>
    file === undefined || file === "" ? [] : [{ use, file }];
  const profiles = await profileFiles(io);
  return [
    ...used("the token file", tokenFile),
    ...used("the certificates of --ca,", ca),
    ...used("the certificates of the profile,", caOfProfile),
    ...used("the certificates of NODE_EXTRA_CA_CERTS,", io.env["NODE_EXTRA_CA_CERTS"]),
    ...profiles.flatMap((file) => used("the profiles in", file)),
    ...used("the astro CLI's", astroCliFile(io)),
  ];
}
