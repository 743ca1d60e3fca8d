/** Expressions of mappings: names of custom attributes and the texts in quotes are replaced, functions stay. */

import type { AppSettings } from "../directory/app-settings.ts";
import { wordPattern } from "./invented-words.ts";
import type { InventedTexts } from "./invented-texts.ts";
import type { AttributeNames } from "./attribute-names.ts";

/** Texts in quotes: in Okta's language a quote within one is doubled and a backslash stands for itself; in Entra's it escapes. */
const quoted: Readonly<Record<AppSettings["idp"], RegExp>> = {
  okta: /"[^"]*"|'[^']*'/g,
  entra: /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g,
};
/** Words with a meaning of their own: truth values, types of users and addresses. */
const ownMeaning = /^(?:true|false|null|none|member|guest|work|home|other|primary)$/i;
/** As `FormatDateTime` and `Time.fromIso8601ToString` take them. */
const datePattern =
  /^(?=.*(?:y{2}|M{2}|d{2}|H{2}|h{2}|m{2}|s{2}))(?:[yMdHhmsfzKtE]{1,7}|[^\p{L}\p{N}]|'T'|T|Z)+$/u;
const regexSigns = /[\\^$[\]()|*+?{}]/;
/** What is part of the pattern language: escapes, classes, counts. */
const regexParts = /\\\\?.|\[[^\]]*\]|\{[\d,]+\}|\(\?[:=!<]*|[\p{L}\p{M}]+|\p{N}+/gu;

export function inventedExpression(
  expression: string,
  idp: AppSettings["idp"],
  { texts, names }: { readonly texts: InventedTexts; readonly names: AttributeNames },
): string {
  const code = (part: string): string => withNames(withNumbers(part, texts), idp, names);
  let result = "";
  let end = 0;
  for (const { 0: literal, index } of expression.matchAll(quoted[idp])) {
    result += code(expression.slice(end, index));
    const quote = literal.charAt(0);
    result += quote + inventedLiteral(literal.slice(1, -1), texts) + quote;
    end = index + literal.length;
  }
  return result + code(expression.slice(end));
}

/** A text that a value is compared with, or that becomes a part of one. */
export function inventedLiteral(literal: string, texts: InventedTexts): string {
  if (ownMeaning.test(literal.trim()) || datePattern.test(literal)) return literal;
  return regexSigns.test(literal) ? inventedRegex(literal, texts) : texts.text(literal);
}

export function inventedRegex(pattern: string, texts: InventedTexts): string {
  return pattern.replaceAll(regexParts, (part) => {
    if (!/^[\p{L}\p{M}\p{N}]/u.test(part)) return part;
    return part.replaceAll(wordPattern, (word) => texts.inWords(word));
  });
}

/** A number that stands for something of somebody; a shorter one counts characters or values. */
const longNumber = /(?<![\p{L}\p{N}_.])\p{N}{4,}(?![\p{L}\p{N}_.])/gu;

function withNumbers(code: string, texts: InventedTexts): string {
  return code.replaceAll(longNumber, (number) => texts.inWords(number));
}

function withNames(code: string, idp: AppSettings["idp"], names: AttributeNames): string {
  if (idp === "entra")
    return code.replaceAll(/\[([^[\]]+)\]/g, (_whole, name: string) => `[${names.source(name)}]`);
  return code.replaceAll(
    /\b(user|appuser|app)\.([\p{L}_][\p{L}\p{N}_]*)/gu,
    (_whole, object: string, name: string) => `${object}.${nameIn[object]?.(names, name) ?? name}`,
  );
}

const nameIn: Readonly<Record<string, (names: AttributeNames, name: string) => string>> = {
  user: (names, name) => names.source(name),
  appuser: (names, name) => names.target(name),
  app: (names, name) => names.property(name),
};
