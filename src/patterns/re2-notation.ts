/** JavaScript's regular expressions in RE2's notation, where RE2 has the same thing (RE2: Syntax). */

import { categoryNotation, classNotation, spaces, wordsIgnoringCase } from "./re2-class.ts";
import { SourceReader, takeCodePoint } from "./source-reader.ts";

/** What must hold of a text, so that both notations mean the same for it. */
export type TextTrait = "is ASCII" | "ends with no line break" | "breaks lines with \\n alone";

/** A part of an expression that means something simple, though RE2 cannot read it as it is written. */
export interface Idiom {
  readonly re2: string;
  readonly needs?: TextTrait;
}

export interface Re2Notation {
  readonly source: string;
  readonly needs: ReadonlySet<TextTrait>;
}

export interface Notation {
  /** What a RegExp was made of with the flag u or v, which has checked it. */
  readonly source: string;
  readonly flags: string;
  /** By the text of each; looked for outside classes. */
  readonly idioms?: ReadonlyMap<string, Idiom>;
}

const textStart = String.raw`(?:\A)`;

/** RE2 writes repetitions out, so that a short expression may become a program that fills the memory. */
const largestProgram = 200_000;

/** Undefined where RE2 has no such thing, such as look-around and references back, or it would grow too large. */
export function re2Notation({ source, flags, idioms = new Map() }: Notation): Re2Notation | undefined {
  if (repetitions(source) * source.length > largestProgram) return undefined;
  const reader = new SourceReader(source);
  const needs = new Set<TextTrait>();
  let written = `${flags.includes("i") ? "(?i)" : ""}${flags.includes("y") ? textStart : ""}`;
  while (!reader.isAtEnd()) {
    const idiom = takeIdiom(reader, idioms) ?? nextOf(reader, flags);
    if (idiom === undefined) return undefined;
    written += idiom.re2;
    if (idiom.needs !== undefined) needs.add(idiom.needs);
  }
  return { source: written, needs };
}

/** How often the braces ask for something in total; 1 where there are none. */
function repetitions(source: string): number {
  let sum = 1;
  for (const [, least = "", most = ""] of source.matchAll(/\{(\d+)(?:,(\d*))?\}/g)) {
    sum += Number(most === "" ? least : most);
  }
  return sum;
}

function takeIdiom(reader: SourceReader, idioms: ReadonlyMap<string, Idiom>): Idiom | undefined {
  for (const [text, idiom] of idioms) if (reader.takeText(text)) return idiom;
  return undefined;
}

function nextOf(reader: SourceReader, flags: string): Idiom | undefined {
  if (reader.takeText("[")) return idiomOf(classNotation(reader, flags));
  if (reader.takeText("\\")) return escapeOf(reader, flags);
  const group = reader.takeMatch(/\((?:\?(?:(:)|<[^=!>][^>]*>)?)?/y);
  if (group !== undefined) return groupOf(group[0]);
  return symbolOf(reader.take(), flags);
}

function groupOf(opening: string): Idiom | undefined {
  if (opening === "(?") return undefined;
  return { re2: opening === "(?:" ? opening : "(" };
}

/** To JavaScript a line ends with \r and two separators of Unicode, too. */
function symbolOf(symbol: string, flags: string): Idiom {
  const needs: TextTrait = "breaks lines with \\n alone";
  switch (symbol) {
    case ".":
      return { re2: flags.includes("s") ? "(?s:.)" : String.raw`[^\n\r\x{2028}\x{2029}]` };
    case "^":
      return flags.includes("m") ? { re2: "(?m:^)", needs } : { re2: textStart };
    case "$":
      return flags.includes("m") ? { re2: "(?m:$)", needs } : { re2: String.raw`(?:\z)` };
    default:
      return { re2: symbol };
  }
}

/** What stands behind a backslash outside classes. */
function escapeOf(reader: SourceReader, flags: string): Idiom | undefined {
  const ignoresCase = flags.includes("i");
  const category = reader.takeMatch(/([pP])\{([^}]*)\}/y);
  if (category !== undefined) return idiomOf(categoryNotation(category, ignoresCase));
  const set = reader.takeMatch(/[bBdDsSwW]/y)?.[0];
  if (set === undefined) return idiomOf(takeCodePoint(reader));
  if (ignoresCase && set === "W") return undefined;
  const needsAscii = set === "B" || (ignoresCase && set === "b");
  const re2 = unlikeRe2.get(ignoresCase ? `${set} without case` : set) ?? unlikeRe2.get(set) ?? `\\${set}`;
  return needsAscii ? { re2, needs: "is ASCII" } : { re2 };
}

/** Sets that are larger to JavaScript than to RE2. */
const unlikeRe2: ReadonlyMap<string, string> = new Map([
  ["s", `[${spaces}]`],
  ["S", `[^${spaces}]`],
  ["w without case", `[${wordsIgnoringCase}]`],
]);

function idiomOf(re2: string | undefined): Idiom | undefined {
  return re2 === undefined ? undefined : { re2 };
}
