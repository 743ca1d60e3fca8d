/** Any list of the IAM API, page by page: everything, or an error; never a part that passes for everything. */

import { AppError } from "../../ground/errors.ts";
import type { JsonObject } from "../../ground/json.ts";
import type { Send, WireAnswer, WireRequest } from "../../wire/exchange.ts";
import { expectIamJson, incompleteList, NoIamApi, type IamAsked } from "./judge.ts";

/** One page as the server gave it. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  /** At most so many are on a page. */
  readonly limit: number;
  readonly totalCount: number;
}

export interface PagedList<Entry> {
  readonly asked: IamAsked;
  readonly requestAt: (offset: number) => WireRequest;
  /** @throws AppError not-astro where the body has another form */
  readonly pageFrom: (body: JsonObject) => Page<Entry>;
  /** What tells an entry from all others of the list. */
  readonly keyOf: (entry: Entry) => string;
  readonly signal?: AbortSignal | undefined;
  /** Told after each page how many were read, and of how many. */
  readonly onPage?: ((read: number, total: number) => void) | undefined;
}

/** A list that changes while it is read is read again, this often altogether. */
const maxPasses = 3;
/** Against a server that goes on inventing entries. */
const maxEntries = 1_000_000;

/**
 * Reads every entry. Pages may be shorter than asked for; a list whose `totalCount` changes meanwhile, that has fewer or more
 * entries than it counts, or one entry twice, is read again.
 * @throws AppError source-incomplete where it stays so; interrupted; those of `expectIamJson`
 */
export async function readAllPages<Entry>(send: Send, list: PagedList<Entry>): Promise<readonly Entry[]> {
  let complaint = "";
  for (let pass = 1; pass <= maxPasses; pass += 1) {
    const outcome = await readOnce(send, list);
    if (outcome.kind === "complete") return outcome.entries;
    complaint = outcome.complaint;
  }
  throw incompleteList(list.asked, complaint);
}

type Pass<Entry> =
  | { readonly kind: "complete"; readonly entries: readonly Entry[] }
  | { readonly kind: "inconsistent"; readonly complaint: string };

async function readOnce<Entry>(send: Send, list: PagedList<Entry>): Promise<Pass<Entry>> {
  const { asked, signal } = list;
  const entries = new Map<string, Entry>();
  let received = 0;
  let announced: number | undefined;
  for (;;) {
    if (signal?.aborted === true) {
      throw new AppError("interrupted", `Interrupted while reading ${asked.root}.`);
    }
    const page = list.pageFrom(expectPage(await send(list.requestAt(received)), asked, received));
    announced ??= page.totalCount;
    for (const entry of page.entries) entries.set(list.keyOf(entry), entry);
    received += page.entries.length;
    const complaint = complaintAbout(page, { announced, received, distinct: entries.size });
    if (complaint !== undefined) return { kind: "inconsistent", complaint };
    if (received > maxEntries) throw incompleteList(asked, `it has more than ${maxEntries} entries`);
    list.onPage?.(received, announced);
    // A full page is not believed to be the last one: a totalCount that counts the page looks the same.
    const isFull = page.entries.length > 0 && page.entries.length >= page.limit;
    if (received === announced && !isFull) return { kind: "complete", entries: [...entries.values()] };
  }
}

/**
 * After the first page the server is known to have the API, so an answer in another form is a failure, and no reason to read SCIM
 * instead.
 * @throws AppError source-incomplete; those of `expectIamJson`
 */
function expectPage(answer: WireAnswer, asked: IamAsked, received: number): JsonObject {
  try {
    return expectIamJson(answer, asked);
  } catch (error) {
    if (received === 0 || !(error instanceof NoIamApi)) throw error;
    throw incompleteList(asked, `a later page was answered ${error.what}`);
  }
}

/** Why the pages so far are no whole list, as the end of a sentence. */
function complaintAbout(
  page: Page<unknown>,
  read: { readonly announced: number; readonly received: number; readonly distinct: number },
): string | undefined {
  const { announced, received, distinct } = read;
  if (page.totalCount !== announced) {
    return `its totalCount changed from ${announced} to ${page.totalCount} while it was read`;
  }
  if (distinct < received) return "it contains an entry twice";
  if (received > announced) return `it has more entries than its totalCount, ${announced}`;
  if (page.entries.length === 0 && received < announced) {
    return `its totalCount is ${announced}, but it ended after ${received}`;
  }
  return undefined;
}
