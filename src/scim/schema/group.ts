/** The Group resource type (RFC 7643 §4.2); in Astro a Group is a Team. */

import { attribute, type Attribute, type ResourceType, type Schema } from "./attribute.ts";
import { commonAttributes } from "./common.ts";
import { groupSchemaUrn } from "../urn.ts";

export const membersAttribute: Attribute = attribute("members", "The users that belong to the group.", {
  type: "complex",
  multiValued: true,
  subAttributes: [
    attribute("value", "Identifier of the member.", { caseExact: true, mutability: "immutable" }),
    attribute("$ref", "URI of the member.", {
      type: "reference",
      caseExact: true,
      mutability: "immutable",
      referenceTypes: ["User"],
    }),
    attribute("type", "Kind of the member.", { mutability: "immutable", canonicalValues: ["User"] }),
    attribute("display", "Name of the member, for display.", { mutability: "readOnly" }),
  ],
});

export const groupSchema: Schema = {
  id: groupSchemaUrn,
  name: "Group",
  description: "Group",
  attributes: [
    attribute("displayName", "Name of the group; in Astro, of the Team.", {
      required: true,
      uniqueness: "server",
    }),
    membersAttribute,
  ],
};

export const groupResourceType: ResourceType = {
  name: "Group",
  endpoint: "/Groups",
  description: "Group",
  schema: groupSchema,
  extensions: [],
  commonAttributes,
};
