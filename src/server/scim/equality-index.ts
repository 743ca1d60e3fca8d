/** Which index of the store answers an equality, and whether it finds nothing else. */

import type { IndexableEquality, IndexedAttribute } from "../../scim/filter/index-key.ts";
import type { ResourceType } from "../../scim/schema/attribute.ts";
import type { IndexKey } from "../store/store.ts";

export function keyOfEquality({ attribute, key }: IndexableEquality): IndexKey {
  return { index: indexNames[attribute], key };
}

/** Whether all that the index finds meets the equality; under some keys it finds others, too (store/indexes.ts). */
export function findsExactly(type: ResourceType, { attribute }: IndexableEquality): boolean {
  if (attribute === "displayName") return type.name === "Group";
  return attribute !== "emails.value";
}

const indexNames: Readonly<Record<IndexedAttribute, IndexKey["index"]>> = {
  id: "id",
  userName: "userName",
  externalId: "externalId",
  "emails.value": "email",
  displayName: "displayName",
  "members.value": "member",
};
