/** All resources of an endpoint, page by page: everything, or an error; never a part that passes for everything. */

import { AppError } from "../../errors.ts";
import type { JsonObject } from "../../json.ts";
import { isSuccess, type Send, type WireRequest } from "../../wire/exchange.ts";
import { expectJson, incomplete, type Asked } from "./judge.ts";
import { ListTally } from "./list-tally.ts";
import { pageFrom } from "./page.ts";
import { listRequest, type Endpoint } from "./request.ts";
import { resourceId } from "./resource.ts";

/** What is to be read in full. */
export interface ListQuery {
  readonly endpoint: Endpoint;
  readonly filter?: string;
  /** SCIM base URL, for messages. */
  readonly target: string;
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
 * Reads every resource that the query asks for. Pages may be shorter than asked for, overlap, or lie past the
 * end; a list that shrank meanwhile, or gave fewer resources than it announced, is read again.
 * @throws AppError source-incomplete where it stays so; interrupted; those of `expectJson`.
 */
export async function readAll(send: Send, query: ListQuery): Promise<readonly JsonObject[]> {
  let complaint = "";
  for (let pass = 1; pass <= maxPasses; pass += 1) {
    const tally = await readOnce(send, query);
    if (tally.isComplete) return tally.resources;
    complaint = tally.complaint;
  }
  throw incomplete(askedFor(query), `${query.endpoint}: ${complaint}`);
}

async function readOnce(send: Send, query: ListQuery): Promise<ListTally> {
  const asked = askedFor(query);
  const tally = new ListTally((resource) => resourceId(resource, asked));
  for (;;) {
    if (query.signal?.aborted === true) {
      throw new AppError("interrupted", `Interrupted while reading ${query.target}.`);
    }
    const answer = await send(pageRequest(query, tally));
    const fresh = tally.take(pageFrom(expectJson(answer, asked), asked));
    if (tally.size > maxResources) throw incomplete(asked, `it gave more than ${maxResources} resources`);
    query.onPage?.(query.endpoint, tally.size, tally.total);
    if (fresh === 0) return tally;
    if (!tally.reachedTotal) continue;
    if (!tally.isSinglePage || !(await goesOn(send, query, tally))) return tally;
    tally.distrustTotal();
  }
}

/** Whether a page follows one that claims to be all there is; a server that refuses the question has no more. */
async function goesOn(send: Send, query: ListQuery, tally: ListTally): Promise<boolean> {
  const answer = await send(pageRequest(query, tally));
  if (!isSuccess(answer) || answer.json === undefined) return false;
  return pageFrom(answer.json, askedFor(query)).resources.some((resource) => !tally.hasSeen(resource));
}

function pageRequest(query: ListQuery, tally: ListTally): WireRequest {
  return listRequest(query.endpoint, {
    startIndex: tally.nextStartIndex,
    count: pageSize,
    ...(query.filter === undefined ? {} : { filter: query.filter }),
  });
}

function askedFor(query: ListQuery): Asked {
  return { target: query.target, request: `GET ${query.endpoint}` };
}
