/** Which members a filter can select at all, by the ids in it: `members[value eq "id"]`. */

import type { Filter } from "../../scim/filter/ast.ts";

export interface NamedMembers {
  readonly ids: ReadonlySet<string>;
  /** Whether each of these ids meets the whole filter, so that no member needs to be checked. */
  readonly isWhole: boolean;
}

/** Undefined where the filter could keep a member that it does not name by its id. */
export function membersNamedBy(filter: Filter): NamedMembers | undefined {
  switch (filter.kind) {
    case "compare":
      return namedByEquality(filter);
    case "or":
      return namedByAny(filter.operands);
    case "and":
      return namedByFewest(filter.operands);
    case "not":
    case "present":
    case "value-path":
      return undefined;
  }
}

/** The one form that providers send; ids mind case. */
function namedByEquality({
  path,
  operator,
  value,
}: Extract<Filter, { readonly kind: "compare" }>): NamedMembers | undefined {
  const isValue = path.attribute.toLowerCase() === "value" && path.subAttribute === undefined;
  if (!isValue || operator !== "eq" || typeof value !== "string") return undefined;
  return { ids: new Set([value]), isWhole: true };
}

function namedByAny(operands: readonly Filter[]): NamedMembers | undefined {
  const ids = new Set<string>();
  let isWhole = true;
  for (const operand of operands) {
    const named = membersNamedBy(operand);
    if (named === undefined) return undefined;
    for (const id of named.ids) ids.add(id);
    isWhole &&= named.isWhole;
  }
  return { ids, isWhole };
}

function namedByFewest(operands: readonly Filter[]): NamedMembers | undefined {
  let fewest: ReadonlySet<string> | undefined;
  for (const operand of operands) {
    const ids = membersNamedBy(operand)?.ids;
    if (ids !== undefined && (fewest === undefined || ids.size < fewest.size)) fewest = ids;
  }
  return fewest && { ids: fewest, isWhole: false };
}
