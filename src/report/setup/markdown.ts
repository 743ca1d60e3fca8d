/** A set-up sheet, and a live app compared with it, as Markdown: for a ticket, or for a colleague with access to the console. */

import type { CheckedLine } from "../../setup/compare.ts";
import type { SheetLine } from "../../setup/sheet.ts";
import type { SetupWarning } from "../../setup/warnings.ts";
import { markdownText } from "../layout/markdown-text.ts";
import { checkSummary } from "./check-text.ts";
import type { SetupCheckReport, SetupReport } from "./report.ts";
import { deletionWords, scopeWords } from "./text.ts";
import { warningWords } from "./warning-text.ts";

export function setupMarkdown({ answers, sheet, warnings }: SetupReport): string {
  return joined([
    `## ${markdownText(sheet.title)}: ${scopeWords(answers)}`,
    ...sheet.sections.flatMap(({ place, lines }, index) => [
      "",
      `### ${index + 1}. ${markdownText(place)}`,
      "",
      ...blocks(lines),
    ]),
    ...warningLines(warnings),
  ]);
}

export function setupCheckMarkdown(report: SetupCheckReport): string {
  const { answers, title, appName, lines, warnings } = report;
  return joined([
    `## ${markdownText(`${appName} against the sheet: ${title}, ${scopeWords(answers)}`)}`,
    "",
    markdownText(checkSummary(report)),
    "",
    "| | where | what | is | should be |",
    "| --- | --- | --- | --- | --- |",
    ...lines.map(checkedRow),
    ...warningLines(warnings),
  ]);
}

/** Mappings that follow each other are one table. */
function blocks(lines: readonly SheetLine[]): readonly string[] {
  return lines.flatMap((line, index) => {
    if (line.kind !== "mapping") return [itemOf(line)];
    const isFirst = lines[index - 1]?.kind !== "mapping";
    const isLast = lines[index + 1]?.kind !== "mapping";
    const matching = line.isMatching ? "matching, precedence 1" : "";
    const note = line.note === undefined ? "" : markdownText(line.note);
    const cells = [
      code(line.source),
      code(line.target),
      line.applies,
      [matching, note].filter(Boolean).join("; "),
    ];
    return [
      ...(isFirst ? ["", "| value | attribute in Astro | apply | |", "| --- | --- | --- | --- |"] : []),
      `| ${cells.join(" | ")} |`,
      ...(isLast ? [""] : []),
    ];
  });
}

function itemOf(line: Exclude<SheetLine, { kind: "mapping" }>): string {
  const note = line.note === undefined ? "" : ` _${markdownText(line.note)}_`;
  switch (line.kind) {
    case "step":
      return `- ${markdownText(line.text)}${note}`;
    case "copy":
      return `- ${markdownText(line.label)}: ${code(line.value)}${note}`;
    case "select":
    case "secret":
      return `- ${markdownText(line.label)}: ${markdownText(line.value)}${note}`;
    case "tick":
      return `- [${line.isTicked ? "x" : " "}] ${markdownText(line.label)}${line.isTicked ? "" : " (without a tick)"}${note}`;
    case "delete-mappings":
      return `- ${markdownText(deletionWords(line))}${note}`;
    default:
      return line satisfies never;
  }
}

const words: Readonly<Record<CheckedLine["verdict"]["kind"], string>> = {
  right: "right",
  different: "**different**",
  "cannot-be-read": "cannot be read",
};

function checkedRow({ label, place, verdict }: CheckedLine): string {
  const [is, shouldBe] =
    verdict.kind === "different"
      ? [verdict.is, verdict.shouldBe]
      : [verdict.kind === "cannot-be-read" ? verdict.why : "", ""];
  const cells = [words[verdict.kind], ...[place, label, is, shouldBe].map(markdownText)];
  return `| ${cells.join(" | ")} |`;
}

function warningLines(warnings: readonly SetupWarning[]): readonly string[] {
  if (warnings.length === 0) return [];
  const items = warnings.map((warning) => {
    const { text, advice } = warningWords(warning);
    return `- ${markdownText(text)} ${markdownText(advice)}`;
  });
  return ["", "### Known to fail", "", ...items];
}

/** Values of the tables hold no backtick; one from outside ends nothing. */
function code(text: string): string {
  return text.includes("`") || text.includes("|") ? markdownText(text) : `\`${text}\``;
}

function joined(lines: readonly string[]): string {
  return `${lines.join("\n").replaceAll(/\n{3,}/g, "\n\n")}\n`;
}
