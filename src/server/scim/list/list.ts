/** Lists: filter, order, page (RFC 7644 §3.4.2), of one resource type or of several. */

import { iamHeader, iamVersion } from "../../../astro/address.ts";
import { listResponseHead } from "../../../scim/list/page.ts";
import type { ResourceType } from "../../../scim/schema/attribute.ts";
import type { SearchRequest } from "../../../scim/list/search-request.ts";
import { Work, workOfList } from "../../../scim/work.ts";
import type { ServerRequest, ServerResponse } from "../../api/message.ts";
import type { Organization } from "../organization.ts";
import { shownText } from "../answer.ts";
import { readListQuery } from "./list-query.ts";
import { readPaging } from "./paging.ts";
import { inPieces, resourcePieces } from "../pieces.ts";
import { selectPage, type Selected } from "./select.ts";

/**
 * @throws ScimError invalidFilter, invalidValue; tooMany where the filter takes too much work; of cursors invalidCursor,
 *   expiredCursor, invalidCount
 */
export async function listResources(
  types: readonly ResourceType[],
  organization: Organization,
  search: SearchRequest,
  request: Pick<ServerRequest, "isAbandoned">,
): Promise<ServerResponse> {
  const [only, ...others] = types;
  const short =
    only !== undefined && others.length === 0
      ? await organization.shortcuts?.list(only, organization, search)
      : undefined;
  const answer = short ?? (await listInFull(types, organization, search, request));
  return { ...answer, headers: hasIam };
}

const hasIam = { [iamHeader]: iamVersion };

async function listInFull(
  types: readonly ResourceType[],
  organization: Organization,
  search: SearchRequest,
  { isAbandoned }: Pick<ServerRequest, "isAbandoned">,
): Promise<ServerResponse> {
  const queries = readListQuery(types, search, organization);
  const { window, count } = readPaging(types, search, organization);
  const account = { work: new Work(workOfList), isAbandoned };
  const selection = await selectPage(queries, organization, window, account);
  const { placed } = selection;
  const head = listResponseHead(count(selection));
  if (placed.some(isTeamWithMembers)) {
    return { status: 200, ...(await inPieces(listPieces(head, placed, organization), organization)) };
  }
  const shown = placed.map(({ query, resource }) => shownText(query.projection, resource, organization));
  return { status: 200, text: `${head}${shown.join(",")}]}` };
}

function isTeamWithMembers({ query }: Selected): boolean {
  return query.type.name === "Group" && query.showsRelated;
}

async function* listPieces(
  head: string,
  placed: readonly Selected[],
  organization: Organization,
): AsyncGenerator<string> {
  yield head;
  for (const [at, { query, resource }] of placed.entries()) {
    if (at > 0) yield ",";
    yield* resourcePieces(query.projection, resource, organization);
  }
  yield "]}";
}
