/** What Entra ID says of a run that did not provision, with what helps. */

import { nameList } from "../../../ground/text/name-list.ts";
import type { OnDemandResult } from "../../../management/graph/on-demand-answer.ts";

/** By Entra ID's codes (Microsoft: Understand how provisioning integrates with Azure Monitor logs, error codes): what to do, as a clause. */
const remedies: Readonly<Record<string, string>> = {
  NotEffectivelyEntitled: "check the assignment and the scoping filters of the app",
  ImportSkipped: "the attribute that the name in Astro is made of is empty, as a rule mail",
  MandatoryFieldsMissing: "an attribute that a mapping needs is empty",
  MissingValues: "an attribute that a mapping needs is empty",
  DuplicateTargetEntries: "several accounts or Teams in Astro have this name: delete or rename the others",
  DuplicateSourceEntries: "several users or groups in Entra ID have this value",
  InvalidAnchor:
    "Entra ID is linked to an account or Team that no longer exists: a restart of the job clears that (--restart-job)",
  InvalidCredentials: "check the Secret Token of the app, under Provisioning > Admin Credentials",
  Unauthorized: "check the Secret Token of the app, under Provisioning > Admin Credentials",
  TooManyRequests: "the target refused too many requests: try again later",
};

/** The code of a run that found nothing to change: the target is as it should be. */
export const redundantExport = "RedundantExport";

/** `Entra ID skipped it, NotEffectivelyEntitled: not assigned to the app (Assigned is False); check the assignment …`. */
export function notProvisioned({ status, code, message, outOfScopeBecause }: OnDemandResult): string {
  const verb = status === "skipped" ? "skipped it" : "failed";
  const said = message === undefined ? "" : `: ${message}`;
  const scoping =
    outOfScopeBecause.length === 0
      ? ""
      : ` (${nameList(outOfScopeBecause.map((name) => `${name} is False`))})`;
  const remedy = remedies[code ?? ""];
  return `Entra ID ${verb}${code === undefined ? "" : `, ${code}`}${said}${scoping}${remedy === undefined ? "" : `; ${remedy}`}`;
}
