/**
 * How much work one request may cause. It is counted in comparisons and not in time, so that the same request for the
 * same resource always ends in the same way, on a slow machine too.
 */

import { isJsonObject, type JsonArray, type JsonValue } from "../ground/json.ts";
import { ScimError } from "./error.ts";
import type { Filter } from "./filter/ast.ts";
import { countTerms } from "./filter/limits.ts";

/** In comparisons of a short text, each of which takes some 0.2 µs. */
export const workLimits = {
  /** Of a PATCH, or of all operations of a bulk request: other requests wait until it is done. */
  edits: 500_000,
  /** Of a list, while it is made others have their turn. */
  list: 50_000_000,
  /** Of one resource in a list. */
  resource: 500_000,
} as const;

/** Characters that are compared in the time that a comparison takes beside them. */
const charactersOfComparison = 256;

export interface WorkRules {
  /** What may be spent in all. */
  readonly limit: number;
  /** What may be spent at once. */
  readonly atOnce: number;
  readonly refusal: () => ScimError;
}

/** The account of one request. */
export class Work {
  readonly #rules: WorkRules;
  #spent = 0;

  constructor(rules: WorkRules = ofEdits) {
    this.#rules = rules;
  }

  /**
   * Called before the work is done.
   * @throws ScimError 413 for edits, `tooMany` for a list, where it is more than the request may cause
   */
  spend(comparisons: number): void {
    const { limit, atOnce, refusal } = this.#rules;
    this.#spent += comparisons;
    if (comparisons > atOnce || this.#spent > limit) throw refusal();
  }
}

/**
 * 413, as for too many operations (RFC 7644 §3.7.4): the client can send less at a time. The `scimType` tooMany is for
 * the results of a filter (RFC 7644 §3.12, table 9).
 */
const ofEdits: WorkRules = {
  limit: workLimits.edits,
  atOnce: workLimits.edits,
  refusal: () =>
    new ScimError(
      413,
      `The operations need more than ${workLimits.edits} comparisons; send fewer in one request, or select values with an ` +
        'equality such as members[value eq "…"].',
    ),
};

/** RFC 7644 §3.12, table 9: `tooMany` is for a filter that is more than the server is willing to process. */
export const workOfList: WorkRules = {
  limit: workLimits.list,
  atOnce: workLimits.resource,
  refusal: () =>
    new ScimError(
      "tooMany",
      "The filter needs more comparisons than this server allows for one request; use fewer terms, or narrow it with an " +
        'equality such as userName eq "…".',
    ),
};

/** Reading the path of an operation, or a name that may be one, and looking for it in the schemas. */
export function costOfPath(text: string): number {
  return 10 + Math.floor(text.length / 4);
}

/** Comparisons that a filter makes with one value; looking at the value is one, too. */
export function comparisonsOf(filter: Filter | undefined): number {
  return 1 + (filter === undefined ? 0 : countTerms(filter));
}

/** A text of so many characters, in comparisons of a short one. */
export function weightOfText(characters: number): number {
  return 1 + Math.floor(characters / charactersOfComparison);
}

/** The same of the values of one attribute. */
export function weightOfValues(values: JsonArray): number {
  return values.reduce<number>((sum, value) => sum + weightOfValue(value), 0);
}

function weightOfValue(value: JsonValue): number {
  if (typeof value === "string") return weightOfText(value.length);
  if (!isJsonObject(value)) return 1;
  let characters = 0;
  for (const part of Object.values(value)) if (typeof part === "string") characters += part.length;
  return weightOfText(characters);
}
