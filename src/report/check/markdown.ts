/** Checks as Markdown: a table, what failed first. */

import type { CheckResult, ResultKind } from "../../check/check.ts";
import { formatDuration } from "../../ground/text/quantities.ts";
import { markdownText } from "../layout/markdown-text.ts";
import { adviceIn, checkSummary, resultWords, type CheckReport } from "./report.ts";

/** A heading, the summary and a table; ends with a newline. */
export function checkMarkdown({ target, provider, results, startedAt }: CheckReport): string {
  const beside = provider === null ? "" : ` and the app in ${provider.name}`;
  const ordered = order.flatMap((kind) => results.filter(({ verdict }) => verdict.kind === kind));
  const lines = [
    `## astro-scim check: ${checkSummary(results)}`,
    "",
    `Target: ${markdownText(target ?? "none")}${beside}, ${startedAt.toISOString().slice(0, 16).replace("T", " ")} UTC.`,
    "",
    "| | check | result | what to do | time |",
    "| --- | --- | --- | --- | --- |",
    ...ordered.map(row),
  ];
  return `${lines.join("\n")}\n`;
}

const order: readonly ResultKind[] = ["fail", "warning", "unknown", "skipped", "pass", "not-applicable"];

const signs: Readonly<Record<ResultKind, string>> = {
  fail: "❌",
  warning: "⚠️",
  unknown: "❔",
  skipped: "⏭️",
  pass: "✅",
  "not-applicable": "➖",
};

function row(result: CheckResult): string {
  const { title, verdict, durationMs } = result;
  const cells = [
    signs[verdict.kind],
    markdownText(title),
    `${resultWords[verdict.kind]}: ${markdownText(verdict.detail)}`,
    markdownText(adviceIn(result) ?? ""),
    durationMs < 1 ? "" : formatDuration(durationMs),
  ];
  return `| ${cells.join(" | ")} |`;
}
