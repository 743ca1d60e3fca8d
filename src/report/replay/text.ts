/** A replay for people: what differs, request by request, and what was left out. */

import type { ChalkInstance } from "chalk";
import { isJsonObject, type JsonValue } from "../../ground/json.ts";
import type { Difference } from "../../replay/differences.ts";
import type { NotSent, NotSentReason } from "../../replay/recording/recording.ts";
import type { DifferingExchange, ReplayResult } from "../../replay/replay.ts";
import { decodedPath } from "../../ground/text/decoded-path.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { nextLines } from "../next-step.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { mostRows, showAll } from "../layout/counted.ts";
import { hanging } from "../layout/hanging.ts";
import { paintedSign } from "../layout/rows.ts";
import { section } from "../layout/section.ts";
import type { Style } from "../style.ts";
import type { ReplayReport } from "./report.ts";

const longestValue = 100;

/** What numbers count: lines of a trace, entries of an archive. */
type NumberedBy = "line" | "entry";

/** Ends with a newline. */
export function replayText({ result, recording, lacksSeed, next }: ReplayReport, style: Style): string {
  const { differing } = result;
  const numberedBy = recording.format === "har" ? "entry" : "line";
  const shown = style.all === true ? differing : differing.slice(0, mostRows);
  const more = differing.length - shown.length;
  const lines = [
    ...shown.flatMap((one) => exchangeLines(one, numberedBy, style)),
    ...(more > 0 ? [`  … and ${plural(more, "more answer")} with differences (${showAll})`] : []),
    ...(differing.length > 0 ? [""] : []),
    ...heldBack(result.notSent, numberedBy, style),
    ...ending(result, style.paint),
    ...hanging("", `${verdict(result)}${bodies(result)}`, style),
    ...leftOut(result.notSent).flatMap((line) => hanging("", line, style)),
    ...(lacksSeed ? hanging("", seedAdvice, style) : []),
    ...nextLines(next, style),
  ];
  return `${lines.join("\n")}\n`;
}

const seedAdvice =
  "The recorded server held users or Teams before the recording started: give the local Astro the same with --from FIXTURE.";

function exchangeLines(
  { number, method, path, differences }: DifferingExchange,
  numberedBy: NumberedBy,
  style: Style,
): readonly string[] {
  const shown = style.all === true ? differences : differences.slice(0, mostRows);
  const more = differences.length - shown.length;
  return [
    `${style.paint.dim(`${numberedBy} ${formatCount(number)}`)}  ${method} ${printable(decodedPath(path))}`,
    ...shown.flatMap((one) => hanging(`  ${paintedSign("~", style)} `, differenceText(one), style)),
    ...(more > 0 ? [`  … and ${plural(more, "more difference")} in this answer (${showAll})`] : []),
  ];
}

function differenceText({ at, expected, got, reason }: Difference): string {
  const why = reason === undefined ? "" : ` (${reason})`;
  // A resource or member as a whole: that it is there, or not, says enough.
  if (got === null && isJsonObject(expected)) return printable(`${at}: missing${why}`);
  if (expected === null && isJsonObject(got)) return printable(`${at}: not expected${why}`);
  // What a server says of its refusal begins with the status.
  const came = reason?.startsWith(valueText(got)) === true ? reason : `${valueText(got)}${why}`;
  return printable(`${at}: expected ${valueText(expected)}, got ${came}`);
}

function valueText(value: JsonValue): string {
  if (value === null) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}…`;
}

/** What was held back changed what the target holds afterwards. */
function heldBack(notSent: readonly NotSent[], numberedBy: NumberedBy, style: Style): readonly string[] {
  const held = notSent.filter(({ reason }) => reason === "unknown-id");
  if (held.length === 0) return [];
  const shown = style.all === true ? held : held.slice(0, mostRows);
  const more = held.length - shown.length;
  const lines = [
    ...shown.map(
      ({ number, method, path }) =>
        `  ${paintedSign("!", style)} ${numberedBy} ${formatCount(number)}  ${method} ${printable(decodedPath(path))}`,
    ),
    ...(more > 0 ? [`  … and ${plural(more, "more request")} (${showAll})`] : []),
  ];
  const title =
    "Not sent: an id in these requests is unknown and could belong to another resource on the target";
  return section(title, lines, style);
}

function ending({ ending: how, notBegun }: ReplayResult, paint: ChalkInstance): readonly string[] {
  if (how === "complete") return [];
  const left =
    notBegun === 0
      ? ""
      : ` ${plural(notBegun, "request")} of the recording ${notBegun === 1 ? "was" : "were"} not sent.`;
  const what = how === "interrupted" ? "The replay was interrupted." : "The target stopped answering.";
  return [`${paint.red(what)}${left}`];
}

function verdict({ sent, differing, idsTranslated }: ReplayResult): string {
  const ids = idsTranslated === 0 ? "" : `, ${plural(idsTranslated, "id")} translated`;
  const requests = `${plural(sent, "request")} sent again${ids}`;
  if (differing.length === 0) return `${requests}: every answer matches the recording.`;
  const count = differing.reduce((sum, { differences }) => sum + differences.length, 0);
  return `${requests}: ${plural(count, "difference")} in ${plural(differing.length, "answer")}.`;
}

function bodies({ bodiesNotRecorded: count }: ReplayResult): string {
  return count === 0
    ? ""
    : ` For ${plural(count, "answer")} the body was not recorded: only the status was compared.`;
}

const leftOutBecause: Readonly<Record<Exclude<NotSentReason, "unknown-id">, string>> = {
  "not-scim": "not SCIM",
  "other-base": "below another SCIM base",
  "other-method": "HEAD, OPTIONS and the like",
  "not-answered": "never answered when recorded",
  "rate-limited": "answered 429 when recorded, and repeated by the sender",
  "own-read": "reads of astro-scim itself",
  "repeated-later": "answered 5xx when recorded, and repeated by the sender",
  incomplete: "not recorded in full",
};

function leftOut(notSent: readonly NotSent[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { reason } of notSent) {
    if (reason === "unknown-id") continue;
    const because = leftOutBecause[reason];
    counts.set(because, (counts.get(because) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const list = [...counts].map(([because, count]) => `${formatCount(count)} ${because}`);
  return [`Not sent again: ${list.join("; ")}.`];
}
