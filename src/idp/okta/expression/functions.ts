/** The functions of Okta's Expression Language: all of String, with the old names without a prefix. */

import { ExpressionError } from "./expression-error.ts";

/** What an expression may yield; a list is the value of a list attribute, and is only ever handed on. */
export type ExpressionValue = string | number | boolean | null | readonly string[];

/** No text of a mapping is longer; nested replacements could grow one without end. */
export const maxTextLength = 65_536;

export interface ExpressionFunction {
  /** As in the documentation, for the message about a wrong number of arguments. */
  readonly signature: string;
  readonly accepts: (argumentCount: number) => boolean;
  readonly apply: (values: readonly ExpressionValue[]) => ExpressionValue;
}

/** The function of that name, or undefined: `String.toUpperCase`, `toUpperCase`. Names mind case. */
export function findFunction(name: string): ExpressionFunction | undefined {
  return byName.get(name);
}

export function textTooLong(): ExpressionError {
  return new ExpressionError(`A text would be longer than ${maxTextLength} characters.`);
}

/**
 * A value as text. Inferred: null counts as an empty text, which Okta's own idiom
 * `String.len(user.middleName) == 0 ? "" : …` relies on.
 * @throws ExpressionError for a list
 */
export function textOf(value: ExpressionValue): string {
  if (value === null) return "";
  if (typeof value === "object") throw new ExpressionError("A list is not a text.");
  return String(value);
}

const byName: ReadonlyMap<string, ExpressionFunction> = new Map([
  ...fixedArity({
    "String.append(text, suffix)": ([text, suffix]) => text + suffix,
    "String.len(text)": ([text]) => text.length,
    "String.removeSpaces(text)": ([text]) => text.replaceAll(" ", ""),
    "String.replace(text, match, replacement)": replaceAll,
    "String.replaceFirst(text, match, replacement)": ([text, match, by]) => text.replace(match, () => by),
    "String.startsWith(text, prefix)": ([text, prefix]) => text.startsWith(prefix),
    "String.stringContains(text, part)": ([text, part]) => text.includes(part),
    "String.substringAfter(text, separator)": ([text, separator]) => substringAfter(text, separator),
    "String.substringBefore(text, separator)": ([text, separator]) => substringBefore(text, separator),
    "String.toLowerCase(text)": ([text]) => text.toLowerCase(),
    "String.toUpperCase(text)": ([text]) => text.toUpperCase(),
    "toLowerCase(text)": ([text]) => text.toLowerCase(),
    "toUpperCase(text)": ([text]) => text.toUpperCase(),
    "substringAfter(text, separator)": ([text, separator]) => substringAfter(text, separator),
    "substringBefore(text, separator)": ([text, separator]) => substringBefore(text, separator),
  }),
  ...variadic("String.substring(text, start, end)", (count) => count === 3, substring),
  ...variadic("substring(text, start, end)", (count) => count === 3, substring),
  ...variadic("String.join(separator, text, …)", (count) => count >= 2, join),
  ...variadic(
    "String.stringSwitch(text, default, key, value, …)",
    (count) => count >= 4 && count % 2 === 0,
    stringSwitch,
  ),
]);

/** Arguments beyond those of the signature never reach `apply`, so all three may be named. */
type Texts = readonly [string, string, string];

function fixedArity(
  rows: Readonly<Record<string, (texts: Texts) => ExpressionValue>>,
): readonly (readonly [string, ExpressionFunction])[] {
  return Object.entries(rows).flatMap(([signature, apply]) => {
    const arity = signature.split(",").length;
    return variadic(
      signature,
      (count) => count === arity,
      ([first = null, second = null, third = null]) => apply([textOf(first), textOf(second), textOf(third)]),
    );
  });
}

function variadic(
  signature: string,
  accepts: ExpressionFunction["accepts"],
  apply: ExpressionFunction["apply"],
): readonly (readonly [string, ExpressionFunction])[] {
  return [[signature.slice(0, signature.indexOf("(")), { signature, accepts, apply }]];
}

/** Literally, every occurrence. The length is known before anything is built. */
function replaceAll([text, match, by]: Texts): string {
  if (match === "") return text;
  const pieces = text.split(match);
  const length = text.length + (pieces.length - 1) * (by.length - match.length);
  if (length > maxTextLength) throw textTooLong();
  return pieces.join(by);
}

/** Inferred, here and below: without a hit as Apache Commons StringUtils, which Okta's names come from. */
function substringAfter(text: string, separator: string): string {
  const at = text.indexOf(separator);
  return at === -1 ? "" : text.slice(at + separator.length);
}

function substringBefore(text: string, separator: string): string {
  const at = text.indexOf(separator);
  return at === -1 ? text : text.slice(0, at);
}

/** Zero-based, the end exclusive. Inferred: an index behind the end of the text stands for the end. */
function substring([text = null, start = null, end = null]: readonly ExpressionValue[]): string {
  return textOf(text).slice(integerOf(start), Math.max(integerOf(start), integerOf(end)));
}

function join([separator = null, ...texts]: readonly ExpressionValue[]): string {
  return texts.map(textOf).join(textOf(separator));
}

/** The first pair in argument order whose key is a part of the text decides. */
function stringSwitch([subject = null, otherwise = null, ...pairs]: readonly ExpressionValue[]): string {
  const text = textOf(subject);
  for (let index = 0; index < pairs.length; index += 2) {
    if (text.includes(textOf(pairs[index] ?? null))) return textOf(pairs[index + 1] ?? null);
  }
  return textOf(otherwise);
}

function integerOf(value: ExpressionValue): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new ExpressionError("A position in a text must be a whole number from 0.");
}
