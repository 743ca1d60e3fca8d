/** Bodies about a user: the resource of a POST, the operations of a PATCH. */

import type { JsonObject } from "../../ground/json.ts";
import { userSchemaUrn } from "../../scim/urn.ts";
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

/** The operations that carry out an edit, one for each attribute (RFC 7644 §3.5.2.2, §3.5.2.3). */
export function userPatch(edit: UserEdit, mapped: readonly MappedPath[]): readonly PatchOperation[] {
  const operations: PatchOperation[] = [];
  if (edit.userName !== undefined) operations.push({ op: "replace", path: "userName", value: edit.userName });
  for (const [pathText, value] of Object.entries(edit.attributes ?? {})) {
    operations.push(attributePatch(parseMappedPath(pathText), value, mapped));
  }
  if (edit.active !== undefined) operations.push({ op: "replace", path: "active", value: edit.active });
  return operations;
}

function attributePatch(
  path: MappedPath,
  value: string | null,
  mapped: readonly MappedPath[],
): PatchOperation {
  const wholeList = path.selector !== undefined && isOnlyValueMapped(path, mapped);
  const target = wholeList ? attributeOf(path) : path.text;
  if (value === null) return { op: "remove", path: target };
  if (!wholeList) return { op: "replace", path: target, value };
  // A filter that matches nothing is an error (RFC 7644 §3.5.2.3), and the list may be empty: so the whole of it.
  const list = buildMappedAttributes([[{ ...path, extension: undefined }, value]])[path.attribute] ?? [];
  return { op: "replace", path: target, value: list };
}

function isOnlyValueMapped(path: MappedPath, mapped: readonly MappedPath[]): boolean {
  return !mapped.some((other) => other.text !== path.text && attributeOf(other) === attributeOf(path));
}

function attributeOf({ extension, attribute }: MappedPath): string {
  return extension === undefined ? attribute : `${extension}:${attribute}`;
}

function withPath(text: string, value: string): readonly [MappedPath, string] {
  return [parseMappedPath(text), value];
}
