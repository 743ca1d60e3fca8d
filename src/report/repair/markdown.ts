/** A plan, and what came of it, as Markdown: for the comment on a pull request. The same plan gives the same text. */

import { isDeletion, membersRemoved, type Operation } from "../../drift/plan/operations/operation.ts";
import { isProviderOperation } from "../../drift/plan/operations/provider-operation.ts";
import type { LeftOut } from "../../drift/plan/left-out/left-out.ts";
import { plural } from "../../ground/text/plural.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import type { Outcome } from "../../repair/outcome.ts";
import { markdownText } from "../layout/markdown-text.ts";
import { operationText } from "./operation-rows.ts";
import { protectWarnings } from "./plan-text.ts";
import { refusalText } from "./refusal-text.ts";
import type { RepairReport, RepairStatus } from "./report.ts";

/** GitHub takes 65,536 characters; what does not fit is counted. */
const mostCharacters = 60_000;

/** A heading, a table of the operations in their order, what is left out and why; ends with a newline. */
export function repairMarkdown(report: RepairReport): string {
  const { command, plan, refusals, outcomes, notes, status, target, origin } = report;
  const where = target === null ? "a local Astro" : markdownText(target);
  const before = [
    `## astro-scim ${command}: ${countsOf(plan.operations)}`,
    "",
    `Target: ${where}. **${verdicts[status]}**`,
    ...(origin === undefined ? [] : [`\n${markdownText(origin)}`]),
    ...protectWarnings(plan.warnings).map((warning) => `\n> Warning: ${markdownText(warning)}`),
    ...refusals.map(refusalText).map(({ reason, allowedBy }) => {
      const allowing = allowedBy === undefined ? "" : `; ${markdownText(allowedBy)} allows it`;
      return `\n> Refused: ${markdownText(reason)}${allowing}`;
    }),
  ];
  const after = [
    ...notes.map((note) => `\n> Note: ${markdownText(note)}`),
    ...(plan.outside.users + plan.outside.teams === 0
      ? []
      : [
          `\nNot changed, because outside responsibleFor: ${plural(plan.outside.users, "account")} and ${plural(plan.outside.teams, "Team")}.`,
        ]),
  ];
  const tables = within(mostCharacters - lengthOf(before) - lengthOf(after), [
    operationsTable(plan.operations, outcomes),
    leftOutTable(plan.leftOut),
  ]);
  return `${[...before, ...tables, ...after].join("\n")}\n`;
}

interface Table {
  readonly head: readonly string[];
  readonly rows: readonly string[];
  /** What its rows are. */
  readonly noun: string;
}

function operationsTable(operations: readonly Operation[], outcomes: readonly Outcome[]): Table {
  const outcomeOf = new Map(outcomes.map((outcome) => [outcome.operation.id, outcome]));
  const hasOutcomes = outcomes.length > 0;
  return {
    head: hasOutcomes
      ? ["", "| | operation | outcome |", "| --- | --- | --- |"]
      : ["", "| | operation |", "| --- | --- |"],
    rows: operations.map((operation) => {
      const what = `| ${signOf(operation)} | ${markdownText(operationText(operation))} |`;
      const outcome = outcomeOf.get(operation.id);
      if (!hasOutcomes) return what;
      const reason = outcome?.reason === undefined ? "" : `: ${markdownText(outcome.reason)}`;
      return `${what} ${outcome?.status ?? ""}${reason} |`;
    }),
    noun: "operation",
  };
}

function leftOutTable(leftOut: readonly LeftOut[]): Table {
  return {
    head: ["", "### Left out", "", "| | why |", "| --- | --- |"],
    rows: leftOut.map(
      ({ kind, name, reason }) =>
        `| ${kind === "user" ? "user" : "Team"} ${markdownText(name)} | ${markdownText(reason)} |`,
    ),
    noun: "entry",
  };
}

/** As many rows as fit; the tables are cut in their order. */
function within(characters: number, tables: readonly Table[]): readonly string[] {
  let left = characters;
  return tables.flatMap(({ head, rows, noun }): readonly string[] => {
    if (rows.length === 0) return [];
    const fitting: string[] = [];
    for (const row of rows) {
      if (row.length + 1 > left) break;
      left -= row.length + 1;
      fitting.push(row);
    }
    const hidden = rows.length - fitting.length;
    return [
      ...head,
      ...fitting,
      ...(hidden === 0
        ? []
        : [
            "",
            `${formatCount(hidden)} more ${noun === "entry" ? "entries" : `${noun}s`}: \`--json\` has all of them.`,
          ]),
    ];
  });
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

/** Words, for a sign alone does not say what is taken away. */
function signOf(operation: Operation): string {
  if (isDeletion(operation)) return "➖ delete";
  if (operation.kind === "remove-members") return "➖ remove";
  if (operation.kind === "deactivate-user") return "➖ deactivate";
  if (operation.kind === "renew-assignment") return "✏️ ➖ assign again";
  if (isProviderOperation(operation) && membersRemoved(operation).length > 0) return "✏️ ➖ push";
  return operation.kind.startsWith("create") || operation.kind === "add-members" ? "➕" : "✏️";
}

function countsOf(operations: readonly Operation[]): string {
  const deletions = operations.filter(isDeletion).length;
  const counted = deletions === 0 ? "no deletion" : plural(deletions, "deletion");
  return `${plural(operations.length, "operation")}, ${counted}`;
}

const verdicts: Readonly<Record<RepairStatus, string>> = {
  done: "Done.",
  "nothing-to-do": "Nothing to do.",
  planned: "Nothing was changed: this is a plan.",
  refused: "Refused by a safety rule.",
  stale: "Something has changed since the plan was made, and is left out.",
  failed: "Not everything was done, or will be.",
  incomplete: "Something is left that only the provider's console can do.",
  unreachable: "The server could not be reached.",
  interrupted: "Interrupted.",
};
