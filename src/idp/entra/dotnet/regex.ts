/** .NET regular expressions, translated into JavaScript's. */

import { createPattern, type Pattern } from "../../../patterns/pattern.ts";
import type { Idiom } from "../../../patterns/re2-notation.ts";
import { remembered } from "../../../patterns/remembered.ts";
import { DotnetError } from "./dotnet-error.ts";
import { takeClass } from "./regex-class.ts";
import { literal, RegexReader, takeCharacter, takeSet, wordSet } from "./regex-reader.ts";

export interface DotnetRegex {
  readonly pattern: Pattern;
  /** .NET's names and numbers of groups → those of the pattern. .NET counts the groups without a name first. */
  readonly groups: ReadonlyMap<string, number>;
}

/**
 * Compiles a pattern as .NET's Regex without RegexOptions would (.NET: Regular expression language quick reference).
 * Translated: sets and word boundaries by Unicode, `.` and `$`, `\A \z \Z`, options i (at the beginning only), m, n, s
 * and x, named groups, classes that take away. Deviation: a reference back to a group that took no part matches the
 * empty text.
 * @throws DotnetError for a pattern that is wrong, and for what JavaScript cannot do: atomic and balancing groups,
 * conditions, `\G`, Unicode blocks, option i in the middle
 */
export const compileDotnetRegex: (pattern: string) => DotnetRegex = remembered(compile);

function compile(pattern: string): DotnetRegex {
  const translation = new Translation(pattern);
  const { source, groups } = translation.run();
  const flags = `${translation.ignoresCase ? "i" : ""}${classWithin.test(source) ? "v" : "u"}`;
  try {
    return { pattern: createPattern({ written: pattern, source, flags, idioms }), groups };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const reason = error.message.slice(error.message.lastIndexOf(": ") + 2);
    throw new DotnetError(`The regular expression ${pattern} is not valid: ${reason.toLowerCase()}.`);
  }
}

