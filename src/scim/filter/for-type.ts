/** What is left of a filter over several resource types, of which not each has every attribute. */

import { lenient, type Leniency } from "../leniency.ts";
import type { ResourceType } from "../schema/attribute.ts";
import type { Filter } from "./ast.ts";
import { hasFilterPath } from "./resolve.ts";

/**
 * The filter as it holds for one of some types: an attribute that only others of them have counts as one without a
 * value (RFC 7644 §3.4.2.1). An attribute that none has stays, for `compileFilter` to refuse it.
 */
export function filterForType(
  filter: Filter,
  type: ResourceType,
  types: readonly ResourceType[],
  leniency: Leniency = lenient,
): Filter {
  const narrow = (part: Filter): Filter => {
    switch (part.kind) {
      case "and":
      case "or":
        return { kind: part.kind, operands: part.operands.map(narrow) };
      case "not":
        return { kind: "not", operand: narrow(part.operand) };
      case "present":
      case "compare":
      case "value-path":
        return isOfOthersOnly(part) ? withoutValue(part) : part;
    }
  };
  const isOfOthersOnly = ({ path }: Leaf): boolean =>
    !hasFilterPath(type, path, leniency) && types.some((other) => hasFilterPath(other, path, leniency));
  return types.length === 1 ? filter : narrow(filter);
}

type Leaf = Extract<Filter, { readonly kind: "present" | "compare" | "value-path" }>;

/** Every resource has an id, so that its presence is always true. */
const always: Filter = { kind: "present", path: { attribute: "id" } };
const never: Filter = { kind: "not", operand: always };

/** As `compileComparison` compares an unassigned value, which is null (RFC 7643 §2.5). */
function withoutValue(leaf: Leaf): Filter {
  if (leaf.kind !== "compare") return never;
  const isNull = leaf.value === null;
  if (leaf.operator === "eq") return isNull ? always : never;
  if (leaf.operator === "ne") return isNull ? never : always;
  return never;
}
