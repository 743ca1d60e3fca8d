/** What to type after a repair, as it can be pasted. */

import type { Limit } from "../../drift/safety/budget.ts";
import type { RepairCommandName } from "../../drift/plan/selection.ts";
import type { RepairFlags } from "../flags/options.ts";
import { quoted, targetArguments } from "../output/next-line.ts";
import type { Session } from "../session.ts";

export interface Asked {
  readonly name: RepairCommandName;
  /** Who was asked for, in the words of the command line. */
  readonly asked: readonly string[];
  readonly flags: RepairFlags;
}

/** Where the plan was only shown, what carries it out; else what looks whether all is well now. */
export function nextCommand(session: Session, command: Asked, onlyShown: boolean): string {
  if (!onlyShown) return `astro-scim diff ${targetArguments(session, command.flags)}`;
  const { name, asked, flags } = command;
  const who = asked.length === 0 ? ["--all"] : asked.map(quoted);
  return `astro-scim ${name} ${[...who, ...allowances(flags), targetArguments(session, flags)].join(" ")}`;
}

/** The options that let a plan pass the safety rules: without them the next run would be refused. */
function allowances(flags: RepairFlags): readonly string[] {
  return [
    ...limitOption("--max-deletions", flags.maxDeletions),
    ...limitOption("--max-removals", flags.maxRemovals),
    ...limitOption("--max-renames", flags.maxRenames),
    ...(flags.allowEmpty ?? []).map((team) => `--allow-empty ${quoted(team)}`),
    ...(flags.rolesUnknown === true ? ["--roles-unknown"] : []),
    ...(flags.strictPlan === true ? ["--strict-plan"] : []),
  ];
}

function limitOption(name: string, limit: Limit | undefined): readonly string[] {
  if (limit === undefined) return [];
  return [`${name} ${limit.kind === "count" ? limit.count : `${limit.percent}%`}`];
}
