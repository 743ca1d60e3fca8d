/** What is odd about a list: whose names it answers, how long it is, what its counters say (RFC 7644 §3.4.2). */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { foldCase } from "../../ground/fold-case.ts";
import type { WireRequest } from "../../wire/exchange.ts";
import { parseJsonText } from "../../wire/parse-json-text.ts";
import type { Deviation } from "./deviation.ts";

/** `request` is a look-up or a page of a simulated provider. */
export function observeList({ path }: WireRequest, body: JsonObject): readonly Deviation[] {
  const query = new URLSearchParams(path.slice(path.indexOf("?")));
  const resources = isJsonArray(body["Resources"]) ? body["Resources"] : [];
  const filter = query.get("filter");
  return [
    ...(filter === null ? observePage(resources) : observeLookup(filter, resources)),
    ...observeLength(query, resources),
    ...observeCounters(query, body, resources),
  ];
}

function observePage(resources: readonly JsonValue[]): readonly Deviation[] {
  const isWithoutId = (one: JsonValue): boolean => isJsonObject(one) && typeof one["id"] !== "string";
  return resources.some(isWithoutId) ? [{ code: "no-id" }] : [];
}

/** A name in another case is the same name: `userName` and `displayName` are not case-exact (RFC 7643 §4). */
function observeLookup(filter: string, resources: readonly JsonValue[]): readonly Deviation[] {
  const looked = lookedFor(filter);
  if (looked === undefined) return [];
  const { attribute, asked } = looked;
  const names = resources.map((one) => (isJsonObject(one) ? one[attribute] : undefined));
  const isOther = (name: JsonValue | undefined): name is string =>
    typeof name === "string" && foldCase(name) !== foldCase(asked);
  const got = names.find(isOther);
  if (got !== undefined) {
    const isTaken = isOther(names[0]);
    const isRightFirst = typeof names[0] === "string" && !isTaken;
    return isRightFirst
      ? [{ code: "others-among-hits", asked, hits: names.length, got }]
      : [{ code: "filter-ignored", asked, got, isTaken }];
  }
  return names.length > 1 ? [{ code: "several-hits", asked, hits: names.length }] : [];
}

/**
 * `userName eq "…"`, with a JSON string; undefined for a filter of another form, and for Entra's look-ups of names with
 * quotes in them, which it does not escape.
 */
function lookedFor(filter: string): { readonly attribute: string; readonly asked: string } | undefined {
  const operator = " eq ";
  const at = filter.indexOf(operator);
  const asked = parseJsonText(filter.slice(at + operator.length));
  return typeof asked === "string" ? { attribute: filter.slice(0, at), asked } : undefined;
}

function observeLength(query: URLSearchParams, resources: readonly JsonValue[]): readonly Deviation[] {
  const asked = Number(query.get("count") ?? Infinity);
  return resources.length > asked ? [{ code: "count-ignored", asked, got: resources.length }] : [];
}

function observeCounters(
  query: URLSearchParams,
  body: JsonObject,
  { length }: readonly JsonValue[],
): readonly Deviation[] {
  const { totalResults } = body;
  const right = {
    totalResults: typeof totalResults === "number" && totalResults > length ? totalResults : length,
    itemsPerPage: length,
    // An empty page begins nowhere.
    startIndex: length === 0 ? undefined : Number(query.get("startIndex") ?? 1),
  };
  return Object.entries(right).flatMap(([counter, value]): readonly Deviation[] => {
    const said = body[counter];
    if (typeof said === "string") return [{ code: "counter-is-text", counter }];
    if (typeof said !== "number" || value === undefined || said === value) return [];
    return [{ code: "counter-is-wrong", counter, said, right: value }];
  });
}
