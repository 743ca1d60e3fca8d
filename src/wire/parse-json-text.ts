/** JSON text from a server that is not trusted, to values that recursive functions can walk. */

import type { JsonValue } from "../json.ts";

/** Deeper nesting than this is not taken for an answer: SCIM's own shapes need fewer than ten levels. */
export const maxJsonNesting = 64;

/** The value; undefined where the text is empty, is not JSON, or nests deeper than `maxJsonNesting`. */
export function parseJsonText(text: string): JsonValue | undefined {
  if (text.trim() === "" || nestsTooDeep(text)) return undefined;
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Counts brackets outside strings, before anything is built from them. */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === "[" || character === "{") depth += 1;
    else if (character === "]" || character === "}") depth -= 1;
    if (depth > maxJsonNesting) return true;
    at += 1;
  }
  return false;
}

/** The index of the quote that closes the string which opens at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

/** True after an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === "\\") backslashes += 1;
  return backslashes % 2 === 1;
}
