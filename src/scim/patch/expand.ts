/** An operation on a whole resource or a whole extension, as one edit for each attribute in its value. */

import { isJsonObject, type JsonObject } from "../../ground/json.ts";
import { bodyLimits } from "../body-limits.ts";
import { ScimError } from "../error.ts";
import { unknownName } from "../unknown-names.ts";
import type { Attribute } from "../schema/attribute.ts";
import { namedTwice, valueNamed } from "../value/value-named.ts";
import { costOfPath } from "../work.ts";
import { buildEdit, isReadOnly } from "./build-edit.ts";
import type { Dialect } from "./dialect.ts";
import type { AttributeTarget, Edit, EditTarget, ExtensionTarget } from "./edit.ts";
import type { Operation } from "./operation.ts";
import { targetOfName } from "./target.ts";

/**
 * The edits of an operation without a path (RFC 7644 §3.5.2.1, §3.5.2.3). Attributes that are not named keep
 * their values. Deviation: read-only attributes are ignored, as in a PUT: Okta repeats the `id` of the group it
 * renames (Okta: SCIM 2.0, update a group).
 * @throws ScimError noTarget for a removal; what `buildEdit` throws.
 */
export function expandResource(dialect: Dialect, operation: Operation): readonly Edit[] {
  if (operation.op === "remove") throw new ScimError("noTarget", "remove needs a path.");
  if (!isJsonObject(operation.value)) {
    throw new ScimError("invalidValue", "Without a path the value must be an object of attributes.");
  }
  return expandNames(dialect, operation.value, "", operation);
}

/** The edits of an operation on one target, whether a path or a name led to it. */
export function expandTarget(dialect: Dialect, target: EditTarget, operation: Operation): readonly Edit[] {
  if (target.attribute === undefined) return expandExtension(dialect, target, operation);
  const { cleared, value } = splitParts(target, operation);
  const edits = cleared.map((subAttribute) =>
    buildEdit({ ...target, subAttribute }, { ...operation, value: null }, dialect.leniency),
  );
  const isAllCleared = cleared.length > 0 && isJsonObject(value) && Object.keys(value).length === 0;
  const rest = isAllCleared ? undefined : buildEdit(target, { ...operation, value }, dialect.leniency);
  return [...edits, rest].filter((edit) => edit !== undefined);
}

/**
 * The parts of one complex value that a replace sets to null, which takes them away and no other (RFC 7643 §2.5, RFC 7644
 * §3.5.2.3), and the value without them. Who is referred to stands and falls with its `value`.
 */
function splitParts(
  { attribute, subAttribute, valueFilter }: AttributeTarget,
  { op, value }: Operation,
): { readonly cleared: readonly Attribute[]; readonly value: unknown } {
  const isWhole = subAttribute === undefined && valueFilter === undefined && !attribute.multiValued;
  if (op !== "replace" || !isWhole || !isJsonObject(value)) return { cleared: [], value };
  const cleared = attribute.subAttributes.filter(({ name }) => valueNamed(value, name) === null);
  if (cleared.some(({ name }) => name === "value")) return { cleared: [], value };
  const names = new Set(cleared.map(({ name }) => name.toLowerCase()));
  const rest = Object.entries(value).filter(([name]) => !names.has(name.toLowerCase()));
  return { cleared, value: Object.fromEntries(rest) };
}

/** An extension is removed as a whole, by null too; otherwise it is taken apart. */
function expandExtension(dialect: Dialect, target: ExtensionTarget, operation: Operation): readonly Edit[] {
  const { op, value } = operation;
  const urn = target.extension.id;
  if (op === "remove" || (op === "replace" && value === null)) return [{ op: "remove", target }];
  if (value === null) return [];
  if (isJsonObject(value)) return expandNames(dialect, value, `${urn}:`, operation);
  throw new ScimError("invalidValue", `${urn} must be an object.`);
}

function expandNames(
  dialect: Dialect,
  values: JsonObject,
  prefix: string,
  operation: Operation,
): readonly Edit[] {
  const names = Object.keys(values);
  refuseNames(names);
  const { readOnlyInPatch, unknownAttributes } = dialect.leniency;
  return names.flatMap((name) => {
    dialect.work.spend(costOfPath(name));
    const target = targetOfName(dialect, { prefix, name, op: operation.op });
    if (target === undefined) {
      if (unknownAttributes === "refuse") throw unknownName(prefix, name, dialect.type.schema.attributes);
      return [];
    }
    const isIgnored = readOnlyInPatch === "ignore" && target.attribute !== undefined && isReadOnly(target);
    if (isIgnored) return [];
    return expandTarget(dialect, target, { op: operation.op, path: name, value: values[name] });
  });
}

function refuseNames(names: readonly string[]): void {
  if (names.length > bodyLimits.maxNames) {
    throw new ScimError("invalidValue", `A value has at most ${bodyLimits.maxNames} attributes.`);
  }
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase())) throw namedTwice(JSON.stringify(name.slice(0, 100)));
    seen.add(name.toLowerCase());
  }
}
