/** The tokens of an Entra expression. */

import { ExpressionError } from "./expression-error.ts";

/** `at` is the offset of the token's first character, counted from 0. */
export type Token =
  | { readonly kind: "symbol"; readonly text: string; readonly at: number }
  | { readonly kind: "name"; readonly text: string; readonly at: number }
  | { readonly kind: "attribute"; readonly text: string; readonly at: number }
  | { readonly kind: "text"; readonly text: string; readonly at: number }
  | { readonly kind: "number"; readonly text: string; readonly value: number; readonly at: number }
  | { readonly kind: "end"; readonly text: ""; readonly at: number };

const token =
  /(?<symbol><>|>=|<=|[(),=<>])|\[(?<attribute>[^[\]"]*)\]|"(?<text>(?:[^"\\]|\\[^])*)"|(?<number>-?\d+|&H[\dA-Fa-f]+)|(?<name>[A-Za-z_]\w*)/uy;

/**
 * Cuts an expression into tokens; the last one is `end`.
 * @throws ExpressionError for a text or an attribute that is not closed, a backslash that escapes nothing, an
 * attribute without a name, and characters that no expression has
 */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(source, 0);
  while (at < source.length) {
    token.lastIndex = at;
    const match = token.exec(source);
    if (match === null) throw strange(source, at);
    tokens.push(tokenOf(match));
    at = skipSpace(source, at + match[0].length);
  }
  return [...tokens, { kind: "end", text: "", at: source.length }];
}

function tokenOf({ groups = {}, index: at }: RegExpExecArray): Token {
  const { symbol, attribute, text, number, name = "" } = groups;
  if (symbol !== undefined) return { kind: "symbol", text: symbol, at };
  if (attribute !== undefined) return attributeToken(attribute.trim(), at);
  if (text !== undefined) return { kind: "text", text: unescape(text, at), at };
  if (number !== undefined) return numberToken(number, at);
  return { kind: "name", text: name, at };
}

function attributeToken(text: string, at: number): Token {
  if (text === "") throw new ExpressionError("An attribute has no name: []", at);
  return { kind: "attribute", text, at };
}

function numberToken(text: string, at: number): Token {
  return { kind: "number", text, value: Number(text.replace("&H", "0x")), at };
}

/** Inferred: a backslash in front of anything but a backslash or a quotation mark is a mistake. */
function unescape(text: string, at: number): string {
  return text.replaceAll(/\\([^])/gu, (written, escaped: string, offset: number) => {
    if (escaped === "\\" || escaped === '"') return escaped;
    throw new ExpressionError(
      `A backslash in a string must be written twice: \\\\${escaped} instead of ${written}`,
      at + 1 + offset,
    );
  });
}

function skipSpace(source: string, at: number): number {
  const space = /\s*/y;
  space.lastIndex = at;
  return at + (space.exec(source)?.[0].length ?? 0);
}

function strange(source: string, at: number): ExpressionError {
  const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
  if (character === '"') return new ExpressionError("A string is not closed; it starts", at);
  if (character === "[") return new ExpressionError("An attribute is not closed; it starts", at);
  if (/[“”„'‘’`]/u.test(character)) {
    return new ExpressionError(`A string needs straight double quotes, not ${character}; found`, at);
  }
  const instead = insteadOf.get(character);
  return new ExpressionError(
    `'${character}' is not allowed in an expression${instead === undefined ? "" : ` (${instead})`}; found`,
    at,
  );
}

/** What other expression languages write so. */
const insteadOf: ReadonlyMap<string, string> = new Map([
  ["+", "Append and Join concatenate strings"],
  ["&", "Append and Join concatenate strings"],
  [".", "an attribute is written in brackets: [surname]"],
]);
