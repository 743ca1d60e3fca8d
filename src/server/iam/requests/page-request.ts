/** Which page of a list is asked for, in which order: `offset`, `limit`, `sorts` (Astro API reference). */

import type { Behaviour } from "../../../astro/behaviour/table.ts";
import type { QueryParameters } from "../../api/query.ts";
import type { FieldOrder, ListedField } from "../../store/listing.ts";
import { invalidRequest, type FieldError } from "../iam-error.ts";

/** What a list can be asked for. */
export interface ListForm {
  /** By the name that `sorts` has for it. */
  readonly sortFields: Readonly<Record<string, ListedField>>;
  /** The largest `limit`; undefined where none is declared. */
  readonly maxLimit: number | undefined;
}

export interface PageRequest {
  readonly offset: number;
  readonly limit: number;
  readonly order: readonly FieldOrder[];
}

const defaultLimit = 20;

/** The largest page where none is declared: one of all. */
const undeclaredLimit = Number.MAX_SAFE_INTEGER;

/** @throws IamError 400 with all that is wrong */
export function readPage(
  query: QueryParameters,
  { sortFields, maxLimit = undeclaredLimit }: ListForm,
  { limitZero }: Pick<Behaviour, "limitZero">,
): PageRequest {
  if (query.length === 0) return firstPage;
  const errors: FieldError[] = [];
  const offset = readCount(query, "offset", { most: undeclaredLimit, byDefault: 0 }, errors);
  const limit = readCount(query, "limit", { most: maxLimit, byDefault: defaultLimit }, errors);
  const order = valuesOf(query, "sorts").flatMap((sort) => readSort(sort, sortFields, errors));
  const [first, ...more] = errors;
  if (first !== undefined) throw invalidRequest([first, ...more]);
  return { offset, limit: limit === 0 && limitZero === "default" ? defaultLimit : limit, order };
}

const firstPage: PageRequest = { offset: 0, limit: defaultLimit, order: [] };

/** All values of a parameter; empty ones are none. */
export function valuesOf(query: QueryParameters, name: string): readonly string[] {
  return query.flatMap(([one, value]) => (one === name && value !== "" ? [value] : []));
}

function readCount(
  query: QueryParameters,
  field: string,
  { most, byDefault }: { readonly most: number; readonly byDefault: number },
  errors: FieldError[],
): number {
  const [text] = valuesOf(query, field);
  if (text === undefined) return byDefault;
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) {
    errors.push({ field, code: "type", message: `${shown(text)} is not a whole number` });
  } else if (value < 0) {
    errors.push({ field, code: "min", message: `${shown(text)} is less than 0` });
  } else if (value > most) {
    errors.push({ field, code: "max", message: `${shown(text)} is more than ${most}` });
  }
  return value;
}

function readSort(
  sort: string,
  sortFields: ListForm["sortFields"],
  errors: FieldError[],
): readonly FieldOrder[] {
  const [name = "", direction, ...rest] = sort.split(":");
  const field = Object.hasOwn(sortFields, name) ? sortFields[name] : undefined;
  if (field !== undefined && (direction === "asc" || direction === "desc") && rest.length === 0) {
    return [{ field, descending: direction === "desc" }];
  }
  const known = Object.keys(sortFields).join(", ");
  errors.push({
    field: "sorts",
    code: "oneof",
    message: `${shown(sort)} is not one of ${known}, with :asc or :desc behind it`,
  });
  return [];
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
