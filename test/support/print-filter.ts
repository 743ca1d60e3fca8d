/** From the syntax tree of a filter back to its text. */

import type { Filter } from "../../src/scim/filter/ast.ts";
import { printAttributePath } from "../../src/scim/filter/attribute-path.ts";

/**
 * The filter as text, with parentheses only where the tree would be another one without them: `parseFilter`
 * gives an equal tree back.
 */
export function printFilter(filter: Filter): string {
  if (filter.kind === "and" || filter.kind === "or") return printChain(filter.kind, filter.operands);
  if (filter.kind === "not") return `not (${printFilter(filter.operand)})`;
  const path = printAttributePath(filter.path);
  if (filter.kind === "value-path") return `${path}[${printFilter(filter.filter)}]`;
  if (filter.kind === "present") return `${path} pr`;
  return `${path} ${filter.operator} ${JSON.stringify(filter.value)}`;
}

/** `and` binds more tightly than `or`; a chain within its like was written with parentheses. */
function printChain(kind: "and" | "or", operands: readonly Filter[]): string {
  const loose = kind === "and" ? ["and", "or"] : ["or"];
  const printed = operands.map((operand) =>
    loose.includes(operand.kind) ? `(${printFilter(operand)})` : printFilter(operand),
  );
  return printed.join(` ${kind} `);
}
