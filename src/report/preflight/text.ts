/** A preflight for people: each kind of finding under its title with what to do, the day in facts, and the verdict. */

import { printable } from "../../ground/text/printable.ts";
import { preflightRule } from "../../preflight/finding-kinds.ts";
import type { PreflightKind } from "../../preflight/finding.ts";
import type { Preflight } from "../../preflight/preflight.ts";
import { countedByKind, namesOf } from "../layout/counted.ts";
import { hanging, padded } from "../layout/hanging.ts";
import { rowLines, type Row, type RowSign } from "../layout/rows.ts";
import { section } from "../layout/section.ts";
import { nextLines } from "../next-step.ts";
import type { Style } from "../style.ts";
import { findingText, type FindingText } from "./finding-text.ts";
import type { PreflightReport } from "./report.ts";
import { dayFacts, verdictText } from "./summary.ts";

/** Ends with a newline. */
export function preflightText(report: PreflightReport, style: Style): string {
  const { preflight, next } = report;
  const lines = [
    ...kindsOf(preflight).flatMap((kind) => kindSection(kind, report, style)),
    ...section(
      "On the day",
      dayFacts(preflight).flatMap(({ label, value }) => hanging(`  ${padded(label, 11)}  `, value, style)),
      style,
    ),
    ...hanging("", verdictText(preflight), style),
    ...nextLines(next, style),
  ];
  return `${lines.join("\n")}\n`;
}

/** In the order of the findings, each once. */
export function kindsOf({ findings }: Preflight): readonly PreflightKind[] {
  return [...new Set(findings.map(({ kind }) => kind))];
}

/** What stands behind the title: whether the kind counts. */
export function countsText(kind: PreflightKind, { accepted }: Preflight): string {
  if (accepted.includes(kind)) return "accepted";
  const { weight } = preflightRule(kind);
  return weight === "information" ? "not counted" : weight;
}

function kindSection(
  kind: PreflightKind,
  { preflight, words }: PreflightReport,
  style: Style,
): readonly string[] {
  const of = preflight.findings.filter((finding) => finding.kind === kind);
  const options = { words, all: style.all === true };
  const texts = of.map((finding) => findingText(finding, options));
  const sign = signOf(kind, preflight);
  const rows = countedByKind(texts, () => kind, style).map((shown): Row => {
    if (shown.kind === "one") return rowOf(sign, shown.item);
    const names = shown.items.map(({ name }) => name);
    return { sign, name: "", text: namesOf(names) };
  });
  const { title, how } = preflightRule(kind);
  const isDone = how === undefined || preflight.accepted.includes(kind);
  const lines = [...rowLines(rows, style), ...(isDone ? [] : hanging("  To do: ", how, style))];
  return section(`${title} (${kind}: ${countsText(kind, preflight)})`, lines, style);
}

function rowOf(sign: RowSign, { name, text }: FindingText): Row {
  return { sign, name: printable(name), text: printable(text) };
}

function signOf(kind: PreflightKind, { accepted }: Preflight): RowSign {
  const { weight } = preflightRule(kind);
  if (weight === "information" || accepted.includes(kind)) return "·";
  return weight === "unknown" ? "?" : "✗";
}
