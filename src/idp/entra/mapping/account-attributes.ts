/** The attributes of the account that the mappings make of a user: those that are compared, and those that cannot be. */

import { externalIdPath, listText, valuesIn } from "../../../astro/compared-value.ts";
import type { AttributeNotCompared } from "../../../astro/state.ts";
import type { Directory, DirectoryUser, UserKey } from "../../../directory/directory.ts";
import type { MappedAccount } from "../../accounts/accounts.ts";
import {
  mapObject,
  type Evaluation,
  type MappedAttribute,
  type Mapping,
  type MappingRow,
} from "./mapping.ts";
import { valueText } from "./mapped-value.ts";

/** Rows whose value is sent after the creation, too; undefined where all are. */
export function sentLater(mapping: Mapping, evaluation: Evaluation): ReadonlySet<MappingRow> | undefined {
  const isAnyOnce = mapping.rows.some((row) => row.onlyAtCreation || row.defaultIfNull !== undefined);
  if (!isAnyOnce) return undefined;
  return new Set(mapObject(mapping, { ...evaluation, creating: false }).map(({ row }) => row));
}

/** What is compared, what is sent once, and what nobody can compare. */
export function attributesOf(
  made: readonly MappedAttribute[],
  {
    sentLater: later,
    isIdMadeUp,
  }: {
    readonly sentLater: ReadonlySet<MappingRow> | undefined;
    readonly isIdMadeUp: boolean;
  },
): Pick<MappedAccount, "attributes" | "atCreation" | "notCompared" | "onlyAdded" | "fromUnknownId"> {
  const attributes: [string, string][] = [];
  const atCreation: [string, string][] = [];
  const notCompared: AttributeNotCompared[] = [];
  const compared: MappedAttribute[] = [];
  for (const one of made) {
    const attribute = one.target.path.text;
    if (attribute === "userName" || attribute === "active") continue;
    const text = comparedTextOf(one);
    const isOwn = attribute === externalIdPath;
    if (one.row.isNeverTheSame) notCompared.push({ attribute, why: "never-the-same" });
    else if (attribute === "password" || text === undefined)
      notCompared.push({ attribute, why: "never-returned" });
    else if (later?.has(one.row) === false) {
      notCompared.push({ attribute, why: "only-at-creation" });
      if (!isOwn) atCreation.push([attribute, text]);
    } else {
      compared.push(one);
      if (!isOwn) attributes.push([attribute, text]);
    }
  }
  const pathsOf = (has: (one: MappedAttribute) => boolean): readonly string[] =>
    compared.filter(has).map(({ target }) => target.path.text);
  const onlyAdded = pathsOf(({ target, row }) => target.type === "objects" && !row.isAssertive);
  const fromUnknownId = isIdMadeUp ? pathsOf(({ row }) => row.sources.includes("objectId")) : [];
  return {
    attributes: Object.fromEntries(attributes),
    ...(atCreation.length === 0 ? {} : { atCreation: Object.fromEntries(atCreation) }),
    ...(notCompared.length === 0 ? {} : { notCompared }),
    ...(onlyAdded.length === 0 ? {} : { onlyAdded }),
    ...(fromUnknownId.length === 0 ? {} : { fromUnknownId }),
  };
}

/** As the target's own value is read. */
function comparedTextOf({ value }: MappedAttribute): string | undefined {
  return typeof value === "object" ? listText(valuesIn(value)) : valueText(value);
}

export type ManagerOf = (user: DirectoryUser) => UserKey | null;

/** Managers are named as the fixture speaks of users, or by object id. */
export function managersOf(directory: Directory): ManagerOf {
  let byId: ReadonlyMap<string, UserKey> | undefined;
  return ({ profile: { manager } }) => {
    if (typeof manager !== "string") return null;
    if (directory.users.has(manager)) return manager;
    byId ??= new Map([...directory.users.values()].map(({ objectId, key }) => [objectId, key]));
    return byId.get(manager) ?? null;
  };
}

export function referencesOf(
  user: DirectoryUser,
  { mapping, managerOf }: { readonly mapping: Mapping; readonly managerOf: ManagerOf },
): Pick<MappedAccount, "references"> {
  const rows = mapping.rows.filter(({ reference }) => reference === "manager");
  if (rows.length === 0) return {};
  const manager = managerOf(user);
  return { references: Object.fromEntries(rows.map(({ target }) => [target.path.text, manager])) };
}
