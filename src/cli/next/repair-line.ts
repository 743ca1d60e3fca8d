/** The command line that carries a repair out which was only shown, or was done in memory. */

import { membersNamed, type OperationSubject } from "../../drift/plan/operations/operation.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import type { Limit } from "../../drift/safety/budget.ts";
import type { RepairCommandName } from "../../drift/plan/selection.ts";
import type { RepairFlags } from "../flags/options.ts";
import { line, option, quoted } from "./words.ts";

export interface Asked {
  readonly name: RepairCommandName;
  /** Who was asked for, in the words of the command line. */
  readonly asked: readonly string[];
  readonly flags: RepairFlags;
}

/** `where`: the directory and the target. */
export function repairLine({ name, asked, flags }: Asked, where: readonly string[]): string {
  const who = asked.length === 0 ? ["--all"] : asked.map((word) => quoted(word));
  return line(name, ...who, ...allowances(flags), ...ways(flags), ...where);
}

/** What was named: a plan in a file is applied with the same names. */
export function namedOptions({ operations }: Plan): readonly string[] {
  const named = operations.flatMap((operation): readonly OperationSubject[] => [
    ...(operation.named === true ? [operation.subject] : []),
    ...membersNamed(operation)
      .filter((member) => member.named === true)
      .map(
        ({ key, userName, scimId }) =>
          ({ kind: "user", key, name: userName, scimId, fingerprint: null }) as const,
      ),
  ]);
  return [...new Set(named.map(({ kind, name }) => option(`--${kind}`, name)))];
}

/** Through what the repair goes. */
function ways(flags: RepairFlags): readonly string[] {
  const restart = flags.restartJob === true ? "--restart-job" : "";
  return [option("--via", flags.via), restart, ...groupsToChange(flags), ...linksToLack(flags)];
}

/** Lets accounts be made to which the provider has no link. */
export function linksToLack({ withoutLink }: Pick<RepairFlags, "withoutLink">): readonly string[] {
  return withoutLink === true ? ["--without-link"] : [];
}

export function groupsToChange({ changeGroup = [] }: Pick<RepairFlags, "changeGroup">): readonly string[] {
  return changeGroup.map((group) => option("--change-group", group));
}

/** The options that let a plan pass the safety rules: without them the next run would be refused. */
export function allowances(flags: Omit<Partial<RepairFlags>, "api">): readonly string[] {
  return [
    limitOption("--max-deletions", flags.maxDeletions),
    limitOption("--max-removals", flags.maxRemovals),
    limitOption("--max-renames", flags.maxRenames),
    ...(flags.allowEmpty ?? []).map((team) => option("--allow-empty", team)),
    flags.rolesUnknown === true ? "--roles-unknown" : "",
    flags.strictPlan === true ? "--strict-plan" : "",
  ];
}

function limitOption(name: string, limit: Limit | undefined): string {
  if (limit === undefined) return "";
  return `${name} ${limit.kind === "count" ? limit.count : `${limit.percent}%`}`;
}
