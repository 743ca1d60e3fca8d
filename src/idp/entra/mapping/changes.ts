/** What differs between the attributes an object is to have and those that the target has. */

import { readMappedValue } from "../../../astro/mapped-path.ts";
import type { EntraFidelity } from "../../../fidelity/table.ts";
import { isJsonArray, isJsonObject, type JsonObject } from "../../../ground/json.ts";
import { isSameValue, valueText, type MappedValue } from "./mapped-value.ts";
import type { MappedAttribute } from "./mapping.ts";
import type { AttributeChange } from "../jobs/operations.ts";

/** What the target has: as it answered just now, or as Entra remembers it. */
export type HeldValues =
  | { readonly kind: "answered"; readonly body: JsonObject }
  | { readonly kind: "remembered"; readonly values: Readonly<Record<string, MappedValue>> };

/**
 * The changes that make the target's object what it is to be (Microsoft: How provisioning works: attributes are compared,
 * equal ones are not sent).
 */
export function changesTo(
  held: HeldValues,
  attributes: readonly MappedAttribute[],
  fidelity: EntraFidelity,
): readonly AttributeChange[] {
  return attributes.flatMap((attribute): readonly AttributeChange[] => {
    if (attribute.target.type === "objects") return roleChange(held, attribute);
    const text = textAt(held, attribute);
    if (isSameValue(text, attribute, fidelity.entraTextCompare)) return [];
    return [{ ...attribute, verb: verbFor(text !== undefined, fidelity) }];
  });
}

/** What the target has once the attributes are there, as Entra remembers it. */
export function rememberedValues(
  attributes: readonly MappedAttribute[],
  before: Readonly<Record<string, MappedValue>> = {},
): Readonly<Record<string, MappedValue>> {
  return {
    ...before,
    ...Object.fromEntries(attributes.map(({ target, value }) => [target.path.text, value])),
  };
}

function textAt(held: HeldValues, { target }: MappedAttribute): string | undefined {
  if (held.kind === "answered") return readMappedValue(held.body, target.path);
  const { text } = target.path;
  const value = Object.hasOwn(held.values, text) ? held.values[text] : undefined;
  return value === undefined ? undefined : valueText(value);
}

function verbFor(isPresent: boolean, { entraPatchVerb }: EntraFidelity): AttributeChange["verb"] {
  if (entraPatchVerb !== "presence") return entraPatchVerb;
  return isPresent ? "replace" : "add";
}

/** Roles are added to those of the target, or replace them (Microsoft: Customize attribute mappings, roles). */
function roleChange(held: HeldValues, attribute: MappedAttribute): readonly AttributeChange[] {
  const { row, value } = attribute;
  if (typeof value !== "object") return [];
  const wanted = value.map(({ value: role }) => JSON.stringify(role ?? null));
  const there = rolesIn(held, attribute);
  const isComplete = wanted.every((role) => there.includes(role));
  if (isComplete && (!row.isAssertive || there.length === wanted.length)) return [];
  return [{ ...attribute, verb: row.isAssertive ? "replace" : "add" }];
}

function rolesIn(held: HeldValues, { target }: MappedAttribute): readonly string[] {
  const roles = held.kind === "answered" ? held.body[target.path.attribute] : held.values[target.path.text];
  return isJsonArray(roles)
    ? roles.flatMap((role) => (isJsonObject(role) ? [JSON.stringify(role["value"] ?? null)] : []))
    : [];
}
