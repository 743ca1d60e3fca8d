/** Schemas as data: what RFC 7643 §7 says of an attribute, and how one is found by name. */

export type AttributeType =
  | "string"
  | "boolean"
  | "decimal"
  | "integer"
  | "dateTime"
  | "reference"
  | "binary"
  | "complex";

/** One attribute of a schema, with every characteristic of RFC 7643 §2.2 and §7. */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: "readOnly" | "readWrite" | "immutable" | "writeOnly";
  readonly returned: "always" | "never" | "default" | "request";
  readonly uniqueness: "none" | "server" | "global";
  readonly description: string;
  readonly canonicalValues: readonly string[];
  readonly referenceTypes: readonly string[];
  /** Empty unless `type` is `complex`. */
  readonly subAttributes: readonly Attribute[];
}

/** A schema: its URN and its attributes (RFC 7643 §7). */
export interface Schema {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

/** A kind of resource with its endpoint and its schemas (RFC 7643 §6). */
export interface ResourceType {
  readonly name: "User" | "Group";
  readonly endpoint: "/Users" | "/Groups";
  readonly description: string;
  readonly schema: Schema;
  readonly extensions: readonly Schema[];
  /** `id`, `externalId`, `meta` and `schemas`, which every resource has (RFC 7643 §3.1). */
  readonly commonAttributes: readonly Attribute[];
}

/** An attribute with the defaults of RFC 7643 §2.2; name only what departs from them. */
export function attribute(
  name: string,
  description: string,
  characteristics: Partial<Omit<Attribute, "name" | "description">> = {},
): Attribute {
  return {
    name,
    type: "string",
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: "readWrite",
    returned: "default",
    uniqueness: "none",
    canonicalValues: [],
    referenceTypes: [],
    subAttributes: [],
    ...characteristics,
    description,
  };
}

const byName = new WeakMap<readonly Attribute[], ReadonlyMap<string, Attribute>>();

/** Finds an attribute in a list by its name, without regard to case (RFC 7643 §2.1). */
export function findByName(attributes: readonly Attribute[], name: string): Attribute | undefined {
  let index = byName.get(attributes);
  if (index === undefined) {
    // Under its own spelling, too, which is the one that most clients use.
    index = new Map(
      attributes.flatMap((one) => [
        [one.name.toLowerCase(), one],
        [one.name, one],
      ]),
    );
    byName.set(attributes, index);
  }
  return index.get(name) ?? index.get(name.toLowerCase());
}
