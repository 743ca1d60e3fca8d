/** The tokens of an Okta expression. */

import { expressionErrorAt, type ExpressionError } from "./expression-error.ts";

const symbols = [
  ".![",
  "==",
  "!=",
  "<=",
  ">=",
  "&&",
  "||",
  "?:",
  "<",
  ">",
  "+",
  "-",
  "!",
  "?",
  ":",
  "(",
  ")",
  "{",
  "}",
  "[",
  "]",
  ",",
  ".",
] as const;

export type Symbol = (typeof symbols)[number];

/** `at` is the offset of the token's first character, counted from 0. */
export type Token =
  | { readonly kind: "symbol"; readonly text: Symbol; readonly at: number }
  | { readonly kind: "name"; readonly text: string; readonly at: number }
  | { readonly kind: "text"; readonly value: string; readonly at: number }
  | { readonly kind: "number"; readonly value: number; readonly at: number }
  | { readonly kind: "end"; readonly at: number };

/**
 * Cuts an expression into tokens; the last one is `end`.
 * @throws ExpressionError for a text that is not closed, and for characters that no expression has.
 */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(source, 0);
  while (at < source.length) {
    const { token, end } = readToken(source, at);
    tokens.push(token);
    at = skipSpace(source, end);
  }
  return [...tokens, { kind: "end", at: source.length }];
}

interface ReadToken {
  readonly token: Token;
  readonly end: number;
}

function readToken(source: string, at: number): ReadToken {
  const first = source.charAt(at);
  if (first === '"' || first === "'") return readText(source, at, first);
  if (isDigit(first)) return readNumber(source, at);
  if (isNameStart(first)) return readName(source, at);
  const symbol = symbols.find((one) => source.startsWith(one, at));
  if (symbol === undefined) throw unknownCharacter(first, at);
  return { token: { kind: "symbol", text: symbol, at }, end: at + symbol.length };
}

/** A text in single or double quotes; its own quote is written twice inside, as in SpEL, which has no backslash. */
function readText(source: string, at: number, quote: string): ReadToken {
  let value = "";
  let from = at + 1;
  for (;;) {
    const close = source.indexOf(quote, from);
    if (close === -1) throw expressionErrorAt(at, "A string is not closed; it starts");
    value += source.slice(from, close);
    if (source.charAt(close + 1) !== quote) return { token: { kind: "text", value, at }, end: close + 1 };
    value += quote;
    from = close + 2;
  }
}

function readNumber(source: string, at: number): ReadToken {
  let end = skipWhile(source, at, isDigit);
  if (source.charAt(end) === "." && isDigit(source.charAt(end + 1))) {
    end = skipWhile(source, end + 1, isDigit);
  }
  return { token: { kind: "number", value: Number(source.slice(at, end)), at }, end };
}

function readName(source: string, at: number): ReadToken {
  const end = skipWhile(source, at, (char) => isNameStart(char) || isDigit(char));
  return { token: { kind: "name", text: source.slice(at, end), at }, end };
}

function unknownCharacter(character: string, at: number): ExpressionError {
  if (character === "=") return expressionErrorAt(at, "'=' does not compare; write '=='; found");
  return expressionErrorAt(at, `'${character}' is not allowed in an expression; found`);
}

function skipSpace(source: string, from: number): number {
  return skipWhile(source, from, (char) => char === " " || char === "\t" || char === "\n" || char === "\r");
}

function skipWhile(source: string, from: number, holds: (character: string) => boolean): number {
  let at = from;
  while (at < source.length && holds(source.charAt(at))) at += 1;
  return at;
}

function isDigit(character: string): boolean {
  return character >= "0" && character <= "9";
}

function isNameStart(character: string): boolean {
  return (
    (character >= "a" && character <= "z") || (character >= "A" && character <= "Z") || character === "_"
  );
}
