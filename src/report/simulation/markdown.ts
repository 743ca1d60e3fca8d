/** A rehearsal as Markdown, for a pull request or the summary of a CI job. */

import { printable } from "../../ground/text/printable.ts";
import type { Style } from "../style.ts";
import { simulationCases, type RehearsalCase, type Verdict } from "./cases.ts";
import type { SimulationReport } from "./report.ts";
import { simulationVerdict } from "./text.ts";

/** A table of the steps, then what is not as it should be; ends with a newline. */
export function simulationMarkdown({ result, status }: SimulationReport, style: Style): string {
  const { fixture } = result;
  const cases = simulationCases(result, style);
  const lines = [
    `## astro-scim simulate ${fixture.app.idp}: ${escaped(printable(fixture.file))}`,
    "",
    `**${escaped(simulationVerdict(result, status))}**`,
    "",
    "| | step | when (simulated) | |",
    "| --- | --- | --- | --- |",
    ...cases.map(row),
    ...cases.flatMap(details),
  ];
  return `${lines.join("\n")}\n`;
}

const signs: Readonly<Record<Verdict["kind"], string>> = {
  passed: "✅",
  failed: "❌",
  unknown: "❔",
  skipped: "⏭️",
};

function row({ name, at, verdict }: RehearsalCase): string {
  const when = at === undefined ? "" : `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const message = verdict.kind === "passed" ? "" : escaped(verdict.message);
  return `| ${signs[verdict.kind]} | ${escaped(name)} | ${when} | ${message} |`;
}

/** In a block of code, where columns stay columns and nothing is markup. */
function details({ name, verdict }: RehearsalCase): readonly string[] {
  if (verdict.kind === "passed" || verdict.lines.length === 0) return [];
  return ["", `### ${escaped(name)}`, "", "~~~text", ...verdict.lines.map(withoutFence), "~~~"];
}

/** A line that is a fence would end the block. */
function withoutFence(line: string): string {
  return line.replace(/^(\s*)~/, "$1\\~");
}

/** CommonMark §2.4: any ASCII punctuation may be escaped; only what could be markup is. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~]/g, (sign) => `\\${sign}`);
}
