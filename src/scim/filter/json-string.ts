/** Quoted strings in a filter: strings of JSON (RFC 8259 §7), with the place of what is wrong in one. */

import { ScimError } from "../error.ts";

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/**
 * Reads the string whose opening quote stands at `start`; `end` is the offset behind its closing quote.
 * @throws ScimError invalidFilter for a string without end, an unknown escape or a bare control character.
 */
export function readJsonString(
  text: string,
  start: number,
): { readonly value: string; readonly end: number } {
  let value = "";
  let copied = start + 1;
  for (let offset = copied; offset < text.length; offset += 1) {
    const char = text.charAt(offset);
    if (char === '"') return { value: value + text.slice(copied, offset), end: offset + 1 };
    if (char < " ") throw invalidString("A control character in a string must be escaped", offset);
    if (char === "\\") {
      const escape = readEscape(text, offset);
      value += text.slice(copied, offset) + escape.value;
      copied = escape.end;
      offset = escape.end - 1;
    }
  }
  throw invalidString("A string has no closing quote; it starts", start);
}

function readEscape(text: string, start: number): { readonly value: string; readonly end: number } {
  const letter = text.charAt(start + 1);
  const simple = escapes.get(letter);
  if (simple !== undefined) return { value: simple, end: start + 2 };
  const digits = text.slice(start + 2, start + 6);
  if (letter !== "u" || !/^[0-9a-f]{4}$/i.test(digits)) {
    throw invalidString(
      'An escape in a string must be one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX',
      start,
    );
  }
  return { value: String.fromCharCode(Number.parseInt(digits, 16)), end: start + 6 };
}

function invalidString(what: string, offset: number): ScimError {
  return new ScimError("invalidFilter", `${what} at position ${offset + 1}.`);
}
