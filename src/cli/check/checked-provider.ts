/** The live provider whose app is checked: found once, opened again for each round. */

import type { PreparedSource } from "../../assembly/sources/prepared-source.ts";
import type { CheckedProvider } from "../../check/context.ts";
import { once } from "../../check/once.ts";
import { AppError } from "../../ground/errors.ts";
import { providers } from "../../idp/providers.ts";
import { profileOf } from "../../target/resolve-target.ts";
import { withoutEntraFlag } from "../../astro/address.ts";
import type { Io } from "../../world/io.ts";
import type { Surroundings } from "../connected.ts";
import type { SourceFlags } from "../flags/directory-options.ts";
import type { TargetFlags } from "../flags/options.ts";
import { directoryOfProfile, namedDirectory } from "../source/named-directory.ts";
import { prepareSource } from "../source/prepare-source.ts";
import { sourceRun } from "../source/source-run.ts";
import type { CheckedTarget } from "./checked-target.ts";

export interface PreparedProvider {
  readonly idp: "okta" | "entra";
  readonly name: string;
  readonly prepared: PreparedSource;
}

/**
 * That of the command line, else that of the profile where it is a live one; contacts nothing.
 * @throws AppError usage, for any other directory, and as `prepareSource`
 */
export async function preparedProvider(
  io: Io,
  flags: SourceFlags & TargetFlags,
  { surroundings }: Pick<CheckedTarget, "surroundings">,
): Promise<PreparedProvider | undefined> {
  const profile = profileOf(surroundings);
  const named = namedDirectory(flags.from) ?? directoryOfProfile(io, profile);
  if (named === undefined) return undefined;
  if (named.kind !== "okta" && named.kind !== "entra") {
    if (flags.from === undefined) return undefined;
    throw new AppError("usage", "check reads the app of a live provider alone: --from okta or --from entra.");
  }
  const { kind: idp } = named;
  const prepared = await prepareSource(io, named, { flags: { ...flags }, profile });
  return { idp, name: providers[idp].words.name, prepared };
}

/** @throws AppError invalid-file, for `--ca` */
export async function withProvider<Result>(
  surroundings: Surroundings,
  given: {
    readonly flags: TargetFlags;
    readonly checked: CheckedTarget;
    readonly provider: PreparedProvider | undefined;
  },
  run: (provider: CheckedProvider | undefined) => Promise<Result>,
): Promise<Result> {
  const { flags, checked, provider } = given;
  if (provider === undefined) return run(undefined);
  const { idp, name, prepared } = provider;
  const profile = profileOf(checked.surroundings);
  const { source, close } = prepared.open(await sourceRun(surroundings, { flags, profile }));
  const { address } = checked;
  const target = address.kind === "given" ? withoutEntraFlag(address.baseUrl) : undefined;
  try {
    const read = once(() => source.read(target, surroundings.signal));
    return await run({ idp, name, words: providers[idp].words.findings, read });
  } finally {
    await close();
  }
}
