/** Requests and their answers for people: a line each, and the bodies where they are asked for. */

import type { ChalkInstance } from "chalk";
import { decodedPath } from "../ground/text/decoded-path.ts";
import { printable } from "../ground/text/printable.ts";
import { formatDuration } from "../ground/text/quantities.ts";
import type { ServedRequest } from "../server/log/observation.ts";
import type { Exchange } from "../wire/exchange.ts";

/**
 * Sent to the target: `  GET /Users?filter=userName eq "ada@example.com"  200  3 ms`: decoded, so that it can be read. Where
 * `marksOwn` says so, `(astro-scim)` stands behind what no provider sent.
 */
export function exchangeLine(
  { source, request, answer, durationMs }: Exchange,
  { paint, marksOwn }: { readonly paint: ChalkInstance; readonly marksOwn: boolean },
): string {
  const mark = marksOwn && source === "astro-scim" ? "  (astro-scim)" : "";
  const result =
    answer.kind === "response"
      ? (answer.status < 400 ? paint.green : paint.red)(answer.status)
      : paint.red(answer.reason);
  const path = printable(decodedPath(request.path));
  return paint.dim(`  ${request.method} ${path}  `) + result + paint.dim(`  ${timeText(durationMs)}${mark}`);
}

/** Answered by the local Astro: `12:03:04  GET    /Users?filter=userName eq "ada@example.com"  200  1 ms`: decoded, so that it can be read. */
export function servedLine(served: ServedRequest, at: Date, paint: ChalkInstance): string {
  const time = at.toTimeString().slice(0, 8);
  const path = printable(decodedPath(served.url.replace(/^\/scim\/v2\/[^/?]+/, "")));
  const status = served.status ?? "cut";
  const isFine = typeof status === "number" && status < 400;
  const why = served.detail === undefined ? "" : `  ${printable(served.detail)}`;
  return `${paint.dim(time)}  ${served.method.padEnd(6)} ${path}  ${isFine ? paint.green(status) : paint.red(status)}  ${paint.dim(timeText(served.durationMs))}${why}`;
}

function timeText(durationMs: number): string {
  return formatDuration(Math.max(1, Math.round(durationMs)));
}

/** One line for each body that there is, `>` before what was sent and `<` before what was answered; JSON as it is. */
export function exchangeBodies({ request, answer }: Exchange<string>, paint: ChalkInstance): string {
  const sent = request.body === undefined ? "" : JSON.stringify(request.body);
  const received = answer.kind === "response" ? answer.text : "";
  return bodyLine(">", sent, paint) + bodyLine("<", received, paint);
}

function bodyLine(mark: string, text: string, paint: ChalkInstance): string {
  return text === "" ? "" : `  ${paint.dim(mark)} ${printable(text)}\n`;
}

/** `>` before each line of what was sent and `<` before each of what was answered; JSON laid out. */
export function exchangeBodyLines(
  { request, answer }: Exchange<string>,
  paint: ChalkInstance,
): readonly string[] {
  const sent = request.body === undefined ? "" : JSON.stringify(request.body, null, 2);
  const received =
    answer.kind === "no-response"
      ? answer.message
      : answer.json === undefined
        ? answer.text
        : JSON.stringify(answer.json, null, 2);
  return [...markedLines(">", sent, paint), ...markedLines("<", received, paint)];
}

function markedLines(mark: string, text: string, paint: ChalkInstance): readonly string[] {
  if (text === "") return [];
  return text.split(/\r?\n/).map((line) => `    ${paint.dim(mark)} ${printable(line)}`);
}
