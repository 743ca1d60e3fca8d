/** JSON text from a server that is not trusted, to values that recursive functions can walk. */

import { jsonStringEnd } from "../ground/json-string-end.ts";
import type { JsonValue } from "../ground/json.ts";

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
  if (text.trim() === "" || nestsTooDeep(text, maxValues)) return undefined;
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
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
