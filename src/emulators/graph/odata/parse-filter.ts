/** Reads a `$filter`: `accountEnabled eq true and startswith(mail,'a')`. */

import { unsupportedQuery } from "../graph-error.ts";
import { comparisons, textFunctions, type Filter, type Literal } from "./filter.ts";

/** @throws GraphError 400 for what is no filter, or one that is not understood */
export function parseFilter(text: string): Filter {
  const reader = new Reader(tokensOf(text));
  const filter = readOr(reader);
  if (reader.peek() !== undefined) throw invalid();
  return filter;
}

function invalid(): Error {
  return unsupportedQuery("Invalid filter clause: it is not understood.");
}

/** Texts with doubled quotes, brackets and commas, and words: names, operators, numbers, dates. */
const token = /\s*(?:('(?:[^']|'')*')|([(),])|([^\s(),']+))/y;

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  const end = text.trimEnd().length;
  while (token.lastIndex < end) {
    const found = token.exec(text);
    if (found === null) throw invalid();
    tokens.push(found[1] ?? found[2] ?? found[3] ?? "");
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  next(): string {
    const found = this.#tokens[this.#at];
    if (found === undefined) throw invalid();
    this.#at += 1;
    return found;
  }

  /** Takes the word where it comes next. */
  takes(word: string): boolean {
    if (this.peek()?.toLowerCase() !== word) return false;
    this.#at += 1;
    return true;
  }

  expect(word: string): void {
    if (!this.takes(word)) throw invalid();
  }
}

function readOr(reader: Reader): Filter {
  return joined("or", reader, readAnd);
}

function readAnd(reader: Reader): Filter {
  return joined("and", reader, readOne);
}

function joined(kind: "and" | "or", reader: Reader, read: (reader: Reader) => Filter): Filter {
  const first = read(reader);
  const filters = [first];
  while (reader.takes(kind)) filters.push(read(reader));
  return filters.length === 1 ? first : { kind, filters };
}

function readOne(reader: Reader): Filter {
  if (reader.takes("not")) return { kind: "not", filter: readOne(reader) };
  if (reader.takes("(")) {
    const filter = readOr(reader);
    reader.expect(")");
    return filter;
  }
  const word = reader.next();
  const name = textFunctions.find((one) => one === word.toLowerCase());
  if (name !== undefined && reader.takes("(")) {
    const path = pathOf(reader.next());
    reader.expect(",");
    const value = literalOf(reader.next());
    reader.expect(")");
    if (value.kind !== "text") throw invalid();
    return { kind: "function", name, path, text: value.text };
  }
  const path = pathOf(word);
  const operator = reader.next().toLowerCase();
  if (operator === "in") return { kind: "in", path, values: readList(reader) };
  const comparison = comparisons.find((one) => one === operator);
  if (comparison === undefined) throw invalid();
  return { kind: "compare", path, operator: comparison, value: literalOf(reader.next()) };
}

function readList(reader: Reader): readonly Literal[] {
  reader.expect("(");
  const values = [literalOf(reader.next())];
  while (reader.takes(",")) values.push(literalOf(reader.next()));
  reader.expect(")");
  return values;
}

function pathOf(word: string): string {
  if (!/^[A-Za-z_][\w/]*$/.test(word)) throw invalid();
  return word;
}

function literalOf(word: string): Literal {
  if (word.startsWith("'")) return { kind: "text", text: word.slice(1, -1).replaceAll("''", "'") };
  if (word === "true" || word === "false") return { kind: "constant", value: word === "true" };
  if (word === "null") return { kind: "constant", value: null };
  if (/^-?\d+(?:\.\d+)?$/.test(word)) return { kind: "number", number: Number(word) };
  const ms = /^\d{4}-\d{2}-\d{2}/.test(word) ? Date.parse(word) : Number.NaN;
  // An id may be written without quotes.
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(word)) return { kind: "text", text: word };
  if (Number.isNaN(ms)) throw invalid();
  return { kind: "date", ms };
}
