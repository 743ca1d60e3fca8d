/** The target of a run, and what is to be left alone there now. */

import { foldCase } from "../../ground/text/fold-case.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import type { RecordedRun } from "../../runs/run.ts";
import type { Connected } from "../connected.ts";
import type { TargetFlags } from "../flags/options.ts";

/** Without a target, that of the run. */
export function withTargetOf<Flags extends TargetFlags>(
  { plan: { target } }: RecordedRun,
  flags: Flags,
): Flags {
  const isNamed = [flags.url, flags.org, flags.profile].some((one) => one !== undefined);
  return isNamed || target.kind === "local" ? flags : { ...flags, url: target.baseUrl };
}

/** What was protected when the run's plan was made, and what is now. */
export function protectedKeys(
  { protectedKeys: then }: Plan,
  { settings }: Pick<Connected, "settings">,
): readonly string[] {
  return [...new Set([...then, ...settings.protect.map((name) => foldCase(name.trim()))])];
}

/** What the run's directory was responsible for, and what the profile says now. */
export function statedResponsibilities(
  plan: Plan,
  { settings }: Pick<Connected, "settings">,
): Plan["responsibleFor"] {
  // What a run has created is its own, wherever it lies.
  return plan.command === "cleanup" ? [] : [...plan.responsibleFor, ...settings.responsibleFor];
}
