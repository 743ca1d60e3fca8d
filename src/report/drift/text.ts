/** Drift for people: what differs by user and Team, what is listed separately, what to do, and a summary. */

import { hostIsAstros } from "../../astro/address.ts";
import { hanging } from "../layout/hanging.ts";
import { whatToDo } from "../layout/advice.ts";
import { nextLines } from "../next-step.ts";
import type { Style } from "../style.ts";
import { notProvisionedLines } from "./not-provisioned-text.ts";
import type { DriftReport } from "./report.ts";
import { sections } from "./sections.ts";
import { driftSummary } from "./summary.ts";
import { adviceFor } from "./what-to-do.ts";

/** Everything that is to be said of a drift; ends with a newline. */
export function driftText({ drift, words, target, commandFor, next }: DriftReport, style: Style): string {
  const consoles = { words, hasAstroConsole: target === null || hostIsAstros(target), commandFor };
  const lines = [
    ...sections(drift, words.findings, style),
    ...whatToDo(adviceFor(drift, consoles), style),
    ...hanging("", driftSummary(drift), style),
    ...notProvisionedLines(drift, style),
    ...nextLines(next, style),
  ];
  return `${lines.join("\n")}\n`;
}
