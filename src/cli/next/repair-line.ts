/** The command line that carries a repair out which was only shown, or was done in memory. */

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
  return line(name, ...who, ...allowances(flags), ...where);
}

/** The options that let a plan pass the safety rules: without them the next run would be refused. */
function allowances(flags: RepairFlags): readonly string[] {
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
