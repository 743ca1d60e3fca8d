/** The System Log. */

import type { EmulatedAnswer } from "../../http/emulated-api.ts";
import { compileSearch } from "../filter.ts";
import type { OktaContext, OktaRequest, Operation } from "../context.ts";
import { invalid } from "../errors.ts";
import { logEvents, type LogEvent } from "../log/log-events.ts";
import { limitOf, links, readCursor, writeCursor } from "../paging.ts";

const limits = { fallback: 100, min: 0, max: 1000 };
const weekMs = 7 * 24 * 3_600_000;

export const logOperations: readonly Operation[] = [
  { method: "GET", path: "/api/v1/logs", scopes: ["okta.logs.read"], handle: listLogs },
];

/**
 * In order of time. Without `until`, and ascending, the list is polled: there is always a next link, which yields what has
 * happened since (Okta API: System Log, Polling requests).
 */
function listLogs(request: OktaRequest, context: OktaContext): EmulatedAnswer {
  const { query } = request;
  const order = orderOf(query);
  const all = logEvents(context).filter(wantedBy(query, context));
  const events = order === "DESCENDING" ? all.toReversed() : all;
  const after = query.get("after");
  const last = after === null ? "" : readCursor(after);
  const start = last === "" ? 0 : events.findIndex(({ uuid }) => uuid === last) + 1;
  const limit = limitOf(request, limits);
  const page = events.slice(start, start + limit);
  const isPolled = order === "ASCENDING" && (query.get("until") ?? "") === "";
  // Nothing is asked for with a limit of 0, so nothing follows.
  const hasMore = limit > 0 && (isPolled || start + limit < events.length);
  const cursor = writeCursor(page.at(-1)?.uuid ?? last);
  const link = links(request, hasMore ? cursor : undefined, context.switches);
  return { status: 200, headers: { link }, body: page.map(({ json }) => json) };
}

function orderOf(query: URLSearchParams): "ASCENDING" | "DESCENDING" {
  const order = query.get("sortOrder") ?? "ASCENDING";
  if (order === "ASCENDING" || order === "DESCENDING") return order;
  throw invalid("sortOrder", "sortOrder: The value must be ASCENDING or DESCENDING.");
}

/** Seven days where nothing is said of the time; `filter`, and every word of `q` somewhere in the event. */
function wantedBy(query: URLSearchParams, { company }: OktaContext): (event: LogEvent) => boolean {
  const until = timeOf(query, "until");
  const since = timeOf(query, "since") ?? (until ?? company.now().getTime()) - weekMs;
  const filter = query.get("filter");
  const isWanted = filter === null || filter === "" ? () => true : compileSearch(filter);
  const words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return ({ at, json }) => {
    const ms = at.getTime();
    if (ms < since || (until !== undefined && ms >= until) || !isWanted(json)) return false;
    const text = words.length === 0 ? "" : JSON.stringify(json).toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

function timeOf(query: URLSearchParams, name: "since" | "until"): number | undefined {
  const text = query.get(name);
  if (text === null || text === "") return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw invalid(name, `${name}: The value must be an ISO 8601 timestamp.`);
  return ms;
}
