/** The local Astro of `serve` and `exec`: its flags, what they exclude, and what the server is started with. */

import { AppError } from "../ground/errors.ts";
import { parseFaults } from "../fault/parse-faults.ts";
import type { Fixture } from "../fixture/fixture.ts";
import type { StartServerOptions } from "../server/start.ts";
import { stackText } from "../ground/text/stack-text.ts";
import { fixtureSeed } from "../assembly/fixture-seed.ts";
import type { Io } from "../world/io.ts";
import { behaviourChoice, type BehaviourFlags } from "./flags/behaviour-flags.ts";

export interface LocalAstroFlags extends BehaviourFlags {
  readonly provisioned?: boolean;
  readonly at?: string;
  /** As `parseFaults` reads them. */
  readonly fault?: readonly string[];
  readonly seed?: number;
}

/**
 * Checks the flags together; `command` is the one that is run, for examples.
 * @throws AppError usage
 */
export function checkLocalAstroFlags(
  flags: LocalAstroFlags,
  { fixtureFile, example }: { readonly fixtureFile: string | undefined; readonly example: string },
): void {
  const { at, provisioned, fault = [] } = flags;
  if (at !== undefined && provisioned !== true) throw new AppError("usage", "--at needs --provisioned.");
  if (provisioned === true && fixtureFile === undefined) {
    throw new AppError("usage", "--provisioned needs a fixture.", { hint: `Example: ${example}` });
  }
  parseFaults(fault);
}

/** @throws AppError usage, for a step that there is not and for a behaviour that does not exist */
export function localAstroOptions(
  io: Io,
  fixture: Fixture | undefined,
  flags: LocalAstroFlags,
): StartServerOptions {
  return {
    world: io,
    faults: flags.fault ?? [],
    ...(flags.seed === undefined ? {} : { faultSeed: flags.seed }),
    ...behaviourChoice(flags),
    ...(fixture === undefined
      ? {}
      : { organizationId: fixture.organization, seed: fixtureSeed(fixture, flags) }),
    onFault: (error) => {
      io.stderr.write(`The server failed to handle a request: ${stackText(error)}\n`);
    },
  };
}
