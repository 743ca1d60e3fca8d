/** What a list asks of each resource type: checked and compiled before anything is looked at. */

import type { Filter } from "../../scim/filter/ast.ts";
import { filterForType } from "../../scim/filter/for-type.ts";
import { mentions } from "../../scim/filter/mentions.ts";
import { parseFilter } from "../../scim/filter/parse.ts";
import type { Projection } from "../../scim/project.ts";
import type { ResourceType } from "../../scim/schema/attribute.ts";
import type { SearchRequest } from "../../scim/search-request.ts";
import { parseSort, sortsBy } from "../../scim/sort.ts";
import type { Organization } from "./organization.ts";
import type { Order, OrderKey } from "../store/store.ts";
import { requestedProjection, showsRelated } from "./answer.ts";
import { present, relatedAttributeName } from "./present.ts";

/** A list as one resource type sees it. */
export interface TypeQuery {
  readonly type: ResourceType;
  readonly projection: Projection;
  /** Whether members, or groups, are shown. */
  readonly showsRelated: boolean;
  /** Whether members, or groups, are filtered on or sorted by. */
  readonly examinesRelated: boolean;
  readonly filter: Filter | undefined;
  readonly order: Order | undefined;
}

/**
 * One query for each type of an endpoint; the orders of all of them compare alike.
 * @throws ScimError invalidFilter, or invalidValue for an order that cannot be.
 */
export function readListQuery(
  types: readonly ResourceType[],
  search: SearchRequest,
  { baseUrl, behaviour }: Pick<Organization, "baseUrl" | "behaviour">,
): readonly TypeQuery[] {
  const filter = search.filter === undefined ? undefined : parseFilter(search.filter, behaviour);
  const sort = parseSort(search, types, behaviour);
  const keyToKeep = search.cursor === undefined ? wholeKey : shortKey;
  return types.map((type) => {
    const projection = requestedProjection(type, search, behaviour);
    const related = relatedAttributeName(type);
    const filterOfType = filter && filterForType(filter, type, types, behaviour);
    return {
      type,
      projection,
      showsRelated: showsRelated(projection),
      examinesRelated:
        sortsBy(search, type, related) || (filterOfType !== undefined && mentions(filterOfType, related)),
      filter: filterOfType,
      order: sort && {
        keyOf: (stored) => keyToKeep(sort.keyOf(present(type, stored, baseUrl), type)),
        compare: sort.compare,
      },
    };
  });
}

function wholeKey(key: OrderKey): OrderKey {
  return key;
}

/** A cursor holds the key, and has to fit into a URL: texts that begin alike for longer are ordered by their ids. */
function shortKey(key: OrderKey): OrderKey {
  return typeof key === "string" ? key.slice(0, maxKeyLength) : key;
}

const maxKeyLength = 200;
