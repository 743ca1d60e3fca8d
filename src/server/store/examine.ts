/**
 * What a query means for one row: whether its filter keeps it, and what it is ordered by. A store that can only look
 * needs nothing else; one that has indexes puts it behind what they answer.
 */

import { compileFilter } from "../../scim/filter/evaluate.ts";
import type { IndexableEquality, IndexedAttribute } from "../../scim/filter/index-key.ts";
import { mentions } from "../../scim/filter/mentions.ts";
import type { ResourceType } from "../../scim/schema/attribute.ts";
import { compareSortKeys, keyOfSort, sortsBy } from "../../scim/list/sort.ts";
import { present, relatedAttributeName } from "./present.ts";
import type { IndexKey, Order, OrderKey, Query, StoredResource, View } from "./rows.ts";

export type CompareKeys = (a: OrderKey, b: OrderKey) => number;

/** Undefined where there is no filter. @throws ScimError invalidFilter */
export function matcherOf(
  type: ResourceType,
  { filter, view }: Pick<Query, "filter" | "view">,
): ((row: StoredResource) => boolean) | undefined {
  if (filter === undefined) return undefined;
  const keeps = compileFilter(filter, type, view.leniency);
  return (row) => keeps(present(type, row, view.baseUrl));
}

/** What of a row an order counts. */
export function keyOf(
  type: ResourceType,
  order: Order,
  { leniency, baseUrl }: View,
): (row: StoredResource) => OrderKey {
  if (order.kind === "creation") return ({ createdMs }) => createdMs;
  const key = keyOfSort(order.sort, type, leniency);
  if (key === undefined) return () => undefined;
  return (row) => {
    const value = key(present(type, row, baseUrl));
    return typeof value === "string" ? value.slice(0, order.maxKeyLength) : value;
  };
}

/** Which of two keys comes first. */
export function compareBy(order: Order): CompareKeys {
  return order.kind === "creation" ? (a, b) => Number(a) - Number(b) : compareSortKeys(order.sort);
}

/** Whether members, or groups, are filtered on or sorted by. */
export function examinesRelated(
  type: ResourceType,
  { filter, order }: Pick<Query, "filter" | "order">,
): boolean {
  const name = relatedAttributeName(type);
  if (order?.kind === "attribute" && sortsBy(order.sort, type, name)) return true;
  return filter !== undefined && mentions(filter, name);
}

/** What an equality looks for, as the port names it. */
export function indexKeyOf({ attribute, key }: IndexableEquality): IndexKey {
  return { index: indexNames[attribute], key };
}

const indexNames: Readonly<Record<IndexedAttribute, IndexKey["index"]>> = {
  id: "id",
  userName: "userName",
  externalId: "externalId",
  "emails.value": "email",
  displayName: "displayName",
  "members.value": "member",
};
