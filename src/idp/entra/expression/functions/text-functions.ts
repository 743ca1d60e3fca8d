/** Functions of text. Inferred, where nothing else is said: a text function of nothing is nothing. */

import { DotnetError } from "../../dotnet/dotnet-error.ts";
import { toLower, toTitleCase, toUpper } from "../../dotnet/letter-case.ts";
import { maxTextLength, textTooLong } from "../../dotnet/regex-replacement.ts";
import type { Arguments } from "../arguments.ts";
import type { CallExpression } from "../ast.ts";
import { normalizeDiacritics } from "./normalize-diacritics.ts";
import { defineFunction, type ExpressionFunction } from "./signature.ts";
import { isEmpty, listOf, textOf, type ExpressionValue } from "../values.ts";

export const textFunctions: readonly ExpressionFunction[] = [
  defineFunction(
    "Append(source, suffix)",
    ofText((text, given) => text + given.text(1)),
  ),
  defineFunction("InStr(value1, value2, [start], [compareType])", inStr, { check: checkInStr }),
  defineFunction("Join(separator, [source], …)", join, { repeats: 1 }),
  defineFunction("Left(string, numChars)", left),
  defineFunction("Len(string)", (given) => given.text(0).length),
  defineFunction("Mid(source, start, length)", ofText(mid)),
  defineFunction("NormalizeDiacritics(source)", ofText(normalizeDiacritics)),
  defineFunction("PCase(source, [wordSeparators])", ofText(pCase)),
  defineFunction(
    "StripSpaces(source)",
    ofText((text) => text.replaceAll(" ", "")),
  ),
  defineFunction(
    "ToLower(source, [culture])",
    ofText((text, given) => toLower(text, given.text(1))),
  ),
  defineFunction(
    "ToUpper(source, [culture])",
    ofText((text, given) => toUpper(text, given.text(1))),
  ),
  defineFunction("Word(string, wordNumber, delimiters)", word),
];

function ofText(evaluate: (text: string, given: Arguments) => string): (given: Arguments) => ExpressionValue {
  return (given) => {
    const source = given.value(0);
    return source === null ? null : evaluate(textOf(source), given);
  };
}

/** From 1; 0 where the text is not found (VBA's InStr, as the default vbBinaryCompare is). */
function inStr(given: Arguments): number {
  const start = given.isGiven(2) ? given.integer(2, "start") : 1;
  if (start < 1) throw new DotnetError("start must be 1 or more.");
  const ignoresCase = given.value(3) === "vbTextCompare";
  const [text, find] = [given.text(0), given.text(1)].map((one) => (ignoresCase ? toLower(one) : one));
  return (text ?? "").indexOf(find ?? "", start - 1) + 1;
}

function checkInStr({ arguments: [, , , compareType] }: CallExpression): string | undefined {
  if (compareType == null || compareType.kind === "compare-type") return undefined;
  return "compareType must be vbTextCompare or vbBinaryCompare, without quotes";
}

/** Sources that are empty leave no separator: `Join(", ", "", [surname], [givenName])` is documented as `Doe, John`. */
function join(given: Arguments): string {
  const separator = given.text(0);
  const texts: string[] = [];
  let length = 0;
  for (let index = 1; index < given.count; index += 1) {
    for (const text of listOf(given.value(index))) {
      if (text === "") continue;
      texts.push(text);
      length += text.length + separator.length;
      if (length > maxTextLength + separator.length) throw textTooLong();
    }
  }
  return texts.join(separator);
}

/** Null is an empty text here, and a negative number takes everything, as documented. */
function left(given: Arguments): string {
  const text = given.text(0);
  const count = given.integer(1, "numChars");
  return count < 0 ? text : text.slice(0, count);
}

function mid(text: string, given: Arguments): string {
  const start = given.integer(1, "start");
  const length = given.integer(2, "length");
  if (start < 1) throw new DotnetError("start must be 1 or more.");
  if (length < 0) throw new DotnetError("length must not be negative.");
  return text.slice(start - 1, start - 1 + length);
}

/** Without separators .NET's ToTitleCase decides what a word is; with them, they alone do. */
function pCase(text: string, given: Arguments): string {
  const lower = toLower(text);
  if (!given.isGiven(1)) return toTitleCase(lower);
  const separators = new Set(given.text(1));
  let opens = true;
  let cased = "";
  for (const character of lower) {
    cased += opens ? toUpper(character) : character;
    opens = separators.has(character);
  }
  return cased;
}

/** Each delimiter character ends a word; "" where there is no such word. Inferred: no word is empty. */
function word(given: Arguments): string {
  const delimiters = new Set(given.text(2));
  let words = [""];
  for (const character of given.text(0)) {
    if (delimiters.has(character)) words.push("");
    else words[words.length - 1] += character;
  }
  words = words.filter((one) => !isEmpty(one));
  return words[given.integer(1, "wordNumber") - 1] ?? "";
}
