/** Which attributes a filter speaks of. */

import type { AttributePath, Filter } from "./ast.ts";

/** Whether a filter names an attribute, in any case: members are not read for one that does not ask. */
export function mentions(filter: Filter, attributeName: string): boolean {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.operands.some((operand) => mentions(operand, attributeName));
    case "not":
      return mentions(filter.operand, attributeName);
    case "present":
    case "compare":
    case "value-path":
      return namesOf(filter.path).includes(attributeName.toLowerCase());
  }
}

/** Behind a URN and a dot, the attribute is still where a sub-attribute would be. */
function namesOf({ schemaUrn, attribute, subAttribute }: AttributePath): readonly string[] {
  const names = schemaUrn === undefined ? [attribute] : [attribute, subAttribute ?? attribute];
  return names.map((name) => name.toLowerCase());
}
