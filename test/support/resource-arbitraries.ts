/** Random resources and random PATCH operations that the schemas allow, made from the schemas' own tables. */

import fc from "fast-check";
import type { JsonObject } from "../../src/ground/json.ts";
import type { Attribute } from "../../src/scim/schema/attribute.ts";
import { enterpriseUserSchema } from "../../src/scim/schema/enterprise-user.ts";
import { userSchema } from "../../src/scim/schema/user.ts";

/** An attribute of a user, and where a PATCH finds it. */
export interface Place {
  /** As the path of an operation. */
  readonly path: string;
  readonly attribute: Attribute;
  /** Whether it holds what the attribute holds, or one part of it. */
  readonly isPart: boolean;
}

const core = placesOf(userSchema.attributes, "");
const extension = placesOf(enterpriseUserSchema.attributes, `${enterpriseUserSchema.id}:`);

/** Every attribute of a user that a client can set and unset, and every part of those that have one value. */
export const places: readonly Place[] = [...core, ...extension];

// Few letters, so that values often are the same, or the same in another case.
const text = fc.constantFrom("a", "A", "b", "B", "é", "", "a b");

/** A value of an attribute: of a multi-valued one a list. */
export function valueOf(attribute: Attribute): fc.Arbitrary<unknown> {
  return attribute.multiValued
    ? fc.array(oneValueOf(attribute), { minLength: 1, maxLength: 4 })
    : oneValueOf(attribute);
}

/** One value, with some of its parts. */
export function oneValueOf({ type, subAttributes }: Attribute): fc.Arbitrary<unknown> {
  switch (type) {
    case "complex": {
      const parts = subAttributes.filter(isWritable).map((sub) => [sub.name, valueOf(sub)] as const);
      return fc.record(Object.fromEntries(parts), { requiredKeys: [] });
    }
    case "boolean":
      return fc.boolean();
    case "dateTime":
      return fc.constantFrom("2026-01-31T12:00:00Z", "2026-01-31T13:00:00+01:00");
    case "integer":
    case "decimal":
      return fc.integer();
    case "binary":
      return fc.constantFrom("YQ==", "Yg==");
    case "string":
    case "reference":
      return text;
  }
}

/** The body of a user with a userName and some of all other attributes. */
export const userBody: fc.Arbitrary<JsonObject> = fc
  .tuple(bodyOf(userSchema.attributes), bodyOf(enterpriseUserSchema.attributes), fc.boolean())
  .map(([own, extended, isExtended]) => ({
    ...own,
    ...(isExtended ? { [enterpriseUserSchema.id]: extended } : {}),
    userName: "ada@example.com",
  }));

/** An operation of a PATCH on one attribute, on a part of it, or on the values that a filter chooses. */
export const operation: fc.Arbitrary<JsonObject> = fc
  .constantFrom(...places)
  .chain((place) => fc.oneof(onWhole(place), ...(place.attribute.multiValued ? [onChosen(place)] : [])));

function onWhole({ path, attribute }: Place): fc.Arbitrary<JsonObject> {
  return fc.oneof(
    fc.constant({ op: "remove", path }),
    valueOf(attribute).chain((value) =>
      fc.constantFrom({ op: "add", path, value }, { op: "replace", path, value }),
    ),
  ) as fc.Arbitrary<JsonObject>;
}

function onChosen({ path, attribute }: Place): fc.Arbitrary<JsonObject> {
  const filter = fc.constantFrom(
    'type eq "a"',
    "primary eq true",
    'type eq "b" and not (display pr)',
    "type pr",
  );
  const sub = fc.constantFrom(...attribute.subAttributes.filter(isWritable));
  return filter.chain((chosen) =>
    fc.oneof(
      fc.constant({ op: "remove", path: `${path}[${chosen}]` }),
      sub.map(({ name }) => ({ op: "remove", path: `${path}[${chosen}].${name}` })),
      sub.chain((one) =>
        valueOf(one).map((value) => ({ op: "replace", path: `${path}[${chosen}].${one.name}`, value })),
      ),
      oneValueOf(attribute).map((value) => ({ op: "replace", path: `${path}[${chosen}]`, value })),
    ),
  ) as fc.Arbitrary<JsonObject>;
}

function bodyOf(attributes: readonly Attribute[]): fc.Arbitrary<JsonObject> {
  const values = attributes.filter(isSettable).map((one) => [one.name, valueOf(one)] as const);
  return fc.record(Object.fromEntries(values), { requiredKeys: [] }) as fc.Arbitrary<JsonObject>;
}

function placesOf(attributes: readonly Attribute[], prefix: string): readonly Place[] {
  return attributes.filter(isSettable).flatMap((attribute) => {
    const path = prefix + attribute.name;
    const parts = attribute.multiValued ? [] : attribute.subAttributes.filter(isWritable);
    return [
      { path, attribute, isPart: false },
      ...parts.map((part) => ({ path: `${path}.${part.name}`, attribute: part, isPart: true })),
    ];
  });
}

/** Neither read-only, nor forgotten at once; nor what every user must have. */
function isSettable(attribute: Attribute): boolean {
  return isWritable(attribute) && !attribute.required;
}

function isWritable({ mutability }: Attribute): boolean {
  return mutability === "readWrite" || mutability === "immutable";
}
