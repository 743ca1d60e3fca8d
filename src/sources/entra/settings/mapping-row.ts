/** One row of the attribute mappings, from the form of Microsoft Graph into that of the settings. */

import type { EntraMapping } from "../../../directory/entra-app-settings.ts";
import type { AttributeMapping } from "../../../management/graph/synchronization-schema.ts";

export function mappingRow(row: AttributeMapping): EntraMapping {
  const { defaultValue, matchingPriority } = row;
  return {
    target: row.targetAttributeName,
    source: sourceOf(row),
    applies: row.flowType === "ObjectAddOnly" ? "only-during-creation" : "always",
    // An empty default is none: the console writes it for a field that is left empty.
    ...(defaultValue == null || defaultValue === "" ? {} : { defaultIfNull: defaultValue }),
    ...(matchingPriority != null && matchingPriority > 0 ? { matching: matchingPriority } : {}),
  };
}

/** The text of the source as people know it: `[mail]`, an expression, a constant in quotes. */
export function sourceText({ source }: AttributeMapping): string {
  return source?.expression ?? source?.name ?? "";
}

/**
 * `source` null is mapping type None (Microsoft Graph: objectMapping, example). The name of an Attribute is the attribute, that
 * of a Constant its value; of a Function the expression has everything.
 */
function sourceOf({ source }: AttributeMapping): EntraMapping["source"] {
  if (source == null) return { kind: "none" };
  const { name, expression } = source;
  switch (source.type ?? "Attribute") {
    case "Constant":
      return { kind: "constant", value: name ?? withoutQuotes(expression ?? "") };
    case "Function":
      return { kind: "expression", text: expression ?? `${name ?? ""}()` };
    default: {
      const attribute = name ?? withoutBrackets(expression ?? "");
      return attribute === "" ? { kind: "none" } : { kind: "direct", attribute };
    }
  }
}

function withoutQuotes(text: string): string {
  return /^"(.*)"$/s.exec(text)?.[1] ?? text;
}

function withoutBrackets(text: string): string {
  return /^\[([^[\]]+)\]$/.exec(text)?.[1] ?? text;
}
