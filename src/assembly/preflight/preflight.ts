/** A preflight from a directory and a connection: Astro is read, the first run is rehearsed, and both are assessed. */

import type { BehaviourChoice } from "../../astro/behaviour/table.ts";
import type { AstroApiName } from "../../astro/records/record.ts";
import { responsibilityOf, type StatedResponsibility } from "../../astro/responsibility.ts";
import type { ProvidedDirectory } from "../../directory/source.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { expectedState } from "../../idp/expected/expected-state.ts";
import type { PreflightKind } from "../../preflight/finding.ts";
import { preflight, type Preflight } from "../../preflight/preflight.ts";
import type { JustInTime } from "../../preflight/subject.ts";
import type { TerraformResource } from "../../terraform/resource.ts";
import type { Io } from "../../world/io.ts";
import type { Connection } from "../connect.ts";
import type { ReadIamOptions } from "../read-iam.ts";
import { readAstroBefore } from "./astro-before.ts";
import { rehearseFirstRun } from "./rehearse-first-run.ts";

export interface PreflightOptions extends ReadIamOptions {
  readonly api: AstroApiName | undefined;
  /** Undefined where no file was given. */
  readonly terraform: readonly TerraformResource[] | undefined;
  readonly justInTime: JustInTime;
  readonly verifiedDomains: readonly string[];
  readonly accepted: readonly PreflightKind[];
  /** Accounts of which nobody wants to be warned, beside those that the directory protects. */
  readonly protect: readonly string[];
  readonly responsibleFor: readonly StatedResponsibility[];
  readonly behaviour: BehaviourChoice;
  readonly onRequest?: ((sent: number) => void) | undefined;
}

/** @throws AppError whatever keeps Astro from being read completely; as `rehearseFirstRun` */
export async function preflightOf(
  io: Io,
  connection: Connection,
  provided: ProvidedDirectory,
  options: PreflightOptions,
): Promise<Preflight> {
  const expected = expectedState(provided.directory, provided.app);
  const astro = await readAstroBefore(connection, { ...options, expected });
  const run = await rehearseFirstRun(io, { ...options, provided, expected, held: astro.held });
  const quiet = new Set([...provided.protect, ...options.protect].map((name) => foldCase(name.trim())));
  return preflight(
    {
      provided,
      expected,
      astro,
      run,
      terraform: options.terraform,
      justInTime: options.justInTime,
      isProtected: (key) => quiet.has(key),
      responsibility: responsibilityOf([...(provided.responsibleFor ?? []), ...options.responsibleFor]),
    },
    options.accepted,
  );
}
