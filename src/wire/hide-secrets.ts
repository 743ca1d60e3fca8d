/** A text without the secrets that are found in it; what was JSON is JSON afterwards. */

import { redacted } from "./redact-json.ts";
import type { Range, SecretFinder } from "./secret-finder.ts";

export function hideSecrets(text: string, finder: SecretFinder | undefined): string {
  const found = finder?.find(text) ?? [];
  if (found.length === 0) return text;
  const ranges = isJsonText(text) ? insideStrings(text, found) : found;
  let [shown, end] = ["", 0];
  for (const range of ranges) {
    shown += text.slice(end, range.start) + redacted;
    end = Math.max(end, range.end);
  }
  return shown + text.slice(end);
}

/** One value or one on each line. A lone number or word is text: there is nothing in it to keep whole. */
function isJsonText(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  return isJson(text) || text.trimEnd().split("\n").every(isJson);
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

/**
 * Only those within one string, with the escapes whole that they begin or end in: outside of strings `123456` is a number
 * that happens to have the digits of the secret, and `","` belongs to the form.
 */
function insideStrings(text: string, ranges: readonly Range[]): readonly Range[] {
  const inside: Range[] = [];
  let next = 0;
  for (const { 0: string, index } of text.matchAll(/"(?:[^"\\]|\\.)*"/g)) {
    const [first, last] = [index + 1, index + string.length - 1];
    while (next < ranges.length && (ranges[next]?.start ?? 0) < first) next += 1;
    for (; (ranges[next]?.start ?? last) < last; next += 1) {
      const range = ranges[next];
      if (range !== undefined && range.end <= last) inside.push(wholeEscapes(text, range, first));
    }
  }
  return inside;
}

function wholeEscapes(text: string, { start, end }: Range, first: number): Range {
  const whole = { start, end };
  const unit = /\\u[\da-f]{4}|\\?[^]/giy;
  for (let at = first; at < end; at = unit.lastIndex) {
    unit.lastIndex = at;
    unit.exec(text);
    if (at < start && unit.lastIndex > start) whole.start = at;
    whole.end = Math.max(end, unit.lastIndex);
  }
  return whole;
}
