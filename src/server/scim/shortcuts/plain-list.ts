/**
 * The lists that clients ask for all the time, and for which no query has to be made: all resources in their order,
 * page by page, and `filter=userName eq "…"` before each write.
 */

import { KnownEqualities } from "../../../scim/filter/known-equality.ts";
import { listResponseHead, parsePaging } from "../../../scim/list/page.ts";
import type { Projection } from "../../../scim/project.ts";
import type { ResourceType } from "../../../scim/schema/attribute.ts";
import type { SearchRequest } from "../../../scim/list/search-request.ts";
import type { Behaviour } from "../../../astro/behaviour/table.ts";
import type { ServerResponse } from "../../api/message.ts";
import type { Organization } from "../organization.ts";
import { indexKeyOf } from "../../store/examine.ts";
import { requestedProjection, shownText, showsRelated } from "../answer.ts";

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
  organization: Organization,
  search: SearchRequest,
): Promise<ServerResponse> {
  const { rows, behaviour, baseUrl } = organization;
  const { startIndex, count } = parsePaging(search, behaviour);
  const { totalResults, placed } = await rows.query(projection.type.name, {
    window: { kind: "index", startIndex, count },
    filter: undefined,
    order: undefined,
    related: showsRelated(projection),
    view: { baseUrl, leniency: behaviour },
  });
  let text = listResponseHead({ totalResults, startIndex, itemsPerPage: placed.length });
  let separator = "";
  for (const { resource } of placed) {
    text += separator + shownText(projection, resource, organization);
    separator = ",";
  }
  return { status: 200, text: `${text}]}` };
}

/** One resource or none: there is nothing to order. Several are left to the code that reads the list in full. */
async function lookUp(
  projection: Projection,
  organization: Organization,
  search: SearchRequest & { readonly filter: string },
): Promise<ServerResponse | undefined> {
  const { rows, behaviour } = organization;
  const { type } = projection;
  const equality = equalitiesOf(type, behaviour).read(search.filter);
  if (equality === undefined) return undefined;
  const { startIndex, count } = parsePaging(search, behaviour);
  const related = showsRelated(projection);
  const found = await rows.find(type.name, indexKeyOf(equality), { related });
  if (found.length > 1) return undefined;
  const [shown] = found.slice(startIndex - 1, startIndex - 1 + count);
  const itemsPerPage = shown === undefined ? 0 : 1;
  const head = listResponseHead({ totalResults: found.length, startIndex, itemsPerPage });
  return {
    status: 200,
    text: `${head}${shown === undefined ? "" : shownText(projection, shown, organization)}]}`,
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
