/** Users by any name that an administrator has for them: userName, mail, login, the provider's id, the SCIM id. */

import { allUsers, type HeldUser } from "../../astro/held.ts";
import type { DirectoryUser } from "../../directory/directory.ts";
import type { OutsideUser } from "../../directory/provider-history.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type { LinkFact } from "./facts.ts";
import type { Sides } from "./sides.ts";
import type { UserSubject } from "./subject.ts";

/** Attributes of a profile that name a user. */
const naming = ["login", "email", "mail", "userPrincipalName"];

/** Every user that the word names: those of the directory with their accounts, and accounts that are nobody's. */
export function findUsers(sides: Sides, word: string): readonly UserSubject[] {
  const { directory } = sides.provided;
  const people = peopleOf(sides);
  const byAccount = new Map<string, DirectoryUser>();
  for (const [user, accounts] of people.accounts) {
    for (const { scimId } of accounts) byAccount.set(scimId, user);
  }
  const key = foldCase(word);
  const users = new Set(
    [...directory.users.values()].filter((user) =>
      namesOf(user, sides).some((name) => foldCase(name) === key),
    ),
  );
  const accounts = allUsers(sides.drift.held).filter((account) => isNamed(account, word));
  const nobodys: HeldUser[] = [];
  for (const account of accounts) {
    const owner = byAccount.get(account.scimId);
    if (owner === undefined) nobodys.push(account);
    else users.add(owner);
  }
  return [
    ...[...users].map((user) => subjectOf(sides, user, people.accounts.get(user) ?? [])),
    ...nobodys.map((account) => accountAlone(sides, account)),
  ];
}

/** A user whom the provider knows outside the app; accounts are found by the same names. */
export function outsideSubject(sides: Sides, outside: OutsideUser): UserSubject {
  const keys = new Set(outside.names.map(foldCase));
  const accounts = allUsers(sides.drift.held).filter(
    ({ key, emails, externalId }) =>
      keys.has(key) || emails.some((email) => keys.has(foldCase(email))) || externalId === outside.objectId,
  );
  return {
    kind: "user",
    name: accounts[0]?.userName ?? outside.name,
    user: undefined,
    outside,
    accounts,
    link: linkOf(sides, outside.objectId, accounts[0]),
  };
}

/** Every name that a user could have been meant by. */
export function allNames({ provided, drift }: Sides): readonly string[] {
  const held = allUsers(drift.held).map(({ userName }) => userName);
  const expected = [...drift.expected.users.values()].map(({ userName }) => userName);
  return [...new Set([...provided.directory.users.keys(), ...expected, ...held])];
}

/** The user of a directory by the key of the account that is expected. */
export function userOfKey({ provided, userKeys }: Sides, key: string): DirectoryUser | undefined {
  return [...provided.directory.users.values()].find(({ objectId }) => userKeys.get(objectId) === key);
}

/** A user of the directory as a subject. */
export function subjectOfUser(sides: Sides, user: DirectoryUser): UserSubject {
  return subjectOf(sides, user, peopleOf(sides).accounts.get(user) ?? []);
}

/** An account that no user of the directory explains. */
export function accountAlone(sides: Sides, account: HeldUser): UserSubject {
  return {
    kind: "user",
    name: account.userName,
    user: undefined,
    outside: undefined,
    accounts: [account],
    link: linkOf(sides, undefined, account),
  };
}

function subjectOf(sides: Sides, user: DirectoryUser, accounts: readonly HeldUser[]): UserSubject {
  const expected = sides.drift.expected.users.get(sides.userKeys.get(user.objectId) ?? "");
  const own = expected === undefined ? accounts[0]?.userName : expected.userName;
  return {
    kind: "user",
    name: own ?? user.key,
    user,
    outside: undefined,
    accounts,
    link: linkOf(sides, user.objectId, accounts[0]),
  };
}

function linkOf(
  { provided: { remembered } }: Sides,
  objectId: string | undefined,
  account: HeldUser | undefined,
): LinkFact {
  if (remembered === undefined) return { kind: "unknown" };
  const link = remembered.accounts.find(
    (one) => one.objectId === objectId || (objectId === undefined && one.scimId === account?.scimId),
  );
  return link === undefined ? { kind: "not-linked" } : { kind: "linked", scimId: link.scimId };
}

interface People {
  /** The one that the directory means first. */
  readonly accounts: ReadonlyMap<DirectoryUser, readonly HeldUser[]>;
}

const known = new WeakMap<Sides, People>();

/** Accounts by the user whose they are: by name, id, link, and what the comparison says. */
function peopleOf(sides: Sides): People {
  const before = known.get(sides);
  if (before !== undefined) return before;
  const { provided, drift, userKeys } = sides;
  const accountOf = new Map(allUsers(drift.held).map((account) => [account.scimId, account]));
  const byExternalId = new Map(allUsers(drift.held).map((account) => [account.externalId, account]));
  const linkOfUser = new Map(provided.remembered?.accounts.map((link) => [link.objectId, link.scimId]));
  const byChange = accountsByChange(drift);
  const accounts = new Map<DirectoryUser, readonly HeldUser[]>();
  for (const user of provided.directory.users.values()) {
    const key = userKeys.get(user.objectId);
    const own = [
      key === undefined ? undefined : drift.held.users.get(key),
      accountOf.get(linkOfUser.get(user.objectId) ?? ""),
      byExternalId.get(user.objectId),
      ...(key === undefined ? [] : (byChange.get(key) ?? [])),
    ].filter((account) => account !== undefined);
    if (own.length > 0) accounts.set(user, [...new Map(own.map((one) => [one.scimId, one])).values()]);
  }
  const people = { accounts };
  known.set(sides, people);
  return people;
}

/** Accounts that the comparison takes for a user's although they have another name, by the key of the user. */
function accountsByChange({
  changes,
  protectedSkipped,
}: Sides["drift"]): ReadonlyMap<string, readonly HeldUser[]> {
  const byKey = new Map<string, HeldUser[]>();
  for (const change of [...changes, ...protectedSkipped]) {
    if (change.kind !== "user-duplicate" && change.kind !== "user-renamed") continue;
    byKey.set(change.user.key, [...(byKey.get(change.user.key) ?? []), change.held]);
  }
  return byKey;
}

function namesOf(user: DirectoryUser, { userKeys, drift, provided }: Sides): readonly string[] {
  const profile = naming.flatMap((name) => {
    const value = user.profile[name];
    return typeof value === "string" && value !== "" ? [value] : [];
  });
  const expected = drift.expected.users.get(userKeys.get(user.objectId) ?? "");
  const sent = provided.remembered?.accounts.find(({ objectId }) => objectId === user.objectId)?.userName;
  return [
    user.key,
    user.objectId,
    ...profile,
    ...(expected === undefined ? [] : [expected.userName]),
    ...(sent === undefined ? [] : [sent]),
  ];
}

function isNamed({ key, scimId, emails }: HeldUser, word: string): boolean {
  const wanted = foldCase(word);
  return key === wanted || scimId === word || emails.some((email) => foldCase(email) === wanted);
}
