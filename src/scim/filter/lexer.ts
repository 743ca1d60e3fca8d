/** The tokens of a filter: brackets, quoted strings, and words, which the parser tells apart. */

import { ScimError } from "../error.ts";
import { readJsonString } from "./json-string.ts";

/** `start` and `end` are offsets in the text: 0-based, `end` behind the last character. */
export type Token =
  | { readonly kind: "(" | ")" | "[" | "]" | "end"; readonly start: number; readonly end: number }
  | { readonly kind: "word"; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: "string"; readonly value: string; readonly start: number; readonly end: number };

/** The tokens of one text, read one at a time. */
export interface TokenStream {
  /** The next token, which stays the next one. */
  peek(): Token;
  /** The next token, which is used up. */
  take(): Token;
}

/**
 * The tokens of a text from an offset on. White space between them is free; the grammar of RFC 7644 figure 1
 * asks for exactly one space, but nothing becomes ambiguous without it.
 * @throws ScimError invalidFilter when a string is reached that is not one of JSON.
 */
export function createTokenStream(text: string, from = 0): TokenStream {
  let next: Token | undefined;
  let offset = from;
  const peek = (): Token => (next ??= readToken(text, offset));
  const take = (): Token => {
    const token = peek();
    next = undefined;
    offset = token.end;
    return token;
  };
  return { peek, take };
}

/** An `invalidFilter` that says what was expected, what was found, and where, counted from 1. */
export function unexpectedToken(expected: string, found: Token): ScimError {
  return new ScimError(
    "invalidFilter",
    `Expected ${expected} but found ${describe(found)} at position ${found.start + 1}.`,
  );
}

function describe(token: Token): string {
  if (token.kind === "end") return "the end of the filter";
  if (token.kind === "word") return quote(token.text);
  if (token.kind === "string") return `the string ${quote(token.value)}`;
  return `'${token.kind}'`;
}

/** Short, because an answer repeats what a client sent, and without bare control characters. */
function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

function readToken(text: string, from: number): Token {
  let start = from;
  while (isSpace(text.charAt(start))) start += 1;
  const char = text.charAt(start);
  if (char === "") return { kind: "end", start, end: start };
  if (char === "(" || char === ")" || char === "[" || char === "]") {
    return { kind: char, start, end: start + 1 };
  }
  if (char === '"') return { kind: "string", start, ...readJsonString(text, start) };
  let end = start + 1;
  while (end < text.length && !endsWord(text.charAt(end))) end += 1;
  return { kind: "word", text: text.slice(start, end), start, end };
}

function isSpace(char: string): boolean {
  return char === " " || char === "\t" || char === "\n" || char === "\r";
}

function endsWord(char: string): boolean {
  return isSpace(char) || char === "(" || char === ")" || char === "[" || char === "]" || char === '"';
}
