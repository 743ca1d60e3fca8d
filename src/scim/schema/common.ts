/** The attributes that every resource has (RFC 7643 §3.1) and the shape that multi-valued ones share (§2.4). */

import { attribute, type Attribute } from "./attribute.ts";

export const commonAttributes: readonly Attribute[] = [
  attribute("schemas", "URNs of the schemas that this resource uses.", {
    type: "reference",
    multiValued: true,
    required: true,
    caseExact: true,
    returned: "always",
    referenceTypes: ["uri"],
  }),
  attribute("id", "Identifier given by the service provider.", {
    caseExact: true,
    mutability: "readOnly",
    returned: "always",
    uniqueness: "server",
  }),
  attribute("externalId", "Identifier given by the provisioning client.", { caseExact: true }),
  attribute("meta", "What the service provider knows about the resource.", {
    type: "complex",
    mutability: "readOnly",
    subAttributes: [
      attribute("resourceType", "Name of the resource type.", { caseExact: true, mutability: "readOnly" }),
      attribute("created", "When the resource was created.", { type: "dateTime", mutability: "readOnly" }),
      attribute("lastModified", "When the resource last changed.", {
        type: "dateTime",
        mutability: "readOnly",
      }),
      attribute("location", "URI of the resource.", {
        type: "reference",
        caseExact: true,
        mutability: "readOnly",
        referenceTypes: ["uri"],
      }),
      attribute("version", "Version (entity tag) of the resource.", {
        caseExact: true,
        mutability: "readOnly",
      }),
    ],
  }),
];

/** A multi-valued attribute with `value`, `display`, `type` and `primary` (RFC 7643 §2.4). */
export function plural(
  name: string,
  description: string,
  types: readonly string[],
  value: Partial<Attribute> = {},
): Attribute {
  return attribute(name, description, {
    type: "complex",
    multiValued: true,
    subAttributes: [
      attribute("value", `The value of this one of the ${name}.`, value),
      attribute("display", "A name for display."),
      attribute("type", "What kind of value this is.", { canonicalValues: types }),
      attribute("primary", "Whether this is the preferred value; at most one is.", { type: "boolean" }),
    ],
  });
}
