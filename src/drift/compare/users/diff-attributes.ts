/** The mapped attributes of one account: what differs, and what cannot be compared. */

import { externalIdPath, isSameValue, listText, valuesOfList } from "../../../astro/compared-value.ts";
import type { HeldUser } from "../../../astro/held.ts";
import type { AttributeNotCompared, ExpectedState, ExpectedUser, StateKey } from "../../../astro/state.ts";
import type { AwaitedAccount, UserAttributeDiffers, UserMissing } from "../change.ts";
import type { UserMatch } from "./match-users.ts";

/** Both sides, by which references are read. */
export interface AttributeSides {
  readonly expected: ExpectedState;
  readonly match: UserMatch;
  /** Every account by its SCIM id. */
  readonly accounts: ReadonlyMap<string, HeldUser>;
}

export interface AttributeRules {
  /** See `DiffOptions`. */
  readonly isRehearsed: boolean;
  /** The target lives in this process: nothing but the rehearsal itself has written to it. */
  readonly isInProcess: boolean;
}

export interface AttributeDrift {
  readonly changes: readonly UserAttributeDiffers[];
  /** Found by looking at the account; what the mappings say of themselves is in `ExpectedUser.notCompared`. */
  readonly notCompared: readonly AttributeNotCompared[];
}

const noDrift: AttributeDrift = { changes: [], notCompared: [] };
const noChanges: readonly UserAttributeDiffers[] = [];

export function diffAttributes(
  user: ExpectedUser,
  held: HeldUser,
  sides: AttributeSides & AttributeRules,
): AttributeDrift {
  const differing = [
    ...diffExternalId(user, held),
    ...diffValues(user, held),
    ...diffReferences(user, held, sides),
  ];
  if (differing.length === 0 && user.onlyAdded === undefined) return noDrift;
  const unknownPaths = new Set(user.fromUnknownId);
  const isUnknown = ({ attribute, heldValue }: UserAttributeDiffers): boolean =>
    unknownPaths.has(attribute) && !(sides.isRehearsed && heldValue !== undefined);
  const exceeded = (user.onlyAdded ?? []).filter((path) => {
    const wanted = new Set(valuesOfList(user.attributes[path]));
    return valuesOfList(held.attributes[path]).some((value) => !wanted.has(value));
  });
  return {
    changes: differing
      .filter((change) => !isUnknown(change))
      .map((change) =>
        unknownPaths.has(change.attribute) && !sides.isInProcess ? { ...change, isMadeUp: true } : change,
      ),
    notCompared: [
      ...differing.flatMap((change): AttributeNotCompared[] =>
        isUnknown(change) ? [{ attribute: change.attribute, why: "unknown-id" }] : [],
      ),
      ...exceeded.map((attribute) => ({ attribute, why: "only-added" }) as const),
    ],
  };
}

/** What an account that is missing is created with: on a server nothing that is made of an id that is not known. */
export function creationOf(
  user: ExpectedUser,
  sides: Pick<AttributeSides, "expected" | "match"> & AttributeRules,
): Pick<UserMissing, "externalId" | "attributes" | "attributesNotKept" | "awaited"> {
  const unknown = new Set(sides.isRehearsed && sides.isInProcess ? [] : user.fromUnknownId);
  const references: [string, string][] = [];
  const awaited: AwaitedAccount[] = [];
  for (const [attribute, key] of Object.entries(user.references ?? {})) {
    if (key === null) continue;
    const account = sides.match.heldOf(key);
    if (account === undefined) awaited.push({ attribute, userName: nameOf(key, sides) });
    else references.push([attribute, account.scimId]);
  }
  const values = Object.entries({ ...user.attributes, ...user.atCreation });
  const notKept = [...Object.entries(user.notKept?.attributes ?? {}), ...referencesNotKept(user, sides)];
  const isKnown = ([path]: readonly [string, string]): boolean => !unknown.has(path);
  return {
    externalId: unknown.has(externalIdPath) ? undefined : user.externalId,
    attributes: Object.fromEntries([...values.filter(isKnown), ...references]),
    ...(notKept.some(isKnown) ? { attributesNotKept: Object.fromEntries(notKept.filter(isKnown)) } : {}),
    awaited,
  };
}

