/** Lists: filter, order, page (RFC 7644 §3.4.2). What an index can answer is not scanned for. */

import type { Filter } from "../../scim/filter/ast.ts";
import { compileFilter } from "../../scim/filter/evaluate.ts";
import {
  indexableEquality,
  type IndexableEquality,
  type IndexedAttribute,
} from "../../scim/filter/index-key.ts";
import { mentions } from "../../scim/filter/mentions.ts";
import { parseFilter } from "../../scim/filter/parse.ts";
import { listResponseText, parsePaging, type Paging } from "../../scim/page.ts";
import type { ResourceType } from "../../scim/schema/attribute.ts";
import { parseSort } from "../../scim/sort.ts";
import { defaultCount, maxResults } from "../behaviour.ts";
import type { Organization, ServerRequest, ServerResponse } from "../message.ts";
import type { IndexKey, PageResult, StoredResource } from "../store/store.ts";
import { projectionOf, shownText, showsRelated } from "./answer.ts";
import { present, relatedAttributeName } from "./present.ts";

interface ListQuery {
  readonly filter: Filter | undefined;
  readonly paging: Paging;
  readonly order: ((a: StoredResource, b: StoredResource) => number) | undefined;
  /** Whether members, or groups, are shown, filtered on or sorted by. */
  readonly related: boolean;
}

export async function listResources(
  type: ResourceType,
  organization: Organization,
  request: ServerRequest,
): Promise<ServerResponse> {
  const { baseUrl } = organization;
  const projection = projectionOf(type, request);
  const query = readQuery(type, request, baseUrl, showsRelated(projection));
  const { totalResults, resources } = await select(type, organization, query);
  const { startIndex } = query.paging;
  const shown = resources.map((stored) => shownText(projection, stored, baseUrl));
  return { status: 200, text: listResponseText({ totalResults, startIndex, resources: shown }) };
}

function readQuery(type: ResourceType, { query }: ServerRequest, baseUrl: string, shown: boolean): ListQuery {
  const text = query.get("filter");
  const filter = text === null ? undefined : parseFilter(text, { lenient: true });
  const sorting = { sortBy: query.get("sortBy"), sortOrder: query.get("sortOrder") };
  const paging = {
    startIndex: query.get("startIndex") ?? undefined,
    count: query.get("count") ?? undefined,
  };
  return {
    filter,
    paging: parsePaging(paging, { defaultCount, maxCount: maxResults }),
    order: parseSort(sorting, type, (stored: StoredResource) => present(type, stored, baseUrl)),
    related: shown || (filter !== undefined && mentions(filter, relatedAttributeName(type))),
  };
}

async function select(type: ResourceType, organization: Organization, query: ListQuery): Promise<PageResult> {
  const { filter, paging, order, related } = query;
  const { store, baseUrl } = organization;
  const equality = filter && indexableEquality(filter, type);
  const matches = isWholeFilter(filter, equality) ? undefined : matching(type, filter, baseUrl);
  if (equality === undefined) {
    return store.scan(type.name, { ...paging, related, matches, order });
  }
  const key: IndexKey = { index: indexNames[equality.attribute], key: equality.key };
  const found = await store.find(type.name, key, { related });
  const kept = matches === undefined ? found : found.filter(matches);
  const ordered = order === undefined ? kept : kept.toSorted(order);
  const from = paging.startIndex - 1;
  return { totalResults: ordered.length, resources: ordered.slice(from, from + paging.count) };
}

/** Whether what the index finds meets the filter already; under an e-mail address it may find others, too. */
function isWholeFilter(filter: Filter | undefined, equality: IndexableEquality | undefined): boolean {
  return filter?.kind === "compare" && equality !== undefined && equality.attribute !== "emails.value";
}

function matching(
  type: ResourceType,
  filter: Filter | undefined,
  baseUrl: string,
): ((stored: StoredResource) => boolean) | undefined {
  if (filter === undefined) return undefined;
  const keeps = compileFilter(filter, type);
  return (stored) => keeps(present(type, stored, baseUrl));
}

const indexNames: Readonly<Record<IndexedAttribute, IndexKey["index"]>> = {
  id: "id",
  userName: "userName",
  externalId: "externalId",
  "emails.value": "email",
  displayName: "displayName",
  "members.value": "member",
};
