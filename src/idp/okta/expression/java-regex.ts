/** Java's regular expressions, which Okta's are, as JavaScript's. */

import { createPattern, type Pattern } from "../../../patterns/pattern.ts";
import type { Idiom } from "../../../patterns/re2-notation.ts";
import { remembered } from "../../../patterns/remembered.ts";
import { ExpressionError } from "./expression-error.ts";

/**
 * An expression that tests whole texts. Inferred: whole, as Spring's `matches` does and as the documented `.*admin.*`
 * suggests.
 * @throws ExpressionError for an expression that is wrong, or that JavaScript has no counterpart of
 */
export const compileJavaRegex: (pattern: string) => Pattern = remembered(compile);

function compile(pattern: string): Pattern {
  const [prefix = "", letters = ""] = /^\(\?([ims]+)\)/.exec(pattern) ?? [];
  const flags = ["i", "m", "s"].filter((flag) => letters.includes(flag)).join("");
  const source = `(?:${translate(pattern.slice(prefix.length))})${textEnd}`;
  try {
    // The flag y holds it to the beginning: V8 looks for look-behind within a pair of surrogates, too.
    return createPattern({ written: pattern, source, flags: `${flags}uy`, idioms });
  } catch {
    throw new ExpressionError(
      `'${pattern.slice(0, 40)}' is not a regular expression, or uses Java syntax that is not supported`,
    );
  }
}

/** What Java calls otherwise, as the inside of a class. */
const classes: ReadonlyMap<string, string> = new Map([
  ["\\h", " \\t\\u00a0"],
  ["\\p{Alpha}", "a-zA-Z"],
  ["\\p{Digit}", "0-9"],
  ["\\p{Alnum}", "a-zA-Z0-9"],
  ["\\p{Upper}", "A-Z"],
  ["\\p{Lower}", "a-z"],
  ["\\p{Punct}", "!-\\/:-@\\[-`\\{-~"],
  ["\\p{Space}", " \\t\\n\\u000b\\f\\r"],
]);

/** Whatever the flag m makes of ^ and $. */
const textStart = "(?<![^])";
const textEnd = "(?![^])";
const lastLineEnd = String.raw`(?=\n?(?![^]))`;

const anchors: ReadonlyMap<string, string> = new Map([
  [String.raw`\A`, textStart],
  [String.raw`\z`, textEnd],
  [String.raw`\Z`, lastLineEnd],
]);

/** What is written with look-around here, and in a simpler way in RE2. */
const idioms: ReadonlyMap<string, Idiom> = new Map([
  [textStart, { re2: String.raw`(?:\A)` }],
  [textEnd, { re2: String.raw`(?:\z)` }],
  [lastLineEnd, { re2: String.raw`(?:\z)`, needs: "ends with no line break" }],
]);

function translate(pattern: string): string {
  let inClass = false;
  return pattern.replace(/\\Q([^]*?)(?:\\E|$)|\\p\{\w+\}|\\[^]|\[|\]|&&/g, (piece, quoted?: string) => {
    if (quoted !== undefined) return quoted.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
    // A class within a class, and what two classes share: a class that cannot be read refuses them.
    if (inClass && (piece === "[" || piece === "&&")) return "[z-a]";
    if (piece === "[" || piece === "]") inClass = piece === "[";
    return piece.startsWith("\\") ? escape(piece, inClass) : piece;
  });
}

function escape(piece: string, inClass: boolean): string {
  const inside = classes.get(piece);
  if (inside !== undefined) return inClass ? inside : `[${inside}]`;
  if (piece.startsWith("\\p{")) return piece.replace("{Is", "{");
  if (/^\\[^\w^$.*+?()[\]{}|/\\-]$/.test(piece) || (piece === "\\-" && !inClass)) return piece.slice(1);
  return anchors.get(piece) ?? piece;
}
