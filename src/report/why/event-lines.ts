/** What happened, in the order of time: every entry of every log, a line each. */

import { formatCount } from "../../ground/text/quantities.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { printable } from "../../ground/text/printable.ts";
import { timeText } from "../../why/causes/log-search.ts";
import type { Story } from "../../why/story.ts";
import type { LogEntry } from "../../why/logs/log-entry.ts";
import { hanging, padded } from "../layout/hanging.ts";
import type { Style } from "../style.ts";

/** The newest that are shown without --verbose. */
const most = 30;

export function eventLines(story: Story, provider: string, style: Style): readonly string[] {
  const { events } = story;
  const shown = style.all === true ? events : events.slice(-most);
  const left = events.length - shown.length;
  const names = { provider, astro: "Astro", journal: "astro-scim" } as const;
  const width = Math.max(0, ...shown.map(({ log }) => names[log].length));
  const before = left === 0 ? [] : [`  (${formatCount(left)} earlier ones; --verbose shows them)`];
  return [
    ...before,
    ...shown.flatMap((event) => {
      const head = `  ${timeText(event.at).replace(" UTC", "")}  ${padded(names[event.log], width)}  `;
      return hanging(head, printable(eventText(event, story)), style);
    }),
  ];
}

/** A run that ended in the middle does not know what came of its last write. */
const failures = { provider: "FAILED: ", astro: "refused: ", journal: "not confirmed: " } as const;

function eventText(event: LogEntry, story: Story): string {
  const { text, outcome, reason, by, log } = event;
  const failed = failures[log];
  const how = outcome === "failure" ? failed : outcome === "skipped" ? "skipped: " : "";
  // A text of the journal has them already.
  const others = namesBeside(event, story).filter((one) => !foldCase(text).includes(foldCase(one)));
  return [
    `${how}${text}`,
    ...(others.length === 0 ? [] : [` ${others.join(", ")}`]),
    ...(by === undefined ? [] : [`, by ${by}`]),
    ...(reason === undefined ? [] : [`: ${reason}`]),
  ].join("");
}

/** Whom else an entry names: the group that a user joined, the member who was added. */
function namesBeside({ objects }: LogEntry, { name, ids }: Story): readonly string[] {
  const own = new Set([ids.provider, ids.scim]);
  const names = objects.flatMap((one) => (one.name === undefined || own.has(one.id) ? [] : [one.name]));
  return [...new Set(names)].filter((one) => foldCase(one) !== foldCase(name));
}
