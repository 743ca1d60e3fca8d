/** What a list asks of each resource type: checked and compiled before anything is looked at. */

import type { Filter } from "../../../scim/filter/ast.ts";
import { filterForType } from "../../../scim/filter/for-type.ts";
import { parseFilter } from "../../../scim/filter/parse.ts";
import type { Projection } from "../../../scim/project.ts";
import type { ResourceType } from "../../../scim/schema/attribute.ts";
import type { SearchRequest } from "../../../scim/list/search-request.ts";
import { parseSort } from "../../../scim/list/sort.ts";
import type { Organization } from "../organization.ts";
import type { Order } from "../../store/rows.ts";
import { requestedProjection, showsRelated } from "../answer.ts";

/** A list as one resource type sees it. */
export interface TypeQuery {
  readonly type: ResourceType;
  readonly projection: Projection;
  /** Whether members, or groups, are shown. */
  readonly showsRelated: boolean;
  readonly filter: Filter | undefined;
  readonly order: Order | undefined;
}

/**
 * One query for each type of an endpoint; all of them have the same order.
 * @throws ScimError invalidFilter, or invalidValue for an order that cannot be.
 */
export function readListQuery(
  types: readonly ResourceType[],
  search: SearchRequest,
  { behaviour }: Pick<Organization, "behaviour">,
): readonly TypeQuery[] {
  const filter = search.filter === undefined ? undefined : parseFilter(search.filter, behaviour);
  const sort = parseSort(search, types, behaviour);
  const maxKeyLength = search.cursor === undefined ? undefined : maxCursorKeyLength;
  return types.map((type) => {
    const projection = requestedProjection(type, search, behaviour);
    return {
      type,
      projection,
      showsRelated: showsRelated(projection),
      filter: filter && filterForType(filter, type, types, behaviour),
      order: sort && { kind: "attribute", sort, maxKeyLength },
    };
  });
}

/** A cursor holds the key, and has to fit into a URL: texts that begin alike for longer are ordered by their ids. */
const maxCursorKeyLength = 200;
