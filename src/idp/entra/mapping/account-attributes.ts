/** The attributes of the account that the mappings make of a user: those that are compared, and those that cannot be. */

import { externalIdPath, listText, valuesIn } from "../../../astro/compared-value.ts";
import type { WhyNotCompared } from "../../../astro/state.ts";
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

/** Why the value of a row cannot be compared; undefined where it is. */
function whyNotCompared(
  one: MappedAttribute,
  later: ReadonlySet<MappingRow> | undefined,
): WhyNotCompared | undefined {
  if (one.row.isNeverTheSame) return "never-the-same";
  if (one.target.path.text === "password" || comparedTextOf(one) === undefined) return "never-returned";
  return later?.has(one.row) === false ? "only-at-creation" : undefined;
}

/** What is compared, what is sent once, and what nobody can compare. `userName` and `active` are no attributes here. */
export function attributesOf(
  made: readonly MappedAttribute[],
  {
    sentLater: later,
    isIdMadeUp,
    mapping,
  }: {
    readonly sentLater: ReadonlySet<MappingRow> | undefined;
    readonly isIdMadeUp: boolean;
    readonly mapping: Mapping;
  },
): Pick<MappedAccount, "attributes" | "atCreation" | "notCompared" | "onlyAdded" | "fromUnknownId"> {
  const judged = made
    .filter(({ target }) => target.path.text !== "userName" && target.path.text !== "active")
    .map((one) => ({ ...one, attribute: one.target.path.text, why: whyNotCompared(one, later) }));
  const compared = judged.filter(({ why }) => why === undefined);
  const pathsOf = (has: (one: MappedAttribute) => boolean): readonly string[] =>
    compared.filter(has).map(({ attribute }) => attribute);
  const atCreation = textsOf(judged.filter(({ why }) => why === "only-at-creation"));
  const notCompared = judged.flatMap(({ attribute, why }) => (why === undefined ? [] : [{ attribute, why }]));
  const onlyAdded = [
    ...pathsOf(({ target, row }) => target.type === "objects" && !row.isAssertive),
    ...emptyLists(mapping, made),
  ];
  const fromUnknownId = isIdMadeUp ? pathsOf(({ row }) => row.sources.includes("objectId")) : [];
  return {
    attributes: textsOf(compared),
    ...(Object.keys(atCreation).length === 0 ? {} : { atCreation }),
    ...(notCompared.length === 0 ? {} : { notCompared }),
    ...(onlyAdded.length === 0 ? {} : { onlyAdded }),
    ...(fromUnknownId.length === 0 ? {} : { fromUnknownId }),
  };
}

/** Lists of which the user has no value: nothing is sent that would empty the one of the account. */
function emptyLists({ rows }: Mapping, made: readonly MappedAttribute[]): readonly string[] {
  const filled = new Set(made.map(({ row }) => row));
  return rows
    .filter((row) => row.target.type === "objects" && !filled.has(row))
    .map(({ target }) => target.path.text);
}

/** The provider's own id of the user is separate. */
function textsOf(values: readonly MappedAttribute[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    values.flatMap((one) => {
      const { text: path } = one.target.path;
      const text = comparedTextOf(one);
      return path === externalIdPath || text === undefined ? [] : [[path, text] as const];
    }),
  );
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
