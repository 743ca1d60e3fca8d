/** A set-up sheet for people at a terminal. */

import stringWidth from "string-width";
import { printable } from "../../ground/text/printable.ts";
import type { SetupAnswers } from "../../setup/answers.ts";
import type { Sheet, SheetLine } from "../../setup/sheet.ts";
import type { SetupWarning } from "../../setup/warnings.ts";
import { hanging, padded, unbroken } from "../layout/hanging.ts";
import { rowLines, type Row } from "../layout/rows.ts";
import { nextLines } from "../next-step.ts";
import type { Style } from "../style.ts";
import type { SetupReport } from "./report.ts";
import { warningWords } from "./warning-text.ts";

export function setupText({ answers, sheet, warnings, next }: SetupReport, style: Style): string {
  const lines = [
    style.paint.bold(`${sheet.title}: ${scopeWords(answers)}`),
    ...sheet.sections.flatMap((section, index) => ["", ...sectionLines(section, index + 1, style)]),
    ...warningLines(warnings, style),
    ...(next === undefined ? [] : ["", ...nextLines(next, style)]),
  ];
  return `${lines.join("\n")}\n`;
}

/** `users and Teams`. */
export function scopeWords({ usersOnly }: Pick<SetupAnswers, "usersOnly">): string {
  return usersOnly ? "users only" : "users and Teams";
}

export function warningLines(warnings: readonly SetupWarning[], style: Style): readonly string[] {
  if (warnings.length === 0) return [];
  const rows = warnings.map((warning): Row => {
    const { text, advice } = warningWords(warning);
    return { sign: "!", name: "", text, details: [{ label: "", text: advice }] };
  });
  return ["", style.paint.bold("Known to fail"), ...rowLines(rows, style)];
}

const indent = "   ";
/** A longer label pushes its value to the right. */
const widestLabel = 36;

function sectionLines(
  { place, lines }: Sheet["sections"][number],
  number: number,
  style: Style,
): readonly string[] {
  const width = Math.max(
    0,
    ...lines.map((line) => stringWidth(labelColumn(line))).filter((label) => label <= widestLabel),
  );
  return [
    ...hanging(`${String(number).padStart(2)} `, style.paint.bold(printable(place)), style),
    ...lines.flatMap((line) => lineLines(line, width, style)),
  ];
}

function lineLines(line: SheetLine, width: number, style: Style): readonly string[] {
  return [...ownLines(line, width, style), ...noteLines(line.note, style)];
}

function ownLines(line: SheetLine, width: number, style: Style): readonly string[] {
  const { paint } = style;
  switch (line.kind) {
    case "step":
      return hanging(`${indent}- `, printable(line.text), style);
    case "copy":
    case "select":
      return labelled(line, width, { value: paint.cyan(printable(line.value)), style });
    case "secret":
      return labelled(line, width, { value: printable(line.value), style });
    case "tick":
      return line.isTicked
        ? hanging(indent, labelColumn(line), style)
        : labelled(line, width, { value: "leave without a tick", style });
    case "mapping":
      return labelled(line, width, { value: mappingWords(line), style });
    case "delete-mappings":
      return hanging(`${indent}- `, deletionWords(line, unbroken), style);
    default:
      return line satisfies never;
  }
}

/** On a narrow terminal the value stands below its label, whole. */
function labelled(
  line: SheetLine,
  width: number,
  { value, style }: { readonly value: string; readonly style: Style },
): readonly string[] {
  const label = labelColumn(line);
  const head = `${indent}${padded(label, width)}  `;
  const { columns = Infinity } = style;
  if (stringWidth(head) + stringWidth(value) <= columns) return [head + value];
  return [...hanging(indent, label, style), ...hanging(`${indent} `, value, style)];
}

function labelColumn(line: SheetLine): string {
  switch (line.kind) {
    case "tick":
      return `[${line.isTicked ? "x" : " "}] ${printable(line.label)}`;
    case "copy":
    case "select":
    case "secret":
      return printable(line.label);
    case "mapping":
      return printable(`${line.source} → ${line.target}`);
    case "step":
    case "delete-mappings":
      return "";
    default:
      return line satisfies never;
  }
}

function mappingWords({ applies, isMatching }: Extract<SheetLine, { kind: "mapping" }>): string {
  return isMatching ? `${applies}; Match objects using this attribute: Yes, precedence 1` : applies;
}

export function deletionWords(
  { targets }: Extract<SheetLine, { kind: "delete-mappings" }>,
  shown: (target: string) => string = String,
): string {
  const named = targets.map((target) => shown(printable(target))).join(", ");
  return `Delete every other mapping.${named === "" ? "" : ` A new app has: ${named}.`}`;
}

function noteLines(note: string | undefined, style: Style): readonly string[] {
  return note === undefined
    ? []
    : hanging(`${indent}    `, printable(note), style).map((line) => style.paint.dim(line));
}
