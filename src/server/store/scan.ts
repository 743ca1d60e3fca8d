/** Looks through all records of one type for a page, without keeping other requests from their turn. */

import { turn } from "../turn.ts";
import { arrange, byCreation, cutPage } from "./arrange.ts";
import type { ResourceRecord } from "./record.ts";
import type { Records } from "./records.ts";
import type { Page, PageResult, Placed, ReadOptions, StoredResource } from "./store.ts";

/** The records of one type, and what can be known of one. */
export interface ScanSource {
  readonly records: Records;
  /** Milliseconds since 1970. */
  readonly createdMs: (record: ResourceRecord) => number;
  /** The resource that a record holds, as it is now. */
  readonly takeSnapshot: (record: ResourceRecord, options: ReadOptions) => StoredResource;
}

/** How many resources, members counted in, are looked at before other requests have their turn. */
const scanSlice = 2_000;

/** The page of the records that match; those that come or go meanwhile may be among them or not. */
export async function scanRecords(source: ScanSource, page: Page): Promise<PageResult> {
  const { window, matches, order } = page;
  if (matches === undefined && order === undefined) return cutRecords(source, page);
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
async function keepMatching({ records, takeSnapshot }: ScanSource, page: Page): Promise<readonly Placed[]> {
  const { matches, related } = page;
  const order = page.order ?? byCreation;
  const examined = { related: related || page.examinesRelated };
  const kept: Placed[] = [];
  let looked = 0;
  for (const record of records.all()) {
    const resource = takeSnapshot(record, examined);
    if (matches === undefined || matches(resource)) {
      const key = order.keyOf(resource);
      kept.push({ resource: related || !examined.related ? resource : takeSnapshot(record, page), key });
    }
    looked += 1 + (resource.related?.length ?? 0);
    if (looked >= scanSlice) {
      looked = 0;
      await turn();
    }
  }
  return kept;
}
