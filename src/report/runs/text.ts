/** Runs of repairs for people. */

import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { countedByKind, namesOf } from "../layout/counted.ts";
import { rowLines, type Row, type RowSign } from "../layout/rows.ts";
import { gaps, tableLines, type Column } from "../organization/table.ts";
import { counted, operationsInWords } from "../repair/operation-rows.ts";
import type { Style } from "../style.ts";
import type { PrunedReport, RunOperation, RunReport, RunsReport, RunSummary } from "./report.ts";

export function runsText({ folder, runs, unreadable }: RunsReport): string {
  const none = runs.length + unreadable.length === 0;
  return lines([
    ...(runs.length === 0 ? [] : tableLines(columns, runs, gaps.within)),
    ...unreadable.map(({ id, problem }) => printable(`Unreadable: ${id}: ${problem}`)),
    ...(none ? [printable(`No repair has written anything yet: there is no run in ${folder}.`)] : []),
  ]);
}

const columns: readonly Column<RunSummary>[] = [
  { header: "ID", cell: ({ id }) => id },
  { header: "BEGAN", cell: ({ at }) => at.slice(0, 16).replace("T", " ") },
  { header: "COMMAND", cell: ({ command }) => command },
  { header: "DONE", cell: ({ done, operations }) => `${formatCount(done)} of ${formatCount(operations)}` },
  { header: "FAILED", cell: ({ failed }) => formatCount(failed) },
  { header: "UNKNOWN", cell: ({ unknown }) => formatCount(unknown) },
  { header: "STATE", cell: ({ state }) => state },
  { header: "TARGET", cell: ({ target }) => target },
];

export function runText({ run, file, operations, commands }: RunReport, style: Style): string {
  return lines([
    style.paint.bold(printable(`Run ${run.id}`)),
    ...facts([
      ["Command", run.command],
      ["Target", run.target],
      ["Began", run.at],
      ["State", run.state],
      ["Undoes", run.undoes ?? undefined],
      ["File", file],
    ]),
    "",
    style.paint.bold(plural(run.operations, "operation")),
    ...rowLines(operationRows(operations, style), style),
    ...(commands.length === 0
      ? []
      : ["", ...commands.map(({ purpose, command }) => `${purpose}: ${command}`)]),
  ]);
}

function facts(rows: readonly (readonly [label: string, value: string | undefined])[]): readonly string[] {
  return rows.flatMap(([label, value]) =>
    value === undefined ? [] : [` ${label.padEnd(9)}${printable(value)}`],
  );
}

function operationRows(operations: readonly RunOperation[], style: Style): readonly Row[] {
  const kindOf = ({ status, operation }: RunOperation): string => `${status} ${operation.kind}`;
  return countedByKind(operations, kindOf, style).map((shown): Row => {
    if (shown.kind === "one") {
      const { operation, status, reason } = shown.item;
      const why = [words[status], reason ?? ""].filter((part) => part !== "").join(": ");
      const text = printable(`${operation.summary}${why === "" ? "" : `  ${why}`}`);
      return { sign: signs[status], name: "", text };
    }
    const [first] = shown.items;
    if (first === undefined) return { sign: "·", name: "", text: "" };
    const all = shown.items.map(({ operation }) => operation);
    const what = operationsInWords(first.operation.kind, counted(all));
    return {
      sign: signs[first.status],
      name: "",
      text: `${what}  ${words[first.status]}`.trimEnd(),
      details: [{ label: "", text: namesOf(all.map(({ subject }) => subject.name)) }],
    };
  });
}

const signs: Readonly<Record<RunOperation["status"], RowSign>> = {
  done: "✓",
  "not-confirmed": "?",
  partly: "!",
  unknown: "?",
  begun: "?",
  failed: "✗",
  stale: "!",
  "not-done": "·",
  "not-begun": "·",
};

const words: Readonly<Record<RunOperation["status"], string>> = {
  done: "",
  "not-confirmed": "written, not confirmed",
  partly: "partly done",
  unknown: "unknown",
  begun: "begun, outcome unknown",
  failed: "failed",
  stale: "stale",
  "not-done": "not done",
  "not-begun": "not begun",
};

export function prunedText({ folder, removed, redacted, kept }: PrunedReport): string {
  const what = [
    ...(removed.length === 0 ? [] : [`${plural(removed.length, "run")} removed`]),
    ...(redacted.length === 0 ? [] : [`people removed from ${plural(redacted.length, "run")}`]),
    ...(kept.length === 0 ? [] : [`${plural(kept.length, "unfinished or unreadable run")} kept`]),
  ];
  return lines([what.length === 0 ? printable(`No run in ${folder} is that old.`) : `${what.join("; ")}.`]);
}

function lines(all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
