/** Names in JSON bodies are the same in any case (RFC 7643 §2.1). */

import type { JsonObject, JsonValue } from "../../ground/json.ts";
import { ScimError } from "../error.ts";

/**
 * What an object has under a name, in whatever case it is spelt; undefined where it has none.
 * @throws ScimError invalidSyntax where two spellings are there: RFC 8259 §4 leaves open which one would count.
 */
export function valueNamed(object: JsonObject, name: string): JsonValue | undefined {
  const folded = name.toLowerCase();
  let spelling: string | undefined;
  for (const key of Object.keys(object)) {
    // Our names are ASCII, and only texts of one length fold to the same of these.
    if (key.length !== name.length || key.toLowerCase() !== folded) continue;
    if (spelling !== undefined) throw namedTwice(name);
    spelling = key;
  }
  return spelling === undefined ? undefined : object[spelling];
}

/** The error for one name in two spellings. */
export function namedTwice(name: string): ScimError {
  return new ScimError("invalidSyntax", `${name} is given twice; attribute names are case-insensitive.`);
}
