/** Finding one resource by its name, on servers that filter well, badly or not at all. */

import type { JsonObject } from "../../../ground/json.ts";
import type { Send } from "../../../wire/exchange.ts";
import { expectJson } from "../judge.ts";
import { pageFrom } from "./page.ts";
import { readAll, type ListQuery } from "./read-all.ts";
import type { ReadingOne } from "./read-one.ts";
import { createReadingBudget } from "./reading-budget.ts";
import { equalityFilter, listRequest } from "../request.ts";

export type NamedAs =
  | { readonly endpoint: "/Users"; readonly attribute: "userName" }
  | { readonly endpoint: "/Groups"; readonly attribute: "displayName" };

/** Refused filters: 400 (SCIMMY, for a name with a quotation mark), 403 (RFC 7644 §3.4.2.1, too many), 501. */
const filterRefused: ReadonlySet<number> = new Set([400, 403, 501]);

/**
 * The resources that the server's filter finds; all resources where it refuses the filter or finds more than
 * fit on a page. The caller compares names itself: some servers ignore filters, some mind case.
 * @throws AppError as `readAll`.
 */
export async function lookUp(
  send: Send,
  named: NamedAs & ReadingOne & { readonly name: string },
): Promise<readonly JsonObject[]> {
  const { endpoint, attribute, name, target, textIdsOnly = false } = named;
  const answer = await send(
    listRequest(endpoint, { startIndex: 1, count: 100, filter: equalityFilter(attribute, name) }),
  );
  if (answer.kind === "response" && filterRefused.has(answer.status)) {
    return await readEverything(send, { endpoint, target, textIdsOnly });
  }
  const asked = { target, request: `GET ${endpoint}` };
  const page = pageFrom(expectJson(answer, asked), asked);
  if (page.resources.length >= (page.totalResults ?? 0)) return page.resources;
  return await readEverything(send, { endpoint, target, textIdsOnly });
}

/**
 * All resources of a list. Whole resources are held, so they are counted.
 * @throws AppError as `readAll`.
 */
export async function readEverything(send: Send, query: ListQuery): Promise<readonly JsonObject[]> {
  const budget = createReadingBudget(send, query.target);
  return await readAll(budget.send, query, (resource) => budget.hold(resource));
}
