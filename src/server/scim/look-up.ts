/**
 * The list that clients ask for before they write, `filter=userName eq "…"`: what it finds is one resource or none, so
 * that there is nothing to order, and little to read.
 */

import { KnownEqualities } from "../../scim/filter/known-equality.ts";
import { listResponseHead, parsePaging } from "../../scim/page.ts";
import type { ResourceType } from "../../scim/schema/attribute.ts";
import type { SearchRequest } from "../../scim/search-request.ts";
import type { Behaviour } from "../../astro/behaviour/table.ts";
import type { Organization, ServerResponse } from "../message.ts";
import { requestedProjection, shownText, showsRelated } from "./answer.ts";
import { findsExactly, keyOfEquality } from "./equality-index.ts";

/**
 * The answer; undefined for a list that has to be read in full, and where several resources were found.
 * @throws ScimError invalidValue for a page that cannot be
 */
export async function lookUp(
  type: ResourceType,
  organization: Organization,
  search: SearchRequest,
): Promise<ServerResponse | undefined> {
  const { behaviour, store, baseUrl } = organization;
  const equality =
    search.filter === undefined ? undefined : equalitiesOf(type, behaviour).read(search.filter);
  if (equality === undefined || !findsExactly(type, equality)) return undefined;
  const projection = requestedProjection(type, search, behaviour);
  const related = showsRelated(projection);
  // A Team's members are written piece by piece.
  if (related && type.name === "Group") return undefined;
  const { startIndex, count } = parsePaging(search, behaviour);
  const found = await store.find(type.name, keyOfEquality(equality), { related });
  if (found.length > 1) return undefined;
  const shown = found.slice(startIndex - 1, startIndex - 1 + count);
  const head = listResponseHead({ totalResults: found.length, startIndex, itemsPerPage: shown.length });
  return {
    status: 200,
    text: `${head}${shown.map((one) => shownText(projection, one, baseUrl)).join(",")}]}`,
  };
}

/** Whether nothing is asked for but a filter, and perhaps a page of it. */
export function isLookUp({ filter, sortBy, sortOrder, cursor }: SearchRequest): boolean {
  return filter !== undefined && sortBy === undefined && sortOrder === undefined && cursor === undefined;
}

/** What was understood holds for one server, whose rules do not change. */
const known = new WeakMap<Behaviour, Map<ResourceType, KnownEqualities>>();

function equalitiesOf(type: ResourceType, behaviour: Behaviour): KnownEqualities {
  let ofServer = known.get(behaviour);
  if (ofServer === undefined) known.set(behaviour, (ofServer = new Map()));
  let equalities = ofServer.get(type);
  if (equalities === undefined) ofServer.set(type, (equalities = new KnownEqualities(type, behaviour)));
  return equalities;
}
