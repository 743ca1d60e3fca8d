/** Which attributes a filter speaks of. */

import type { Filter } from "./ast.ts";

/** Whether a filter names an attribute, in any case: a Team's members are not read for a filter that does not ask. */
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
      return filter.path.attribute.toLowerCase() === attributeName.toLowerCase();
  }
}
