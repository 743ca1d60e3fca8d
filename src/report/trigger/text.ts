/** How an event ended, for people: behind the requests, which were shown as they were sent. */

import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { hanging } from "../layout/hanging.ts";
import { paintedSign } from "../layout/rows.ts";
import { observationLines } from "../narrative/observation-lines.ts";
import { taskLines } from "../narrative/task-lines.ts";
import { temporaryAstro } from "../next-step.ts";
import type { Style } from "../style.ts";
import type { TriggerReport } from "./report.ts";

/** Ends with a newline. */
export function triggerText(report: TriggerReport, style: Style): string {
  const { words, openTasks, observations, quarantine } = report;
  const failing = new Set(report.failing);
  const lines = [
    ...verdictLines(report, style),
    ...section(words.openTasks, taskLines(openTasks, words.name, style)),
    ...section(
      "Provisioning at the end",
      quarantine === undefined ? [] : hanging(`  ${paintedSign("!", style)} `, printable(quarantine), style),
    ),
    ...section(`What ${words.name} does not notice`, observationLines(observations, { ...style, failing })),
  ];
  return `${[...lines, ...(report.target === null ? [temporaryAstro] : [])].join("\n")}\n`;
}

function verdictLines(report: TriggerReport, style: Style): readonly string[] {
  const { paint } = style;
  const text = paint.bold(verdict(report));
  return hanging("", report.status === "failed" ? paint.red(text) : text, style);
}

function verdict({ status, event, words, exchanges, user }: TriggerReport): string {
  const sent = exchanges.filter(({ phase }) => phase === "event").length;
  const about = `${event} (${printable(user)})`;
  const requests = plural(sent, "request");
  switch (status) {
    case "sent":
      return `${words.name} sent ${requests} for the event ${about}.`;
    case "nothing-sent":
      return `${words.name} sends nothing for the event ${about}.`;
    case "failed":
      return `The event ${about} failed; ${words.name} sent ${requests} for it.`;
    case "interrupted":
      return `The event ${about} was interrupted; ${words.name} had sent ${requests} for it.`;
  }
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}
