/** Checks what a step of a timeline expects: begun before the step, so that what is sent in it counts, ended after it. */

import type { AstroState } from "../../astro/state.ts";
import type { AppSettings } from "../../directory/app-settings.ts";
import type { Directory } from "../../directory/directory.ts";
import { AppError } from "../../ground/errors.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type { Expectation, ObservationCode } from "../../directory/expectation.ts";
import type { Difference } from "../../directory/difference.ts";
import { codeOf } from "../observe/harm.ts";
import { checkDrift, type NamingScene } from "./check-drift.ts";
import { checkErrors } from "./check-errors.ts";
import { checkObservations } from "./check-observations.ts";
import { observationsOf, type RunSummary } from "../run/events.ts";
import { checkExpectation } from "./expectation.ts";
import { resourceIds, type Scene } from "../expected/find-account.ts";
import type { RequestTally, RequestWatch } from "./request-tally.ts";
import type { UnmetExpectation } from "../run/unmet-expectation.ts";

export interface CheckOptions {
  readonly settings: AppSettings;
  /** What Astro holds now. */
  readonly readState: () => Promise<AstroState>;
  /** What differs between this directory and Astro now. */
  readonly differences: (directory: Directory) => Promise<readonly Difference[]>;
  /** The line on which the provider sends. */
  readonly requests: RequestWatch;
}

export interface Checked {
  /** Undefined where the step expects nothing, or could not be checked. */
  readonly unmet: readonly UnmetExpectation[] | undefined;
  /** Why what the step expects could not be checked: Astro could not be read, or does not show it. */
  readonly notChecked: string | undefined;
}

export const unchecked: Checked = { unmet: undefined, notChecked: undefined };

export interface StepCheck {
  /** What the provider did in the step, and the directory as it is now. */
  readonly end: (summary: RunSummary, directory: Directory) => Promise<Checked>;
}

/** Astro is read if the expectation is about what it holds, or names a user or group whose id must be known. */
export async function beginCheck(
  expect: Expectation | undefined,
  directory: Directory,
  options: CheckOptions,
): Promise<StepCheck> {
  options.requests.stop();
  if (expect === undefined) return { end: async () => unchecked };
  // A resource that goes in the step has its id only before it.
  const before = namesResources(expect) ? await readScene(directory, options) : undefined;
  const tally = expect.requests === undefined ? undefined : options.requests.count(expect.requests);
  return {
    end: async (summary, now) => {
      options.requests.stop();
      const after = needsState(expect) ? await readScene(now, options) : undefined;
      const differences = expect.drift === undefined ? undefined : await compare(now, options);
      const failed = [before, after, differences].find((read) => read?.kind === "not-read");
      if (failed?.kind === "not-read") return { unmet: undefined, notChecked: failed.reason };
      const scenes = [before, after].flatMap((read) => (read?.kind === "scene" ? [read.scene] : []));
      const unmet = [
        ...unmetIn(expect, { scenes, tally, summary }),
        ...(differences?.kind === "compared"
          ? unmetDrift(expect, differences.found, { directory: now, settings: options.settings })
          : []),
      ];
      const hidden = unmet.length > 0 ? undefined : teamNotShown(expect, scenes.at(-1)?.state);
      return hidden === undefined
        ? { unmet, notChecked: undefined }
        : { unmet: undefined, notChecked: `the server does not show who is in the Team ${hidden}` };
    },
  };
}

type Compared =
  | { readonly kind: "compared"; readonly found: readonly Difference[] }
  | { readonly kind: "not-read"; readonly reason: string };

async function compare(directory: Directory, { differences }: CheckOptions): Promise<Compared> {
  try {
    return { kind: "compared", found: await differences(directory) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: "not-read", reason: error.message };
  }
}

/** What the expectation says of the differences and is not so. */
function unmetDrift(
  { drift }: Expectation,
  found: readonly Difference[],
  scene: NamingScene,
): readonly UnmetExpectation[] {
  const unmet = drift === undefined ? undefined : checkDrift(drift, found, scene);
  return unmet === undefined ? [] : [unmet];
}

interface Findings {
  /** The last one is as Astro is now. */
  readonly scenes: readonly Scene[];
  readonly tally: RequestTally | undefined;
  readonly summary: RunSummary;
}

function unmetIn(expect: Expectation, { scenes, tally, summary }: Findings): readonly UnmetExpectation[] {
  const now = scenes.at(-1);
  return [
    ...(now === undefined ? [] : checkExpectation(expect, now)),
    ...(tally?.unmet(resourceIds(scenes)) ?? []),
    ...(expect.errors === undefined ? [] : checkErrors(expect.errors, summary)),
    ...(expect.observations === undefined ? [] : checkObservations(expect.observations, codesIn(summary))),
  ];
}

function codesIn(summary: RunSummary): readonly ObservationCode[] {
  return observationsOf(summary).map(({ deviation }) => codeOf(deviation));
}

/** The first Team whose members are expected and not shown. */
function teamNotShown({ teams }: Expectation, state: AstroState | undefined): string | undefined {
  return [...teams].find(
    ([name, members]) => members !== null && state?.teams.get(foldCase(name))?.areMembersUnknown === true,
  )?.[0];
}

type SceneRead =
  | { readonly kind: "scene"; readonly scene: Scene }
  | { readonly kind: "not-read"; readonly reason: string };

async function readScene(
  directory: Directory,
  { readState, settings }: Pick<CheckOptions, "readState" | "settings">,
): Promise<SceneRead> {
  try {
    return { kind: "scene", scene: { state: await readState(), directory, settings } };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: "not-read", reason: error.message };
  }
}

function needsState(expect: Expectation): boolean {
  return expect.users.size > 0 || expect.teams.size > 0 || namesResources(expect);
}

function namesResources({ requests = [] }: Expectation): boolean {
  return requests.some(({ path }) => typeof path?.resource === "object");
}
