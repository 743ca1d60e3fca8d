/** What is odd about a list: whose names it answers, how long it is, what its counters say (RFC 7644 §3.4.2). */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
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
  const { asked } = looked;
  const [got] = resources.flatMap((one) => strangeName(one, looked) ?? []);
  if (got !== undefined) {
    return fits(resources[0], looked)
      ? [{ code: "others-among-hits", asked, hits: resources.length, got }]
      : [{ code: "filter-ignored", asked, got, use: "none" }];
  }
  return resources.length > 1 ? [{ code: "several-hits", asked, hits: resources.length }] : [];
}

/** The id of the first hit of a look-up, where it is another resource's: a provider that does not look takes it. */
export function strangerOf({ path }: Pick<WireRequest, "path">, body: JsonObject): string | undefined {
  const filter = new URLSearchParams(path.slice(path.indexOf("?"))).get("filter");
  const looked = filter === null ? undefined : lookedFor(filter);
  const [first] = isJsonArray(body["Resources"]) ? body["Resources"] : [];
  if (looked === undefined || first === undefined || !isJsonObject(first)) return undefined;
  const { id } = first;
  return strangeName(first, looked) !== undefined && typeof id === "string" ? id : undefined;
}

interface Looked {
  readonly attribute: string;
  readonly asked: string;
}

/** What a resource has instead of the requested value; one without a value may be the right one. */
function strangeName(resource: JsonValue, { attribute, asked }: Looked): string | undefined {
  const names = isJsonObject(resource) ? namesAt(resource, attribute) : [];
  return names.some((name) => foldCase(name) === foldCase(asked)) ? undefined : names[0];
}

/** Whether a resource has the value that was asked for. */
function fits(resource: JsonValue | undefined, { attribute, asked }: Looked): boolean {
  if (resource === undefined || !isJsonObject(resource)) return false;
  return namesAt(resource, attribute).some((name) => foldCase(name) === foldCase(asked));
}

/** The texts at `userName`, `name.familyName`, or `emails.value` and `emails[type eq "work"].value`: there all of them. */
function namesAt(resource: JsonObject, attribute: string): readonly string[] {
  const [name = attribute, ...within] = attribute.replace(/\[.*\]/, "").split(".");
  const held = Object.hasOwn(resource, attribute) ? resource[attribute] : resource[name];
  const values = isJsonArray(held) ? held : [held];
  const key = within.join(".");
  return values.flatMap((value) => {
    const text = isJsonObject(value) ? value[key] : value;
    return typeof text === "string" ? [text] : [];
  });
}

/**
 * `userName eq "…"`, with a JSON string; undefined for a filter of another form, and for Entra's look-ups of names with
 * quotes in them, which it does not escape.
 */
function lookedFor(filter: string): Looked | undefined {
  const operator = " eq ";
  // A path may hold a comparison of its own: what stands behind the right one is nothing but a string.
  for (let at = filter.indexOf(operator); at !== -1; at = filter.indexOf(operator, at + 1)) {
    const asked = parseJsonText(filter.slice(at + operator.length));
    if (typeof asked === "string") return { attribute: filter.slice(0, at), asked };
  }
  return undefined;
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
