/** Looks through all records of one type for a page, without keeping other requests from their turn. */

import { ScimError } from "../../scim/error.ts";
import { weightOfText } from "../../scim/work.ts";
import { turn } from "../turn.ts";
import { arrange, byCreation, cutPage } from "./arrange.ts";
import type { ResourceRecord } from "./record.ts";
import type { Records } from "./records.ts";
import type { IndexKey, Page, PageResult, Placed, ReadOptions, StoredResource } from "./store.ts";

/** The records of one type, and what can be known of one. */
export interface ScanSource {
  readonly records: Records;
  readonly idsUnder: (key: IndexKey) => Iterable<string>;
  /** Milliseconds since 1970. */
  readonly createdMs: (record: ResourceRecord) => number;
  /** The resource that a record holds, as it is now. */
  readonly takeSnapshot: (record: ResourceRecord, options: ReadOptions) => StoredResource;
}

/** Comparisons before other requests have their turn: some 2,000 users, looked at for one condition. */
const scanSlice = 40_000;

/** Reading a resource, as comparisons. */
const costOfReading = 16;

/**
 * The page of the records that match; those that come or go meanwhile may be among them or not.
 * @throws ScimError tooMany; 503 where nobody waits for the page any more
 */
export async function scanRecords(source: ScanSource, page: Page): Promise<PageResult> {
  const { window, matches, order, among } = page;
  if (matches === undefined && order === undefined && among === undefined) return cutRecords(source, page);
  const kept = await keepMatching(source, page);
  if (order === undefined && window.kind === "index") {
    const offset = window.startIndex - 1;
    return { totalResults: kept.length, offset, placed: kept.slice(offset, offset + window.count) };
  }
  return { totalResults: kept.length, ...arrange(kept, order ?? byCreation, window) };
}

/** Nothing is looked into: of all records only those on the page. */
function cutRecords({ records, createdMs, takeSnapshot }: ScanSource, page: Page): PageResult {
  const { window } = page;
  const { offset, placed } =
    window.kind === "index"
      ? { offset: window.startIndex - 1, placed: records.slice(window) }
      : cutPage(records.slice({ startIndex: 1, count: records.size }), window, {
          compare: byCreation.compare,
          positionOf: (record) => ({ key: createdMs(record), id: record.id }),
        });
  const resources = placed.map((record) => takeSnapshot(record, page));
  return {
    totalResults: records.size,
    offset,
    placed: resources.map((resource) => ({ resource, key: byCreation.keyOf(resource) })),
  };
}

/** What is related is let go again as soon as it was looked at: 100 Teams may have five million members. */
async function keepMatching(source: ScanSource, page: Page): Promise<readonly Placed[]> {
  const { takeSnapshot } = source;
  const { matches, related, effort } = page;
  const order = page.order ?? byCreation;
  const examined = { related: related || page.examinesRelated };
  const kept: Placed[] = [];
  let spent = 0;
  for (const record of candidates(source, page)) {
    const resource = takeSnapshot(record, examined);
    const cost = costOf(record, resource, page);
    effort?.work.spend(cost);
    if (matches === undefined || matches(resource)) {
      const key = order.keyOf(resource);
      kept.push({ resource: related || !examined.related ? resource : takeSnapshot(record, page), key });
    }
    spent += cost;
    if (spent < scanSlice) continue;
    spent = 0;
    await turn();
    if (effort?.isAbandoned() === true) throw new ScimError(503, "nobody waits for this list any more");
  }
  return kept;
}

/** Ids are taken all at once: a Set that grows while it is looked through may have no end. */
function candidates({ records, idsUnder }: ScanSource, { among }: Page): Iterable<ResourceRecord> {
  if (among === undefined) return records.all();
  return [...idsUnder(among)].flatMap((id) => records.get(id) ?? []);
}

/** What is related is read, and compared where it is examined. */
function costOf(
  { body }: ResourceRecord,
  { related = [] }: StoredResource,
  { effort, examinesRelated }: Page,
): number {
  const comparisons = effort?.comparisons ?? 1;
  const costOfRelated = related.length * (examinesRelated ? comparisons : 1);
  return costOfReading + weightOfText(body.length) * comparisons + costOfRelated;
}
