/** Brackets and quotes that are opened and not closed, or closed and not opened: where, and what to do. */

import { Lexer } from "yaml";
import type { YamlFault } from "./yaml-document.ts";

const closing = { "[": "]", "{": "}" } as const;

type Opening = keyof typeof closing;

/** The fault of a bracket that the parser misses at `at`; it is shown where its partner is. */
export function unclosedBracket(text: string, closer: string, at: number): YamlFault | undefined {
  const offset = openBrackets(text, at).findLast((open) => closing[open.bracket] === closer)?.offset;
  if (offset === undefined) return undefined;
  const where = isEnd(text, at)
    ? "where it ends; the file ends without one"
    : `before ${placeInWords(text, at)}`;
  return { message: `This ${text[offset]} is not closed.`, hint: `Write a ${closer} ${where}.`, offset };
}

/** The fault of a text in quotes that does not end before the file does. */
export function unclosedQuote(text: string, quote: string): YamlFault | undefined {
  const start = lexemes(text).findLast(({ source }) => source.startsWith(quote))?.offset;
  if (start === undefined) return undefined;
  const inside = quote === '"' ? String.raw`\"` : "''";
  return {
    message: `This ${quote} is not closed.`,
    hint: `Write a ${quote} where the text ends; a ${quote} within the text is written ${inside}`,
    offset: start,
  };
}

/** The fault of a bracket that closes nothing. */
export function unopenedBracket(closer: string, offset: number): YamlFault {
  const opener = closer === "]" ? "[" : "{";
  return {
    message: `This ${closer} closes nothing.`,
    hint: `Remove it, or write the ${opener} that it belongs to; put it in quotes where it is part of a text.`,
    offset,
  };
}

interface Lexeme {
  readonly source: string;
  readonly offset: number;
}

/** What the lexer adds to the text. */
const marks: ReadonlySet<string> = new Set(["\u001F", "\u0002", "\u0018"]);

/** Each piece of the text with its place. */
function lexemes(text: string): readonly Lexeme[] {
  const found: Lexeme[] = [];
  let offset = 0;
  for (const source of new Lexer().lex(text)) {
    if (marks.has(source)) continue;
    found.push({ source, offset });
    offset += source.length;
  }
  return found;
}

/** Those that are open at an offset, the outermost first. A text that has a bracket is longer, or stands in quotes. */
function openBrackets(
  text: string,
  at: number,
): readonly { readonly bracket: Opening; readonly offset: number }[] {
  const open: { bracket: Opening; offset: number }[] = [];
  for (const { source, offset } of lexemes(text.slice(0, at))) {
    if (source === "[" || source === "{") open.push({ bracket: source, offset });
    else if (source === "]" || source === "}") open.pop();
  }
  return open;
}

function isEnd(text: string, at: number): boolean {
  return text.slice(at).trim() === "";
}

function placeInWords(text: string, at: number): string {
  const before = text.slice(0, at).split("\n");
  return `line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`;
}
