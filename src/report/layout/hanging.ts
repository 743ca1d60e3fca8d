/** Lines of a report that are broken between words, where the terminal is narrower, with a hanging indent. */

import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import type { Style } from "../style.ts";

/** On less than this the text stands below what is ahead of it. */
const narrowestText = 24;
const indentBelow = 6;

/**
 * `head`, then `text`; every further line begins below the beginning of the text. A word is never broken, and neither is what
 * is `unbroken`: ids, paths and URLs can be copied. Where one does not fit beside `head`, the text stands below it.
 */
export function hanging(
  head: string,
  text: string,
  { columns, hide = String }: Pick<Style, "columns" | "hide">,
): readonly string[] {
  if (columns === undefined) return [head + text.replaceAll(joint, " ")];
  const begin = stringWidth(head);
  const room = columns - begin;
  if (begin > indentBelow && room < narrowestText) return below(head, text, { columns, hide });
  const lines = wrapAnsi(hide(text), Math.max(room, 1), { hard: false }).replaceAll(joint, " ").split("\n");
  const widest = lines.reduce((most, line) => Math.max(most, stringWidth(line)), 0);
  if (begin > indentBelow && widest > room && widest <= columns - indentBelow) {
    return below(head, text, { columns, hide });
  }
  return lines.map((line, index) => (index === 0 ? head : " ".repeat(begin)) + line);
}

function below(head: string, text: string, style: Pick<Style, "columns" | "hide">): readonly string[] {
  const above = head.trim() === "" ? [] : [head.trimEnd()];
  return [...above, ...hanging(" ".repeat(indentBelow), text, style)];
}

/** A noncharacter stands for a space at which no line is broken: Unicode keeps those for what is never passed on. */
const joint = "\uFDD0";

/** Keeps a request, a path or a command on one line. */
export function unbroken(text: string): string {
  return text.replaceAll(" ", joint);
}

/** The text with spaces up to a width; wide characters count as two columns. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - stringWidth(text)));
}
