/** What differs between the attributes an object is to have and those that the target has. */

import { readMappedValue } from "../../../astro/mapped-path.ts";
import type { EntraFidelity } from "../../../fidelity/table.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../ground/json.ts";
import { parseJsonText } from "../../../wire/parse-json-text.ts";
import { isSingleRole } from "./app-role-mapping.ts";
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
  const singleRole = changesSingleRole(held, attributes, fidelity);
  return attributes.flatMap((attribute): readonly AttributeChange[] => {
    if (isSingleRole(attribute, fidelity)) return singleRole ? [{ ...attribute, verb: "add" }] : [];
    if (attribute.target.type === "objects") return roleChange(held, attribute);
    const text = textAt(held, attribute);
    if (text !== undefined && attribute.onlyIfEmpty === true) return [];
    if (isSameValue(text, attribute, fidelity.entraTextCompare)) return [];
    return [{ ...attribute, verb: verbFor(text !== undefined, fidelity) }];
  });
}

/** The parts of the one role are sent together: all of them, where one differs. */
function changesSingleRole(
  held: HeldValues,
  attributes: readonly MappedAttribute[],
  fidelity: EntraFidelity,
): boolean {
  const parts = attributes.filter((attribute) => isSingleRole(attribute, fidelity));
  const isHeld = parts.every((part) =>
    part.target.type === "objects"
      ? roleChange(held, part).length === 0
      : isSameValue(textAt(held, part), part, fidelity.entraTextCompare),
  );
  const [role] = parts[0]?.appRoles ?? [];
  return !isHeld && !rolesAt(held, "roles").some(({ value }) => nameInText(value) === role?.value);
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
  const { row, value, target } = attribute;
  if (typeof value !== "object") return [];
  const wanted = new Set(value.map((role) => roleName(role)));
  const there = new Set(rolesIn(held, target.path.text));
  const isComplete = [...wanted].every((role) => there.has(role));
  if (isComplete && (!row.isAssertive || there.size === wanted.size)) return [];
  return [{ ...attribute, verb: row.isAssertive ? "replace" : "add" }];
}

/** By their values. */
function rolesIn(held: HeldValues, path: string): readonly string[] {
  return rolesAt(held, path).map(roleName);
}

function rolesAt(held: HeldValues, path: string): readonly JsonObject[] {
  const roles = held.kind === "answered" ? held.body[path] : held.values[path];
  return isJsonArray(roles) ? roles.filter(isJsonObject) : [];
}

function roleName({ value }: JsonObject): string {
  return nameInText(value) ?? (typeof value === "string" ? value : JSON.stringify(value ?? null));
}

/** Inferred: what the target has as the JSON text of a legacy PATCH is the role that the text names. */
function nameInText(value: JsonValue | undefined): string | undefined {
  const role = typeof value === "string" && value.startsWith("{") ? parseJsonText(value) : undefined;
  const named = isJsonObject(role) ? role["value"] : undefined;
  return typeof named === "string" ? named : undefined;
}
