/** What a client asks of a list, whether in a URL (RFC 7644 §3.4.2) or in the body of a search (§3.4.3). */

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { bodyLimits, limitDepth } from "../body-limits.ts";
import { ScimError } from "../error.ts";
import type { Leniency } from "../leniency.ts";
import { refuseOtherMessage } from "../message-schemas.ts";
import { searchRequestUrn } from "../urn.ts";
import { valueNamed } from "../value/value-named.ts";

/** Undefined, or an empty list, for what the client does not say. Numbers come as text in a URL. */
export interface SearchRequest {
  readonly attributes: readonly string[];
  readonly excludedAttributes: readonly string[];
  readonly filter: string | undefined;
  readonly sortBy: string | undefined;
  readonly sortOrder: string | undefined;
  readonly startIndex: string | number | undefined;
  readonly count: string | number | undefined;
  /** Empty for the first page (RFC 9865 §2); undefined for a server that has no cursors. */
  readonly cursor: string | undefined;
}

/**
 * Reads the parameters of a URL; of one that comes twice the first counts, but `attributes` and
 * `excludedAttributes` add up. Other parameters are not SCIM's, such as Entra's `aadOptscim062020`.
 */
export function searchFromParameters(parameters: Iterable<readonly [string, string]>): SearchRequest {
  const attributes: string[] = [];
  const excludedAttributes: string[] = [];
  const first: Partial<Record<SingleParameter, string>> = {};
  for (const [name, value] of parameters) {
    if (name === "attributes") attributes.push(value);
    else if (name === "excludedAttributes") excludedAttributes.push(value);
    else if (isSingleParameter(name)) first[name] ??= value;
  }
  const { filter, sortBy, sortOrder, startIndex, count, cursor } = first;
  return { attributes, excludedAttributes, filter, sortBy, sortOrder, startIndex, count, cursor };
}

type SingleParameter = Exclude<keyof SearchRequest, "attributes" | "excludedAttributes">;

function isSingleParameter(name: string): name is SingleParameter {
  return singleParameters.has(name);
}

const singleParameters: ReadonlySet<string> = new Set<SingleParameter>([
  "filter",
  "sortBy",
  "sortOrder",
  "startIndex",
  "count",
  "cursor",
]);

/**
 * Reads a SearchRequest, its names in any case; null is "not said", what else is in it is ignored: without
 * `hasCursors` the cursor, too.
 * @throws ScimError invalidSyntax for what is not a SearchRequest, down to the types of its values; invalidValue for names
 *   that are too many.
 */
export function searchFromBody(body: unknown, leniency: Leniency, hasCursors: boolean): SearchRequest {
  if (!isJsonObject(body)) throw new ScimError("invalidSyntax", "The body must be a JSON object.");
  limitDepth(body);
  refuseOtherMessage(body, searchRequestUrn, leniency);
  return {
    attributes: namesIn(body, "attributes"),
    excludedAttributes: namesIn(body, "excludedAttributes"),
    filter: textIn(body, "filter"),
    sortBy: textIn(body, "sortBy"),
    sortOrder: textIn(body, "sortOrder"),
    startIndex: numberIn(body, "startIndex"),
    count: numberIn(body, "count"),
    cursor: hasCursors ? textIn(body, "cursor") : undefined,
  };
}

/** A text with commas is taken as well, as a URL has it. */
function namesIn(body: JsonObject, name: string): readonly string[] {
  const given = valueNamed(body, name) ?? [];
  const names = isJsonArray(given) ? given : [given];
  if (names.every(isText)) return limited(name, names);
  throw new ScimError("invalidSyntax", `${name} must be a list of attribute names.`);
}

/** In a URL they are as long as it may be. */
function limited(name: string, names: readonly string[]): readonly string[] {
  const limit = bodyLimits.maxSelectionLength;
  const length = names.reduce((sum, one) => sum + one.length + 1, 0);
  if (length <= limit) return names;
  throw new ScimError("invalidValue", `${name} has ${length} characters; at most ${limit} are accepted.`);
}

function textIn(body: JsonObject, name: string): string | undefined {
  const given = valueNamed(body, name) ?? undefined;
  if (given === undefined || isText(given)) return given;
  throw new ScimError("invalidSyntax", `${name} must be a string.`);
}

/** Whether it is a whole number is for the reader of the page to say, as it is with a URL. */
function numberIn(body: JsonObject, name: string): string | number | undefined {
  const given = valueNamed(body, name) ?? undefined;
  if (given === undefined || typeof given === "number" || isText(given)) return given;
  throw new ScimError("invalidSyntax", `${name} must be a whole number.`);
}

function isText(value: JsonValue): value is string {
  return typeof value === "string";
}
