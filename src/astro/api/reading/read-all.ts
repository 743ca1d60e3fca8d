/** All resources of an endpoint, page by page: everything, or an error; never a part that passes for everything. */

import { AppError } from "../../../ground/errors.ts";
import type { JsonObject } from "../../../ground/json.ts";
import { isSuccess, type Send, type WireRequest } from "../../../wire/exchange.ts";
import { expectJson, incomplete, type Asked } from "../judge.ts";
import { ListTally } from "./list-tally.ts";
import { pageFrom } from "./page.ts";
import { listRequest, type Endpoint } from "../request.ts";
import { resourceId } from "../resource.ts";

/** What is to be read in full. */
export interface ListQuery {
  readonly endpoint: Endpoint;
  readonly filter?: string;
  /** Further parameters of the query, encoded. */
  readonly parameters?: string;
  /** SCIM base URL, for messages. */
  readonly target: string;
  /** For a repair: a server whose ids are numbers is refused. */
  readonly textIdsOnly?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Told after each page how many were read, of how many where the server says. */
  readonly onPage?: ((endpoint: Endpoint, read: number, total: number | undefined) => void) | undefined;
}

const pageSize = 100;
/** A list that changes while it is read is read again, this often altogether. */
const maxPasses = 3;
/** Against a server that goes on inventing resources. */
const maxResources = 1_000_000;

/**
 * Reads every resource that the query asks for, and keeps what `itemOf` makes of each: pages are not held. Pages may be
 * shorter than asked for, overlap, or lie past the end; a list that shrank meanwhile, gave fewer resources than it
 * announced, or one id to two resources, is read again. `idOfItem`: the id of the resource, where the item has it.
 * @throws AppError source-incomplete where it stays so; interrupted; those of `expectJson`.
 */
export async function readAll<Item>(
  send: Send,
  query: ListQuery,
  itemOf: (resource: JsonObject) => Item,
  idOfItem?: (item: Item) => string,
): Promise<readonly Item[]> {
  let complaint = "";
  for (let pass = 1; pass <= maxPasses; pass += 1) {
    const tally = await readOnce(send, query, { itemOf, idOfItem });
    if (tally.isComplete) return tally.items;
    complaint = tally.complaint;
  }
  throw incomplete(askedFor(query), `${query.endpoint}: ${complaint}`);
}

/** What tells how a reading goes on. */
type Progress = Pick<ListTally<unknown>, "size" | "firstId" | "nextStartIndex" | "hasSeen">;

interface Reading<Item> {
  readonly itemOf: (resource: JsonObject) => Item;
  readonly idOfItem: ((item: Item) => string) | undefined;
}

async function readOnce<Item>(
  send: Send,
  query: ListQuery,
  { itemOf, idOfItem }: Reading<Item>,
): Promise<ListTally<Item>> {
  const asked = askedFor(query);
  const tally = new ListTally((resource) => resourceId(resource, asked), itemOf, idOfItem);
  for (;;) {
    if (query.signal?.aborted === true) {
      throw new AppError("interrupted", `Interrupted while reading ${query.target}.`);
    }
    const answer = await send(pageRequest(query, tally));
    const page = pageFrom(expectJson(answer, asked), asked);
    const fresh = tally.take(page);
    if (tally.size > maxResources) throw incomplete(asked, `it returned more than ${maxResources} resources`);
    query.onPage?.(query.endpoint, tally.size, tally.total);
    if (fresh === 0) {
      if (page.resources.length > 0 && !tally.reachedTotal) await requirePaging(send, query, tally);
      return tally;
    }
    if (!tally.reachedTotal) continue;
    if (!tally.isSinglePage || !(await goesOn(send, query, tally))) return tally;
    tally.distrustTotal();
  }
}

/**
 * Whether a page follows one that claims to be all there is. A server that refuses the question has no more: as many
 * came as it had announced.
 */
async function goesOn(send: Send, query: ListQuery, tally: Progress): Promise<boolean> {
  const answer = await send(pageRequest(query, tally));
  if (!isSuccess(answer) || answer.json === undefined) return false;
  const { resources } = pageFrom(answer.json, askedFor(query));
  if (resources.some((resource) => !tally.hasSeen(resource))) return true;
  // Past the end there is nothing (RFC 7644 §3.4.2.4), unless the page that was asked for is not the one that came.
  if (resources.length > 0) await requirePaging(send, query, tally);
  return false;
}

/**
 * Some servers give the first page again where they are asked past the end, others whatever they are asked for: only of the
 * first kind the list is known. One that gives more than was asked for does not page at all, and has given everything.
 * @throws AppError source-incomplete, where `startIndex` is ignored
 */
async function requirePaging(send: Send, query: ListQuery, tally: Progress): Promise<void> {
  if (tally.size < 2) return;
  const asked = askedFor(query);
  const answer = await send(
    listRequest(query.endpoint, { startIndex: 2, count: 1, ...ownParameters(query) }),
  );
  const { resources } = pageFrom(expectJson(answer, asked), asked);
  const [got] = resources;
  const isSecond = got !== undefined && resourceId(got, asked) !== tally.firstId;
  if (isSecond || resources.length > 1) return;
  throw incomplete(asked, `${query.endpoint} returns the same page for every startIndex`);
}

function pageRequest(query: ListQuery, tally: Progress): WireRequest {
  const page = { startIndex: tally.nextStartIndex, count: pageSize };
  return listRequest(query.endpoint, { ...page, ...ownParameters(query) });
}

function ownParameters({ filter, parameters }: ListQuery): {
  readonly filter?: string;
  readonly parameters?: string;
} {
  return {
    ...(filter === undefined ? {} : { filter }),
    ...(parameters === undefined ? {} : { parameters }),
  };
}

function askedFor({ endpoint, target, textIdsOnly = false }: ListQuery): Asked {
  return { target, textIdsOnly, request: `GET ${endpoint}` };
}
