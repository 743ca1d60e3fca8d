/** The same change of a PATCH as each client spells it: RFC 7644 §3.5.2, Okta, and Entra with and without `aadOptscim062020`. */

import { enterpriseUrn, type EmailType, type TextPath } from "./scim-model.ts";

export const spellings = ["rfc", "okta", "entra", "entra-legacy"] as const;
export type Spelling = (typeof spellings)[number];

type Operation = Readonly<Record<string, unknown>>;

/** Texts that are set, or unset where they are undefined. */
export type TextChanges = ReadonlyMap<TextPath, string | undefined>;

export function changeTexts(spelling: Spelling, changes: TextChanges): readonly Operation[] {
  const removed = [...changes.keys()].filter((path) => changes.get(path) === undefined);
  const removals = removed.map((path) => ({ op: verb(spelling, "remove"), path: fullPath(path) }));
  const set = [...changes].filter(([, value]) => value !== undefined);
  if (set.length === 0) return removals;
  if (spelling === "rfc" || spelling === "entra-legacy") {
    const op = verb(spelling, "replace");
    return [...set.map(([path, value]) => ({ op, path: fullPath(path), value })), ...removals];
  }
  const value = spelling === "entra" ? flat(set) : nested(set);
  return [{ op: "replace", value }, ...removals];
}

export function changeActive(spelling: Spelling, active: boolean): readonly Operation[] {
  return {
    rfc: [{ op: "replace", path: "active", value: active }],
    okta: [{ op: "replace", value: { active } }],
    entra: [{ op: "replace", value: { active } }],
    "entra-legacy": [{ op: "Replace", path: "active", value: active ? "True" : "False" }],
  }[spelling];
}

/** Text of an attribute that a resource has to have: a userName, the displayName of a Team. */
export function rename(
  spelling: Spelling,
  { id, name, value }: { readonly id: string; readonly name: string; readonly value: string },
): readonly Operation[] {
  return {
    rfc: [{ op: "replace", path: name, value }],
    // Okta repeats the id of the group that it renames.
    okta: [{ op: "replace", value: { id, [name]: value } }],
    entra: [{ op: "replace", value: { [name]: value } }],
    "entra-legacy": [{ op: "Replace", path: name, value }],
  }[spelling];
}

export function addMembers(spelling: Spelling, ids: readonly string[]): readonly Operation[] {
  return {
    rfc: [{ op: "add", path: "members", value: ids.map((value) => ({ value })) }],
    okta: [{ op: "add", path: "members", value: ids.map((value) => ({ value, display: null })) }],
    entra: [{ op: "add", value: { members: ids } }],
    "entra-legacy": ids.map((value) => ({ op: "Add", path: "members", value: [{ $ref: null, value }] })),
  }[spelling];
}

export function removeMembers(spelling: Spelling, ids: readonly string[]): readonly Operation[] {
  if (spelling === "entra-legacy") {
    return [{ op: "Remove", path: "members", value: ids.map((value) => ({ $ref: null, value })) }];
  }
  return ids.map((id) => ({ op: "remove", path: `members[value eq "${id}"]` }));
}

export function replaceMembers(spelling: Spelling, ids: readonly string[]): readonly Operation[] {
  const value = ids.map((id) => ({ value: id }));
  return {
    rfc: [{ op: "replace", path: "members", value }],
    okta: [{ op: "replace", path: "members", value }],
    entra: [{ op: "replace", value: { members: value } }],
    "entra-legacy": [{ op: "Remove", path: "members" }, ...addMembers("entra-legacy", ids)],
  }[spelling];
}

/** Sets the address of a type; where there is none it is made. */
export function setEmail(spelling: Spelling, type: EmailType, value: string): readonly Operation[] {
  const path = `emails[type eq "${type}"].value`;
  return {
    rfc: [{ op: "add", path, value }],
    okta: [{ op: "replace", path, value }],
    entra: [{ op: "add", value: { [path]: value } }],
    "entra-legacy": [{ op: "Add", path, value }],
  }[spelling];
}

export function removeEmail(spelling: Spelling, type: EmailType): readonly Operation[] {
  return [{ op: verb(spelling, "remove"), path: `emails[type eq "${type}"]` }];
}

export function makePrimary(spelling: Spelling, type: EmailType): readonly Operation[] {
  const value = spelling === "entra-legacy" ? "True" : true;
  return [{ op: verb(spelling, "replace"), path: `emails[type eq "${type}"].primary`, value }];
}

function verb(spelling: Spelling, name: "remove" | "replace"): string {
  return spelling === "entra-legacy" ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}

function fullPath(path: TextPath): string {
  return path === "department" ? `${enterpriseUrn}:department` : path;
}

function flat(set: readonly (readonly [TextPath, string | undefined])[]): Operation {
  return Object.fromEntries(set.map(([path, value]) => [fullPath(path), value]));
}

function nested(set: readonly (readonly [TextPath, string | undefined])[]): Operation {
  const values: Record<string, unknown> = {};
  for (const [path, value] of set) {
    if (path === "department") values[enterpriseUrn] = { department: value };
    else if (path.startsWith("name.")) {
      values["name"] = { ...(values["name"] as object), [path.slice("name.".length)]: value };
    } else values[path] = value;
  }
  return values;
}
