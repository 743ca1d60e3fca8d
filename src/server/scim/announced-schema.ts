/** A schema as this server keeps it: what Schemas announces is what it accepts (RFC 7643 §7). */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import type { Attribute, Schema } from "../../scim/schema/attribute.ts";
import { groupSchema, membersAttribute } from "../../scim/schema/group.ts";
import { userSchema } from "../../scim/schema/user.ts";

export function announcedSchema(schema: Schema, behaviour: Behaviour): Schema {
  if (schema === groupSchema) return announcedGroup(schema, behaviour);
  if (schema === userSchema && behaviour.userNameChange === "refuse") {
    return withChanged(schema, "userName", { mutability: "immutable" });
  }
  return schema;
}

/** What an answer never shows of a Team's members, as paths. */
export function unshownOfMembers({
  memberAttributes,
}: Pick<Behaviour, "memberAttributes">): readonly string[] {
  switch (memberAttributes) {
    case "all":
      return [];
    case "without-display":
      return ["members.display"];
    case "value-only":
      return ["members.display", "members.$ref", "members.type"];
  }
}

function announcedGroup(schema: Schema, behaviour: Behaviour): Schema {
  const named =
    behaviour.existingTeam === "allow" ? withChanged(schema, "displayName", { uniqueness: "none" }) : schema;
  const unshown = new Set(unshownOfMembers(behaviour));
  if (unshown.size === 0) return named;
  const { name, subAttributes } = membersAttribute;
  const shown = subAttributes.filter((one) => !unshown.has(`${name}.${one.name}`));
  return withChanged(named, name, { subAttributes: shown });
}

function withChanged(schema: Schema, name: string, change: Partial<Attribute>): Schema {
  const attributes = schema.attributes.map((one) => (one.name === name ? { ...one, ...change } : one));
  return { ...schema, attributes };
}
