/** Drift for people: what differs by user and Team, what is listed apart, what to do, and a summary. */

import { hanging } from "../layout/hanging.ts";
import { whatToDo } from "../layout/advice.ts";
import type { Style } from "../style.ts";
import { notProvisionedLines } from "./not-provisioned-text.ts";
import type { DriftReport } from "./report.ts";
import { sections } from "./sections.ts";
import { driftSummary } from "./summary.ts";
import { adviceFor } from "./what-to-do.ts";

/** Everything that is to be said of a drift; ends with a newline. */
export function driftText({ drift, words, next }: DriftReport, style: Style): string {
  const lines = [
    ...sections(drift, style),
    ...whatToDo(adviceFor(drift, words), style),
    ...hanging("", driftSummary(drift), style),
    ...notProvisionedLines(drift, style),
    ...(next === undefined ? [] : [`Next: ${next}`]),
  ];
  return `${lines.join("\n")}\n`;
}
