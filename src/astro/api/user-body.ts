/** Bodies about a user: the resource of a POST, the operations of a PATCH. */

import type { JsonObject, JsonValue } from "../../ground/json.ts";
import { userSchemaUrn } from "../../scim/urn.ts";
import { entryOf, valuesOfList, valueTypeAt, writtenValue } from "../compared-value.ts";
import { buildMappedAttributes, parseMappedPath, type MappedPath } from "../mapped-path.ts";
import type { NewUser, UserEdit } from "../writer.ts";
import type { PatchOperation } from "./request.ts";

/** The resource that a POST to /Users carries. */
export function newUserBody(user: NewUser): JsonObject {
  const values = Object.entries(user.attributes).map(([path, value]) => withPath(path, value));
  const extensions = values.flatMap(([path]) => path.extension ?? []);
  return {
    schemas: [userSchemaUrn, ...new Set(extensions)],
    userName: user.userName,
    ...(user.externalId === null ? {} : { externalId: user.externalId }),
    ...buildMappedAttributes(values),
    active: true,
  };
}

/** What an edit is made against. */
export interface EditedUser {
  /** Every path that is mapped. */
  readonly mapped: readonly MappedPath[];
  /** The values that the account has at them; undefined where they are not known. */
  readonly held: Readonly<Record<string, string>> | undefined;
}

/** The operations that carry out an edit, one for each attribute (RFC 7644 §3.5.2.2, §3.5.2.3). */
export function userPatch(edit: UserEdit, edited: EditedUser): readonly PatchOperation[] {
  const operations: PatchOperation[] = [];
  if (edit.userName !== undefined) operations.push({ op: "replace", path: "userName", value: edit.userName });
  const values = Object.entries(edit.attributes ?? {});
  const entries = newEntries(values, edited);
  for (const [pathText, value] of values) {
    if (!entries.paths.has(pathText))
      operations.push(attributePatch(parseMappedPath(pathText), value, edited));
  }
  operations.push(...entries.operations);
  if (edit.active !== undefined) operations.push({ op: "replace", path: "active", value: edit.active });
  return operations;
}

type Values = readonly (readonly [path: string, value: string | null])[];

/**
 * Values of a list that the account does not have yet, each added as a whole: a filter that matches nothing is an error
 * (RFC 7644 §3.5.2.3).
 */
function newEntries(
  values: Values,
  { mapped, held }: EditedUser,
): { readonly paths: ReadonlySet<string>; readonly operations: readonly PatchOperation[] } {
  if (held === undefined) return { paths: new Set(), operations: [] };
  const heldEntries = new Set(Object.keys(held).flatMap((path) => entryOf(path) ?? []));
  const parts = new Map<string, (readonly [MappedPath, JsonValue])[]>();
  for (const [text, value] of values) {
    const entry = entryOf(text);
    const path = parseMappedPath(text);
    if (entry === undefined || value === null || heldEntries.has(entry) || isOnlyValueMapped(path, mapped))
      continue;
    parts.set(entry, [...(parts.get(entry) ?? []), [path, writtenValue(text, value)]]);
  }
  const operations = [...parts.values()].flatMap(([first, ...others]): PatchOperation[] => {
    if (first === undefined) return [];
    const whole = [first, ...others].map(
      ([path, value]) => [{ ...path, extension: undefined }, value] as const,
    );
    const list = buildMappedAttributes(whole)[first[0].attribute] ?? [];
    return [{ op: "add", path: attributeOf(first[0]), value: list }];
  });
  return { paths: new Set([...parts.values()].flat().map(([path]) => path.text)), operations };
}

function attributePatch(
  path: MappedPath,
  value: string | null,
  { mapped, held }: EditedUser,
): PatchOperation {
  if (valueTypeAt(path.text) === "objects") return listPatch(path, value, held?.[path.text]);
  const wholeList = path.selector !== undefined && isOnlyValueMapped(path, mapped);
  const target = wholeList ? attributeOf(path) : path.text;
  if (value === null) return { op: "remove", path: target };
  const written = writtenValue(path.text, value);
  if (!wholeList) return { op: "replace", path: target, value: written };
  // A filter that matches nothing is an error (RFC 7644 §3.5.2.3), and the list may be empty: so the whole of it.
  const list = buildMappedAttributes([[{ ...path, extension: undefined }, written]])[path.attribute] ?? [];
  return { op: "replace", path: target, value: list };
}

/** Values that are only missing are added, so that those that are there keep what else they hold. */
function listPatch(path: MappedPath, value: string | null, heldText: string | undefined): PatchOperation {
  if (value === null) return { op: "remove", path: path.text };
  const [wanted, there] = [valuesOfList(value), new Set(valuesOfList(heldText))];
  const missing = wanted.filter((one) => !there.has(one));
  return wanted.length - missing.length === there.size
    ? { op: "add", path: path.text, value: missing.map((one) => ({ value: one })) }
    : { op: "replace", path: path.text, value: writtenValue(path.text, value) };
}

function isOnlyValueMapped(path: MappedPath, mapped: readonly MappedPath[]): boolean {
  return !mapped.some((other) => other.text !== path.text && attributeOf(other) === attributeOf(path));
}

function attributeOf({ extension, attribute }: MappedPath): string {
  return extension === undefined ? attribute : `${extension}:${attribute}`;
}

function withPath(text: string, value: string): readonly [MappedPath, JsonValue] {
  return [parseMappedPath(text), writtenValue(text, value)];
}
