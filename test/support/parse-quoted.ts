/** The parser of filters where a value has quotes unless it is a number, a boolean or null, as in RFC 7644. */

import type { Filter } from "../../src/scim/filter/ast.ts";
import { parseFilter } from "../../src/scim/filter/parse.ts";
import { lenient } from "../../src/scim/leniency.ts";

export function parseQuoted(text: string): Filter {
  return parseFilter(text, { ...lenient, unquotedValues: "refuse" });
}