/** What needs the flag v, with which the V8 of Node 20 gets classes such as `[^a]` wrong at times. */
const classWithin = /\[[^\]]*\[/;

interface Options {
  readonly m: boolean;
  readonly n: boolean;
  readonly s: boolean;
  readonly x: boolean;
}

type Piece = string | { readonly group: string };

interface Translated {
  readonly source: string;
  readonly groups: ReadonlyMap<string, number>;
}

const lineStart = String.raw`(?<=\n|^)`;
const lineEnd = String.raw`(?:(?=\n|$))`;
const lastLineEnd = String.raw`(?:(?=\n?$))`;
const wordBoundary = `(?:(?<=${wordSet})(?!${wordSet})|(?<!${wordSet})(?=${wordSet}))`;
const noWordBoundary = `(?:(?<=${wordSet})(?=${wordSet})|(?<!${wordSet})(?!${wordSet}))`;

const anchors: ReadonlyMap<string, string> = new Map([
  ["A", "^"],
  ["z", "(?:$)"],
  ["Z", lastLineEnd],
  ["b", wordBoundary],
  ["B", noWordBoundary],
]);

/** What is written with look-around here, and in a simpler way in RE2. */
const idioms: ReadonlyMap<string, Idiom> = new Map([
  [lineStart, { re2: "(?m:^)" }],
  [lineEnd, { re2: "(?m:$)" }],
  [lastLineEnd, { re2: String.raw`(?:\z)`, needs: "ends with no line break" }],
  [wordBoundary, { re2: String.raw`\b`, needs: "is ASCII" }],
  [noWordBoundary, { re2: String.raw`\B`, needs: "is ASCII" }],
]);

class Translation {
  readonly #reader: RegexReader;
  /** The name of each capturing group, in the order in which they open; undefined for those without. */
  readonly #names: (string | undefined)[] = [];
  /** The options outside each group that is open. */
  readonly #outer: Options[] = [];
  #options: Options = { m: false, n: false, s: false, x: false };
  ignoresCase = false;

  constructor(pattern: string) {
    this.#reader = new RegexReader(pattern);
  }

  run(): Translated {
    for (const options of this.#leadingOptions()) {
      this.ignoresCase = options.includes("i");
      this.#setOptions(options, "");
    }
    const pieces: Piece[] = [];
    while (this.#reader.peek() !== "") pieces.push(this.#next());
    if (this.#outer.length > 0) throw this.#reader.refuse("has an unclosed (");
    const groups = numbersOf(this.#names);
    return { source: pieces.map((piece) => this.#written(piece, groups)).join(""), groups };
  }

  #leadingOptions(): readonly string[] {
    const options = this.#reader.takeMatch(/\(\?([imnsx]+)\)/y)?.[1];
    return options === undefined ? [] : [options];
  }

  #written(piece: Piece, groups: ReadonlyMap<string, number>): string {
    if (typeof piece === "string") return piece;
    const number = groups.get(piece.group);
    if (number === undefined)
      throw this.#reader.refuse(`refers to the group ${piece.group}, which does not exist`);
    return `(?:\\${number})`;
  }

  #next(): Piece {
    const reader = this.#reader;
    const skipped = this.#options.x ? /\s+|#[^\n]*|\(\?#[^)]*\)/y : /\(\?#[^)]*\)/y;
    if (reader.takeMatch(skipped) !== undefined) return "";
    const quantifier = reader.takeMatch(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/y);
    if (quantifier !== undefined) return quantifier[0];
    const next = reader.take();
    switch (next) {
      case "\\":
        return this.#escape();
      case "[":
        return takeClass(reader);
      case "(":
        return this.#open();
      case ")":
        return this.#close();
      default:
        return this.#symbol(next);
    }
  }

  /** .NET's lines end with \n alone, and `$` stands in front of one at the end too. */
  #symbol(symbol: string): string {
    const { m, s } = this.#options;
    switch (symbol) {
      case "|":
        return symbol;
      case ".":
        return s ? String.raw`[\s\S]` : String.raw`[^\n]`;
      case "^":
        return m ? lineStart : symbol;
      case "$":
        return m ? lineEnd : lastLineEnd;
      default:
        return literal(symbol);
    }
  }

  #escape(): Piece {
    const reader = this.#reader;
    const reference = reader.takeMatch(/([1-9]\d*)|k(?:<(\w+)>|'(\w+)')/y);
    if (reference !== undefined) return { group: reference[1] ?? reference[2] ?? reference[3] ?? "" };
    const anchor = reader.takeMatch(/[AzZbBG]/y)?.[0];
    if (anchor === undefined) return takeSet(reader) ?? literal(takeCharacter(reader));
    const written = anchors.get(anchor);
    if (written === undefined) throw reader.refuse(`has \\${anchor}, which is not supported`);
    return written;
  }

  #open(): string {
    const reader = this.#reader;
    const [options, on = "", off = "", end] = reader.takeMatch(/\?([imnsx]*)(?:-([imnsx]*))?([:)])/y) ?? [];
    if (options !== undefined && end === ")") {
      this.#setOptions(on, off);
      return "";
    }
    this.#outer.push(this.#options);
    if (options !== undefined) {
      this.#setOptions(on, off);
      return "(?:";
    }
    const look = reader.takeMatch(/\?<?[=!]/y);
    if (look !== undefined) return `(${look[0]}`;
    const name = reader.takeMatch(/\?(?:<([\p{L}_]\w*)>|'([\p{L}_]\w*)')/uy);
    if (name !== undefined) return this.#capture(name[1] ?? name[2]);
    if (reader.peek() === "?") {
      throw reader.refuse("has an atomic, balancing, numbered or conditional group, which is not supported");
    }
    return this.#options.n ? "(?:" : this.#capture(undefined);
  }

  #capture(name: string | undefined): string {
    if (name !== undefined && this.#names.includes(name)) {
      throw this.#reader.refuse(`has two groups named ${name}, which is not supported`);
    }
    this.#names.push(name);
    return "(";
  }

  #setOptions(on: string, off: string): void {
    if (this.ignoresCase ? off.includes("i") : on.includes("i")) {
      throw this.#reader.refuse("sets the option i after its start, which is not supported");
    }
    const set = (name: keyof Options): boolean =>
      !off.includes(name) && (on.includes(name) || this.#options[name]);
    this.#options = { m: set("m"), n: set("n"), s: set("s"), x: set("x") };
  }

  #close(): string {
    const outer = this.#outer.pop();
    if (outer === undefined) throw this.#reader.refuse("has an unmatched )");
    this.#options = outer;
    return ")";
  }
}

/** .NET counts the groups without a name from left to right, then those with one. */
function numbersOf(names: readonly (string | undefined)[]): ReadonlyMap<string, number> {
  const places = names.map((name, index) => ({ name, place: index + 1 }));
  const unnamed = places.filter(({ name }) => name === undefined);
  const named = places.filter(({ name }) => name !== undefined);
  const groups = new Map([["0", 0]]);
  for (const [index, { place }] of [...unnamed, ...named].entries()) groups.set(String(index + 1), place);
  for (const { name, place } of named) groups.set(name ?? "", place);
  return groups;
}
