/** A preflight as Markdown, for the change ticket: the verdict, the day, and every finding with why and what to do. */

import { formatCount } from "../../ground/text/quantities.ts";
import { preflightRule } from "../../preflight/finding-kinds.ts";
import type { PreflightKind } from "../../preflight/finding.ts";
import type { PreflightVerdict } from "../../preflight/preflight.ts";
import { mostRows } from "../layout/counted.ts";
import { markdownText } from "../layout/markdown-text.ts";
import type { Style } from "../style.ts";
import { findingText } from "./finding-text.ts";
import type { PreflightReport } from "./report.ts";
import { dayFacts, verdictText } from "./summary.ts";
import { countsText, kindsOf } from "./text.ts";

const signs: Readonly<Record<PreflightVerdict, string>> = {
  go: "✅",
  "not-yet": "❌",
  "cannot-tell": "❔",
};

/** Ends with a newline. */
export function preflightMarkdown(report: PreflightReport, style: Style): string {
  const { preflight, source, label, at, words } = report;
  const lines = [
    `## astro-scim preflight: ${words.name}`,
    "",
    `Directory: ${markdownText(source)}. Target: ${markdownText(label)}. ${at.toISOString().slice(0, 16).replace("T", " ")} UTC.`,
    "",
    `**${signs[preflight.verdict]} ${markdownText(verdictText(preflight))}**`,
    "",
    "| on the day | |",
    "| --- | --- |",
    ...dayFacts(preflight).map(({ label: name, value }) => `| ${name} | ${markdownText(value)} |`),
    ...kindsOf(preflight).flatMap((kind) => kindLines(kind, report, style)),
  ];
  return `${lines.join("\n")}\n`;
}

function kindLines(
  kind: PreflightKind,
  { preflight, words }: PreflightReport,
  { all = false }: Style,
): readonly string[] {
  const { title, why, how } = preflightRule(kind);
  const of = preflight.findings.filter((finding) => finding.kind === kind);
  const shown = all ? of : of.slice(0, mostRows);
  const hidden = of.length - shown.length;
  return [
    "",
    `### ${title} (${countsText(kind, preflight)})`,
    "",
    markdownText(why) + (how === undefined ? "" : ` To do: ${markdownText(how)}.`),
    "",
    `| ${kind} | |`,
    "| --- | --- |",
    ...shown.map((finding) => {
      const { name, text } = findingText(finding, { words, all });
      return `| ${markdownText(name)} | ${markdownText(text)} |`;
    }),
    ...(hidden === 0 ? [] : ["", `${formatCount(hidden)} more: \`-v\` shows all.`]),
  ];
}
