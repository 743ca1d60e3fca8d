/** A .NET regular expression read from left to right, and what its escapes stand for. */

import { SourceReader } from "../../../patterns/source-reader.ts";
import { DotnetError } from "./dotnet-error.ts";

export class RegexReader extends SourceReader {
  refuse(reason: string): DotnetError {
    return new DotnetError(`The regular expression ${this.source} ${reason}.`);
  }
}

const word = String.raw`\p{L}\p{Mn}\p{Nd}\p{Pc}`;
const space = String.raw`\f\n\r\t\v\x85\p{Z}`;

/** The sets as .NET has them (Character classes in .NET regular expressions), which are not JavaScript's. */
const sets: ReadonlyMap<string, string> = new Map([
  ["d", String.raw`\p{Nd}`],
  ["D", String.raw`\P{Nd}`],
  ["w", `[${word}]`],
  ["W", `[^${word}]`],
  ["s", `[${space}]`],
  ["S", `[^${space}]`],
]);

/** A set that the escape behind a backslash stands for, as JavaScript writes it; undefined where it is none. */
export function takeSet(reader: RegexReader): string | undefined {
  const category = reader.takeMatch(/([pP])\{(\w+)\}/y);
  if (category !== undefined) {
    const [text, , name = ""] = category;
    if (/^[A-Z][a-z]?$/.test(name)) return `\\${text}`;
    throw reader.refuse(`uses the Unicode block ${name}, which is not supported`);
  }
  const set = sets.get(reader.peek());
  if (set !== undefined) reader.take();
  return set;
}

export const wordSet = sets.get("w") ?? "";

const controls: ReadonlyMap<string, number> = new Map([
  ["t", 9],
  ["n", 10],
  ["v", 11],
  ["f", 12],
  ["r", 13],
  ["a", 7],
  ["e", 27],
]);

/**
 * The character that the escape behind a backslash stands for (.NET: Character escapes).
 * @throws DotnetError for a letter that is not an escape
 */
export function takeCharacter(reader: RegexReader): string {
  const hex = reader.takeMatch(/x([\da-fA-F]{2})|u([\da-fA-F]{4})/y);
  if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex[1] ?? hex[2] ?? "", 16));
  const octal = reader.takeMatch(/0[0-7]{0,2}/y);
  if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal[0], 8));
  const control = reader.takeMatch(/c([A-Za-z])/y);
  if (control !== undefined) return String.fromCodePoint((control[1]?.codePointAt(0) ?? 0) % 32);
  const next = reader.take();
  const code = controls.get(next);
  if (code !== undefined) return String.fromCodePoint(code);
  if (next === "") throw reader.refuse("ends with a backslash");
  if (/[\w\p{L}]/u.test(next)) throw reader.refuse(`has \\${next}, which is not an escape`);
  return next;
}

/** A character that stands for itself, in a class and outside. */
export function literal(character: string): string {
  if (/^[A-Za-z0-9]$/.test(character)) return character;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
