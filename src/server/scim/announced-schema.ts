/** A schema as this server keeps it: what Schemas announces is what it accepts (RFC 7643 §7). */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import type { Attribute, Schema } from "../../scim/schema/attribute.ts";
import { groupSchema } from "../../scim/schema/group.ts";
import { userSchema } from "../../scim/schema/user.ts";

export function announcedSchema(schema: Schema, behaviour: Behaviour): Schema {
  if (schema === groupSchema && behaviour.existingTeam === "allow") {
    return withChanged(schema, "displayName", { uniqueness: "none" });
  }
  if (schema === userSchema && behaviour.userNameChange === "refuse") {
    return withChanged(schema, "userName", { mutability: "immutable" });
  }
  return schema;
}

function withChanged(schema: Schema, name: string, change: Partial<Attribute>): Schema {
  const attributes = schema.attributes.map((one) => (one.name === name ? { ...one, ...change } : one));
  return { ...schema, attributes };
}
