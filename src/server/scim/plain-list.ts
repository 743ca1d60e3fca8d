/**
 * The lists that clients ask for all the time, and for which no query has to be made: all resources in their order,
 * page by page, and `filter=userName eq "…"` before each write.
 */

import { KnownEqualities } from "../../scim/filter/known-equality.ts";
import { listResponseHead, parsePaging } from "../../scim/page.ts";
import type { Projection } from "../../scim/project.ts";
import type { ResourceType } from "../../scim/schema/attribute.ts";
import type { SearchRequest } from "../../scim/search-request.ts";
import type { Behaviour } from "../../astro/behaviour/table.ts";
import type { ServerResponse } from "../message.ts";
import type { Organization } from "./organization.ts";
import type { StoredResource } from "../store/store.ts";
import { requestedProjection, shownText, showsRelated } from "./answer.ts";
import { findsExactly, keyOfEquality } from "./equality-index.ts";

/**
 * The answer; undefined for a list that has to be read in full, which answers the same.
 * @throws ScimError invalidValue for a page that cannot be
 */
export async function listPlainly(
  type: ResourceType,
  organization: Organization,
  search: SearchRequest,
): Promise<ServerResponse | undefined> {
  const { sortBy, sortOrder, cursor, filter } = search;
  if (sortBy !== undefined || sortOrder !== undefined || cursor !== undefined) return undefined;
  const projection = requestedProjection(type, search, organization.behaviour);
  // A Team's members are written piece by piece.
  if (type.name === "Group" && showsRelated(projection)) return undefined;
  return filter === undefined
    ? listAll(projection, organization, search)
    : lookUp(projection, organization, { ...search, filter });
}

async function listAll(
  projection: Projection,
  { store, behaviour, baseUrl }: Organization,
  search: SearchRequest,
): Promise<ServerResponse> {
  const { startIndex, count } = parsePaging(search, behaviour);
  const { totalResults, placed } = await store.scan(projection.type.name, {
    window: { kind: "index", startIndex, count },
    matches: undefined,
    order: undefined,
    related: showsRelated(projection),
    examinesRelated: false,
  });
  let text = listResponseHead({ totalResults, startIndex, itemsPerPage: placed.length });
  let separator = "";
  for (const { resource } of placed) {
    text += separator + shownText(projection, resource, baseUrl);
    separator = ",";
  }
  return { status: 200, text: `${text}]}` };
}

/** One resource or none: there is nothing to order. Several are left to whoever reads the list in full. */
async function lookUp(
  projection: Projection,
  { store, behaviour, baseUrl }: Organization,
  search: SearchRequest & { readonly filter: string },
): Promise<ServerResponse | undefined> {
  const { type } = projection;
  const equality = equalitiesOf(type, behaviour).read(search.filter);
  if (equality === undefined || !findsExactly(type, equality)) return undefined;
  const { startIndex, count } = parsePaging(search, behaviour);
  const related = showsRelated(projection);
  const found: readonly StoredResource[] = await store.find(type.name, keyOfEquality(equality), { related });
  if (found.length > 1) return undefined;
  const [shown] = found.slice(startIndex - 1, startIndex - 1 + count);
  const itemsPerPage = shown === undefined ? 0 : 1;
  const head = listResponseHead({ totalResults: found.length, startIndex, itemsPerPage });
  return {
    status: 200,
    text: `${head}${shown === undefined ? "" : shownText(projection, shown, baseUrl)}]}`,
  };
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
