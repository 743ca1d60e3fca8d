/**
 * References from one operation of a bulk request to what another one makes: `bulkId:{bulkId}` in place of an id
 * (RFC 7644 §3.7.2), in a path, as a value, as the end of a URI, or quoted in the filter of a PATCH path.
 */

import { isJsonArray, isJsonObject, type JsonValue } from "../../ground/json.ts";

/** The id that a bulkId stands for; undefined leaves the reference as it is. */
export type FindId = (bulkId: string) => string | undefined;

/** The bulkIds that a path, or data, speaks of. */
export function bulkIdsIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  withIds(value, (bulkId) => {
    found.add(bulkId);
    return undefined;
  });
  return found;
}

/** The value with ids in place of references; names are no references. */
export function withIds(value: unknown, findId: FindId): unknown {
  if (typeof value === "string") return textWithIds(value, findId);
  if (isJsonArray(value)) return value.map((one: JsonValue) => withIds(one, findId));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withIds(one, findId)]));
}

function textWithIds(text: string, findId: FindId): string {
  if (!text.includes(mark)) return text;
  const last = text.slice(text.lastIndexOf("/") + 1);
  if (last.startsWith(mark)) {
    const id = findId(last.slice(mark.length));
    return id === undefined ? text : text.slice(0, text.length - last.length) + id;
  }
  return text.replaceAll(/"bulkId:(?<bulkId>[^"\\]+)"/g, (quoted: string, bulkId: string) => {
    const id = findId(bulkId);
    return id === undefined ? quoted : `"${id}"`;
  });
}

const mark = "bulkId:";
