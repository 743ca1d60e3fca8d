/** Looks through the records of one type for a page, without keeping other requests from their turn. */

import { ScimError } from "../../../scim/error.ts";
import { indexableEquality } from "../../../scim/filter/index-key.ts";
import type { ResourceType } from "../../../scim/schema/attribute.ts";
import { comparisonsOf, weightOfText } from "../../../scim/work.ts";
import type { Timers } from "../../../world/world.ts";
import { arrange, cutPage } from "../arrange.ts";
import { compareBy, examinesRelated, indexKeyOf, keyOf, matcherOf } from "../examine.ts";
import type { IndexKey, Order, OrderKey, PageResult, Placed, Query, StoredResource } from "../rows.ts";
import type { ResourceTypeName } from "../resource-type-name.ts";
import type { Contents } from "./contents.ts";
import type { ResourceRecord } from "./record.ts";

/** Comparisons before other requests have their turn: some 2,000 users, looked at for one condition. */
const scanSlice = 40_000;

/** Reading a resource, as comparisons. */
const costOfReading = 16;

const byCreation: Order = { kind: "creation" };

/**
 * The page of the records that match; those that come or go meanwhile may be among them or not.
 * @throws ScimError tooMany; 503 if no client waits for the page any more
 */
export async function queryRecords(
  contents: Contents,
  type: ResourceTypeName,
  query: Query,
  yieldToOthers: Timers["yieldToOthers"],
): Promise<PageResult> {
  const { window, filter, order } = query;
  if (filter === undefined && order === undefined) return cutRecords(contents, type, query);
  const search = searchOf(contents, type, query);
  const kept = await keepMatching(contents, search, query, yieldToOthers);
  // What is under a key has no order of its own.
  if (order === undefined && search.among === undefined && window.kind === "index") {
    const offset = window.startIndex - 1;
    return { totalResults: kept.length, offset, placed: kept.slice(offset, offset + window.count) };
  }
  return { totalResults: kept.length, ...arrange(kept, compareBy(order ?? byCreation), window) };
}

/** Nothing is looked into: of all records only those on the page. */
function cutRecords(contents: Contents, type: ResourceTypeName, query: Query): PageResult {
  const { records } = contents.shelves[type];
  const { window } = query;
  const createdMs = (record: ResourceRecord): number => contents.madeMs + record.createdAfterMs;
  const { offset, placed } =
    window.kind === "index"
      ? { offset: window.startIndex - 1, placed: records.slice(window) }
      : cutPage(records.slice({ startIndex: 1, count: records.size }), window, {
          compare: compareBy(byCreation),
          positionOf: (record) => ({ key: createdMs(record), id: record.id }),
        });
  return {
    totalResults: records.size,
    offset,
    placed: placed.map((record) => ({
      resource: contents.snapshot(type, record, query),
      key: createdMs(record),
    })),
  };
}

/** What a query comes to: who is looked at, and what is asked of each. */
interface Search {
  readonly type: ResourceTypeName;
  /** Only what is under this key is looked at; all records without it. */
  readonly among: IndexKey | undefined;
  readonly matches: ((row: StoredResource) => boolean) | undefined;
  readonly keyOf: (row: StoredResource) => OrderKey;
  readonly comparisons: number;
  readonly examinesRelated: boolean;
}

function searchOf(contents: Contents, typeName: ResourceTypeName, query: Query): Search {
  const { type } = contents.shelves[typeName];
  const { filter, order = byCreation, view } = query;
  const among = keyAmong(type, query);
  const isFound = among !== undefined && filter?.kind === "compare" && contents.isExact(typeName, among);
  return {
    type: typeName,
    among,
    matches: isFound ? undefined : matcherOf(type, query),
    keyOf: keyOf(type, order, view),
    comparisons: comparisonsOf(filter),
    examinesRelated: examinesRelated(type, query),
  };
}

function keyAmong(type: ResourceType, { filter, view }: Query): IndexKey | undefined {
  const equality = filter && indexableEquality(filter, type, view.leniency);
  return equality && indexKeyOf(equality);
}

/** What is related is let go again as soon as it was looked at: 100 Teams may have five million members. */
async function keepMatching(
  contents: Contents,
  search: Search,
  query: Query,
  yieldToOthers: Timers["yieldToOthers"],
): Promise<readonly Placed[]> {
  const { type, matches } = search;
  const { related, account } = query;
  const examined = { related: related || search.examinesRelated };
  const kept: Placed[] = [];
  let spent = 0;
  for (const record of candidates(contents, search)) {
    const resource = contents.snapshot(type, record, examined);
    const cost = costOf(record, resource, search);
    account?.work.spend(cost);
    if (matches === undefined || matches(resource)) {
      const key = search.keyOf(resource);
      const shown = related || !examined.related ? resource : contents.snapshot(type, record, query);
      kept.push({ resource: shown, key });
    }
    spent += cost;
    if (spent < scanSlice) continue;
    spent = 0;
    await yieldToOthers();
    if (account?.isAbandoned() === true) throw new ScimError(503, "the client of this list has disconnected");
  }
  return kept;
}

/** Ids are taken all at once: a Set that grows while it is looked through may have no end. */
function candidates(contents: Contents, { type, among }: Search): Iterable<ResourceRecord> {
  const { records } = contents.shelves[type];
  if (among === undefined) return records.all();
  return [...contents.idsUnder(type, among)].flatMap((id) => records.get(id) ?? []);
}

/** What is related is read, and compared where it is examined. */
function costOf(
  { body }: ResourceRecord,
  { related = [] }: StoredResource,
  { comparisons, examinesRelated: isExamined }: Search,
): number {
  const costOfRelated = related.length * (isExamined ? comparisons : 1);
  return costOfReading + weightOfText(body.length) * comparisons + costOfRelated;
}
