/** Names in JSON bodies are the same in any case (RFC 7643 §2.1). */

import type { JsonObject, JsonValue } from "../json.ts";
import { ScimError } from "./error.ts";

/**
 * What an object has under a name, in whatever case it is spelt; undefined where it has none.
 * @throws ScimError invalidSyntax where two spellings are there: RFC 8259 §4 leaves open which one would count.
 */
export function valueNamed(object: JsonObject, name: string): JsonValue | undefined {
  const folded = name.toLowerCase();
  const spellings = Object.keys(object).filter((key) => key.toLowerCase() === folded);
  if (spellings.length > 1) throw namedTwice(name);
  return spellings[0] === undefined ? undefined : object[spellings[0]];
}

/** The error for one name in two spellings. */
export function namedTwice(name: string): ScimError {
  return new ScimError("invalidSyntax", `${name} is given twice; names are the same in any case.`);
}
