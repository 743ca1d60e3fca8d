/** Looks through all records of one type for a page, without keeping other requests from their turn. */

import { turn } from "../turn.ts";
import { arrange, byCreation } from "./arrange.ts";
import type { ResourceRecord } from "./record.ts";
import type { Records } from "./records.ts";
import type { Page, PageResult, Placed, ReadOptions, StoredResource } from "./store.ts";

/** The resource that a record holds, as it is now. */
export type TakeSnapshot = (record: ResourceRecord, options: ReadOptions) => StoredResource;

/** How many resources, members counted in, are looked at before other requests have their turn. */
const scanSlice = 2_000;

/** The page of the records that match; those that come or go meanwhile may be among them or not. */
export async function scanRecords(
  records: Records,
  page: Page,
  takeSnapshot: TakeSnapshot,
): Promise<PageResult> {
  const { window, matches, order } = page;
  if (window.kind === "index" && matches === undefined && order === undefined) {
    const placed = records.slice(window).map((record) => {
      return { resource: takeSnapshot(record, page), key: undefined };
    });
    return { totalResults: records.size, offset: window.startIndex - 1, placed };
  }
  const kept = await keepMatching(records, page, takeSnapshot);
  if (order === undefined && window.kind === "index") {
    const offset = window.startIndex - 1;
    return { totalResults: kept.length, offset, placed: kept.slice(offset, offset + window.count) };
  }
  return { totalResults: kept.length, ...arrange(kept, order ?? byCreation, window) };
}

/** What is related is let go again as soon as it was looked at: 100 Teams may have five million members. */
async function keepMatching(
  records: Records,
  page: Page,
  takeSnapshot: TakeSnapshot,
): Promise<readonly Placed[]> {
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
