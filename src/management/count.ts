/** How many entries a list has, as the API counts them apart from the list. */

import { isJsonObject } from "../ground/json.ts";
import { isSuccess, type Send, type WireResponse } from "../wire/exchange.ts";
import { expectJson, incomplete, type ManagementAsked } from "./judge.ts";
import type { CountedAt } from "./management-api.ts";

/** By these statuses an API says, in its own words, that it does not count this list. */
const notCounted: ReadonlySet<number> = new Set([400, 404, 405, 501]);

/**
 * Undefined where the API does not count.
 * @throws AppError source-incomplete for an answer that is no number; those of `expectJson`
 */
export async function countEntries(
  send: Send,
  list: ManagementAsked,
  { path, headers }: CountedAt,
): Promise<number | undefined> {
  const { page: _page, ...asked } = { ...list, path };
  const answer = await send({
    method: "GET",
    path,
    headers: { ...asked.dialect.headers, ...headers, Accept: "text/plain" },
  });
  const isRefused = answer.kind === "response" && notCounted.has(answer.status);
  if (isRefused && asked.dialect.errorOf(answer) !== undefined) return undefined;
  if (!isSuccess(answer)) {
    expectJson(answer, asked);
    return undefined;
  }
  const count = numberIn(answer);
  if (count === undefined) throw incomplete(asked, "it was answered something else than a number");
  return count;
}

/** Graph writes the number as text, at times behind a byte order mark. */
function numberIn({ text, json }: WireResponse): number | undefined {
  if (isJsonObject(json)) return undefined;
  const digits = text.replace(/^\uFEFF/, "").trim();
  return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}
