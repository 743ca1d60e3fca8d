/** What happened, in the order of time: every entry of every log, a line each. */

import { formatCount } from "../../ground/quantities.ts";
import { printable } from "../../ground/printable.ts";
import { timeText } from "../../why/causes/log-search.ts";
import type { LogEntry } from "../../why/logs/log-entry.ts";
import { hanging, padded } from "../layout/hanging.ts";
import type { Style } from "../style.ts";

/** The newest that are shown without --verbose. */
const most = 30;

export function eventLines(events: readonly LogEntry[], provider: string, style: Style): readonly string[] {
  const shown = style.all === true ? events : events.slice(-most);
  const left = events.length - shown.length;
  const names = { provider, astro: "Astro", journal: "astro-scim" } as const;
  const width = Math.max(0, ...shown.map(({ log }) => names[log].length));
  const before = left === 0 ? [] : [`  (${formatCount(left)} earlier ones; --verbose shows them)`];
  return [
    ...before,
    ...shown.flatMap((event) => {
      const head = `  ${timeText(event.at).replace(" UTC", "")}  ${padded(names[event.log], width)}  `;
      return hanging(head, printable(eventText(event)), style);
    }),
  ];
}

function eventText({ text, outcome, reason, by, log }: LogEntry): string {
  const failed =
    outcome === "failure"
      ? log === "provider"
        ? "FAILED: "
        : "refused: "
      : outcome === "skipped"
        ? "skipped: "
        : "";
  const why = reason === undefined ? "" : `: ${reason}`;
  return `${failed}${text}${by === undefined ? "" : `, by ${by}`}${why}`;
}
