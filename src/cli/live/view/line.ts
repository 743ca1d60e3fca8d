/** Lines of a terminal: pieces of text with a style, which never take more columns than there are. */

import type { ChalkInstance } from "chalk";
import stringWidth from "string-width";
import { printable } from "../../../ground/text/printable.ts";

export type SpanStyle = "plain" | "bold" | "dim" | "good" | "bad" | "fault" | "selected";

export interface Span {
  readonly text: string;
  readonly style: SpanStyle;
}

export type Line = readonly Span[];

export function span(text: string, style: SpanStyle = "plain"): Span {
  return { text, style };
}

export function lineWidth(line: Line): number {
  return line.reduce((width, { text }) => width + textWidth(text), 0);
}

/** The columns that a text takes once it is printable. */
export function textWidth(text: string): number {
  const shown = drawable(text);
  return isAscii(shown) ? shown.length : clusters(shown).reduce((width, cluster) => width + cluster.width, 0);
}

/** The line in at most so many columns, with `…` where its end is left out; nothing of it can move the cursor. */
export function fitted(line: Line, columns: number): Line {
  const shown = line.map(({ text, style }) => span(drawable(text), style));
  if (lineWidth(shown) <= columns) return shown;
  const kept: Span[] = [];
  let left = columns - 1;
  if (left < 0) return [];
  for (const { text, style } of shown) {
    const { head, width } = headOf(text, left);
    left -= width;
    if (head.length < text.length) return [...kept, span(`${head}…`, style)];
    kept.push(span(text, style));
  }
  return kept;
}

/** The text in exactly so many columns. */
export function inColumns(text: string, columns: number, align: "left" | "right" = "left"): string {
  const shown = fitted([span(text)], columns)
    .map((one) => one.text)
    .join("");
  const gap = " ".repeat(Math.max(0, columns - textWidth(shown)));
  return align === "left" ? shown + gap : gap + shown;
}

/** The text in as many lines of so many columns as it takes; those after the first one are indented. */
export function folded(
  text: string,
  columns: number,
  {
    indent = 0,
    at = "any character",
  }: { readonly indent?: number; readonly at?: "any character" | "spaces" } = {},
): readonly string[] {
  const lines: string[] = [];
  const room = Math.max(2, columns - indent);
  let rest = drawable(text);
  let width = Math.max(2, columns);
  for (;;) {
    const whole = headOf(rest, width).head || firstCluster(rest);
    const head = at === "spaces" && whole.length < rest.length ? untilSpace(whole, rest) : whole;
    lines.push((lines.length === 0 ? "" : " ".repeat(Math.max(0, columns - room))) + head);
    rest = rest.slice(head.length);
    if (at === "spaces") rest = rest.trimStart();
    if (rest === "") return lines;
    width = room;
  }
}

export function painted(line: Line, paint: ChalkInstance): string {
  const painters: Readonly<Record<SpanStyle, (text: string) => string>> = {
    plain: (text) => text,
    bold: paint.bold,
    dim: paint.dim,
    good: paint.green,
    bad: paint.red,
    fault: paint.yellow,
    selected: paint.inverse,
  };
  return line.map(({ text, style }) => painters[style](text)).join("");
}

interface Cluster {
  readonly text: string;
  readonly width: number;
}

/** As much of the text as fits in so many columns. */
function headOf(text: string, columns: number): { readonly head: string; readonly width: number } {
  if (isAscii(text)) {
    const head = text.slice(0, columns);
    return { head, width: head.length };
  }
  let [length, width] = [0, 0];
  for (const { segment } of graphemes.segment(text)) {
    const more = stringWidth(segment);
    if (width + more > columns) break;
    length += segment.length;
    width += more;
  }
  return { head: text.slice(0, length), width };
}

/** Up to the last space, which stays at the end of the line; all of it where there is none. */
function untilSpace(head: string, text: string): string {
  if (text[head.length] === " ") return head;
  return head.slice(0, head.lastIndexOf(" ") + 1) || head;
}

/** Hangul can be written so that a cluster is wider than a line. */
function firstCluster(text: string): string {
  const [first] = graphemes.segment(text);
  return first?.segment ?? "";
}

function clusters(text: string): readonly Cluster[] {
  return Array.from(graphemes.segment(text), ({ segment }) => ({
    text: segment,
    width: stringWidth(segment),
  }));
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What is seen as one character is written with a few; a thousand accents on one letter would cover the lines around it. */
const longestCluster = 32;

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

/** Control characters escaped; half a surrogate pair, and a letter below a heap of accents, as U+FFFD. */
function drawable(text: string): string {
  if (isAscii(text)) return text;
  const shown = printable(text).replaceAll(/\p{Surrogate}/gu, "\uFFFD");
  if (!/\p{Mark}{8}|\u200D/u.test(shown)) return shown;
  return clusters(shown)
    .map((cluster) => (cluster.text.length > longestCluster ? "\uFFFD" : cluster.text))
    .join("");
}