/** To accounts that exist: nothing waits for an attribute that the target does not seem to keep. */
function referencesNotKept(
  { notKept }: ExpectedUser,
  { match }: Pick<AttributeSides, "match">,
): readonly (readonly [string, string])[] {
  return Object.entries(notKept?.references ?? {}).flatMap(([path, key]) => {
    const account = key === null ? undefined : match.heldOf(key);
    return account === undefined ? [] : [[path, account.scimId] as const];
  });
}

function diffExternalId(user: ExpectedUser, held: HeldUser): readonly UserAttributeDiffers[] {
  const { externalId, notCompared = [] } = user;
  if (externalId === undefined || notCompared.some(({ attribute }) => attribute === externalIdPath))
    return noChanges;
  return differs(user, held, {
    attribute: externalIdPath,
    expectedValue: externalId,
    heldValue: held.externalId,
  });
}

function diffValues(user: ExpectedUser, held: HeldUser): readonly UserAttributeDiffers[] {
  let differing: readonly UserAttributeDiffers[] = noChanges;
  // Nearly every value is the same: of a hundred thousand users, nothing is made for those.
  for (const attribute of Object.keys(user.attributes)) {
    const wanted = user.attributes[attribute];
    const heldValue = held.attributes[attribute];
    if (wanted === heldValue) continue;
    const isMore = user.onlyAdded?.includes(attribute) === true;
    const expectedValue = isMore ? listText([...valuesOfList(wanted), ...valuesOfList(heldValue)]) : wanted;
    differing = [...differing, ...differs(user, held, { attribute, expectedValue, heldValue })];
  }
  if (user.otherAttributes === "kept") return differing;
  for (const attribute of Object.keys(held.attributes)) {
    if (isMapped(user, attribute)) continue;
    const about = { attribute, expectedValue: undefined, heldValue: held.attributes[attribute] };
    differing = [...differing, ...differs(user, held, about)];
  }
  return differing;
}

/** Whether the mappings say anything of an attribute. */
function isMapped(
  { attributes, atCreation = {}, references = {}, notCompared = [] }: ExpectedUser,
  path: string,
): boolean {
  return (
    Object.hasOwn(attributes, path) ||
    Object.hasOwn(atCreation, path) ||
    Object.hasOwn(references, path) ||
    notCompared.some(({ attribute }) => attribute === path)
  );
}

function diffReferences(
  user: ExpectedUser,
  held: HeldUser,
  sides: AttributeSides,
): readonly UserAttributeDiffers[] {
  if (user.references === undefined) return noChanges;
  return Object.entries(user.references).flatMap(([attribute, key]) => {
    const account = key === null ? undefined : sides.match.heldOf(key);
    const heldValue = held.attributes[attribute];
    const names = {
      expected: key === null ? undefined : nameOf(key, sides),
      held: heldValue === undefined ? undefined : sides.accounts.get(heldValue)?.userName,
    };
    const about = { attribute, expectedValue: account?.scimId, heldValue, accounts: names };
    if (key === null || account !== undefined) return differs(user, held, about);
    return [{ kind: "user-attribute-differs", user, held, ...about, isAwaited: true } as const];
  });
}

function differs(
  user: ExpectedUser,
  held: HeldUser,
  about: Pick<UserAttributeDiffers, "attribute" | "expectedValue" | "heldValue" | "accounts">,
): readonly UserAttributeDiffers[] {
  const { attribute, expectedValue, heldValue } = about;
  if (isSameValue(attribute, expectedValue, heldValue)) return noChanges;
  return [{ kind: "user-attribute-differs", user, held, ...about }];
}

function nameOf(key: StateKey, { expected }: Pick<AttributeSides, "expected">): string {
  return expected.users.get(key)?.userName ?? key;
}
