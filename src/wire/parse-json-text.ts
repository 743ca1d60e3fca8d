/** JSON text from a server that is not trusted, to values that recursive functions can walk. */

import { jsonStringEnd } from "../ground/text/json-string-end.ts";
import { isJsonArray, type JsonArray, type JsonObject, type JsonValue } from "../ground/json.ts";

/** Deeper nesting than this is not taken for an answer: SCIM's own shapes need fewer than ten levels. */
export const maxJsonNesting = 64;

/** The text would become more values than may be; each takes memory, however short it is written. */
export class TooManyJsonValues extends Error {
  override readonly name = "TooManyJsonValues";
}

/**
 * The value; undefined where the text is empty, is not JSON, or nests deeper than `maxJsonNesting`.
 * @throws TooManyJsonValues where there are more than `maxValues`, about; `[],` counts as two
 */
export function parseJsonText(text: string, maxValues = Infinity): JsonValue | undefined {
  const isShort = text.length <= Math.min(1.5 * maxValues, longestUnchecked);
  if (!isShort && nestsTooDeep(text, maxValues)) return undefined;
  try {
    const value: JsonValue = JSON.parse(text);
    return isShort && isDeeperThan(value, maxJsonNesting) ? undefined : value;
  } catch {
    return undefined;
  }
}

/**
 * A text of so many characters can be parsed before it is checked: three characters are two values at most (`[],`), and the
 * engine's parser is not recursive.
 */
const longestUnchecked = 8 * 1024 * 1024;

function isDeeperThan(value: JsonValue | undefined, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  return isJsonArray(value) ? isArrayDeeper(value, levels) : isObjectDeeper(value, levels);
}

function isArrayDeeper(array: JsonArray, levels: number): boolean {
  for (const entry of array) if (isDeeperThan(entry, levels - 1)) return true;
  return false;
}

/** In what JSON.parse made, `for in` finds what the text has, and no list of the names is made. */
function isObjectDeeper(object: JsonObject, levels: number): boolean {
  for (const name in object) if (isDeeperThan(object[name], levels - 1)) return true;
  return false;
}

const codeOf = (character: string): number => character.charCodeAt(0);
const quote = codeOf('"');
const comma = codeOf(",");
const openBracket = codeOf("[");
const closeBracket = codeOf("]");
const openBrace = codeOf("{");
const closeBrace = codeOf("}");

/** Counts brackets and commas outside strings, before anything is built from them; an answer may be of megabytes. */
function nestsTooDeep(text: string, maxValues: number): boolean {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = jsonStringEnd(text, at);
    else if (code === closeBracket || code === closeBrace) depth -= 1;
    else if (code === comma) values += 1;
    else if (code === openBracket || code === openBrace) {
      values += 1;
      depth += 1;
      if (depth > maxJsonNesting) return true;
    }
    if (values > maxValues) throw new TooManyJsonValues();
  }
  return false;
}
