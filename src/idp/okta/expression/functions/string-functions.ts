/** Okta Expression Language overview: String functions, with the deprecated names without a prefix. */

import { ExpressionError } from "../expression-error.ts";
import {
  expressionFunction,
  textFunctions,
  type ArgumentValues,
  type ExpressionFunction,
  type Texts,
} from "./function.ts";
import { limitedText, maxTextLength, textOf, textTooLong, type ExpressionValue } from "../value.ts";

export const stringFunctions: readonly ExpressionFunction[] = [
  ...textFunctions({
    "String.append(text, suffix)": ([text, suffix]) => limitedText(text + suffix),
    "String.len(text)": ([text]) => text.length,
    "String.removeSpaces(text)": ([text]) => text.replaceAll(" ", ""),
    "String.replace(text, match, replacement)": replaceAll,
    "String.replaceFirst(text, match, replacement)": ([text, match, by]) =>
      limitedText(text.replace(match, () => by)),
    "String.startsWith(text, prefix)": ([text, prefix]) => text.startsWith(prefix),
    "String.stringContains(text, part)": ([text, part]) => text.includes(part),
    "String.substringAfter(text, separator)": substringAfter,
    "String.substringBefore(text, separator)": substringBefore,
    "String.toLowerCase(text)": ([text]) => text.toLowerCase(),
    "String.toUpperCase(text)": ([text]) => text.toUpperCase(),
    "substringAfter(text, separator)": substringAfter,
    "substringBefore(text, separator)": substringBefore,
    "toLowerCase(text)": ([text]) => text.toLowerCase(),
    "toUpperCase(text)": ([text]) => text.toUpperCase(),
  }),
  expressionFunction("String.join(separator, text, …)", join),
  expressionFunction("String.stringSwitch(text, default, key, value, …)", stringSwitch, {
    accepts: (count) => count >= 4 && count % 2 === 0,
  }),
  expressionFunction("String.substring(text, start, end)", substring),
  expressionFunction("substring(text, start, end)", substring),
];

/** Literally, every occurrence. The length is known before anything is built. */
function replaceAll([text, match, by]: Texts): string {
  if (match === "") return text;
  const pieces = text.split(match);
  const length = text.length + (pieces.length - 1) * (by.length - match.length);
  if (length > maxTextLength) throw textTooLong();
  return pieces.join(by);
}

/** Inferred, here and below: without a hit as Apache Commons StringUtils, which Okta's names come from. */
function substringAfter([text, separator]: Texts): string {
  const at = text.indexOf(separator);
  return at === -1 ? "" : text.slice(at + separator.length);
}

function substringBefore([text, separator]: Texts): string {
  const at = text.indexOf(separator);
  return at === -1 ? text : text.slice(0, at);
}

/** Zero-based, the end exclusive. Inferred: an index behind the end of the text stands for the end. */
function substring([text = null, start = null, end = null]: ArgumentValues): string {
  return textOf(text).slice(indexOf(start), Math.max(indexOf(start), indexOf(end)));
}

function join([separator = null, ...texts]: ArgumentValues): string {
  return limitedText(texts.map(textOf).join(textOf(separator)));
}

/** The first pair in argument order whose key is a part of the text decides. */
function stringSwitch([subject = null, otherwise = null, ...pairs]: ArgumentValues): string {
  const text = textOf(subject);
  for (let index = 0; index < pairs.length; index += 2) {
    if (text.includes(textOf(pairs[index] ?? null))) return textOf(pairs[index + 1] ?? null);
  }
  return textOf(otherwise);
}

function indexOf(value: ExpressionValue): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new ExpressionError("A position in a string must be a whole number from 0");
}
