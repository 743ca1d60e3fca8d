/** Builders of expected and held states: only what a test is about. */

import { teamFingerprint, userFingerprint } from "../../src/astro/api/fingerprint.ts";
import type { HeldState, HeldTeam, HeldUser, UnseenMember } from "../../src/astro/held.ts";
import type { AstroTeam, ExpectedPresence, ExpectedState, ExpectedUser } from "../../src/astro/state.ts";
import { foldCase } from "../../src/ground/text/fold-case.ts";

export interface UserSpec {
  readonly name: string;
  readonly externalId?: string | undefined;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface ExpectedUserSpec extends UserSpec {
  readonly presence?: ExpectedPresence;
  readonly reason?: string;
  /** Assigned before Provisioning was switched on. */
  readonly ssoOnly?: true;
}

export interface HeldUserSpec extends UserSpec {
  readonly id?: string;
  readonly active?: boolean;
  readonly emails?: readonly string[];
  readonly roles?: readonly string[];
}

export interface TeamSpec {
  readonly name: string;
  /** Short names, as of users. */
  readonly members?: readonly string[];
  readonly id?: string;
  readonly unknownMembers?: readonly string[];
  readonly unseenMembers?: readonly UnseenMember[];
  /** Of an expected Team: members of its group who were assigned before Provisioning was switched on. */
  readonly ssoOnlyMembers?: readonly string[];
}

/** `ada` is short for `ada@example.com`; `=ada` is `ada` itself. */
export function userName(name: string): string {
  if (name.startsWith("=")) return name.slice(1);
  return name.includes("@") ? name : `${name}@example.com`;
}

export function key(name: string): string {
  return foldCase(userName(name));
}

export function expectedState(spec: {
  readonly users?: readonly (ExpectedUserSpec | string)[];
  readonly teams?: readonly TeamSpec[];
  readonly unmappable?: ExpectedState["unmappable"];
}): ExpectedState {
  const users = (spec.users ?? []).map((one): ExpectedUser => {
    const user = typeof one === "string" ? { name: one } : one;
    const presence = user.presence ?? (user.ssoOnly === true ? "either" : "active");
    return {
      key: key(user.name),
      userName: userName(user.name),
      scimId: undefined,
      externalId: user.externalId,
      active: presence === "active",
      attributes: user.attributes ?? {},
      presence,
      reason: user.reason ?? "",
      ...(user.ssoOnly === true ? { ssoOnly: true } : {}),
    };
  });
  const waiting = users.filter(({ ssoOnly }) => ssoOnly === true);
  const teams = (spec.teams ?? []).map((team): AstroTeam => ({
    key: foldCase(team.name),
    displayName: team.name,
    scimId: undefined,
    members: new Set((team.members ?? []).map(key)),
    unknownMembers: [],
    ...(team.ssoOnlyMembers === undefined ? {} : { ssoOnlyMembers: new Set(team.ssoOnlyMembers.map(key)) }),
  }));
  return {
    users: byKey(users),
    teams: byKey(teams),
    unmappable: spec.unmappable ?? [],
    ...(waiting.length === 0
      ? {}
      : { ssoOnly: waiting.map((user) => ({ user: user.userName, key: user.key })) }),
  };
}

export function heldUser(spec: HeldUserSpec | string): HeldUser {
  const user = typeof spec === "string" ? { name: spec } : spec;
  const content = {
    userName: userName(user.name),
    externalId: user.externalId,
    active: user.active ?? true,
    attributes: user.attributes ?? {},
  };
  return {
    ...content,
    key: key(user.name),
    scimId: user.id ?? `id-${user.name}`,
    emails: (user.emails ?? []).map(foldCase),
    primaryEmail: user.emails?.length === 1 ? foldCase(user.emails[0]!) : undefined,
    roles: user.roles,
    version: undefined,
    fingerprint: userFingerprint(content),
  };
}

export function heldState(spec: {
  readonly users?: readonly (HeldUserSpec | string)[];
  readonly teams?: readonly TeamSpec[];
  readonly namesakeUsers?: readonly HeldUserSpec[];
  readonly namesakeTeams?: readonly TeamSpec[];
}): HeldState {
  const users = byKey((spec.users ?? []).map(heldUser));
  const namesakeUsers = (spec.namesakeUsers ?? []).map(heldUser);
  const team = (one: TeamSpec): HeldTeam => {
    // A member is named by userName, or by the id of an account whose name another one has.
    const ids = (one.members ?? []).map((member) => users.get(key(member))?.scimId ?? member);
    const keyOf = new Map([...users.values()].map((user) => [user.scimId, user.key]));
    const { unknownMembers = [], unseenMembers = [] } = one;
    const unseenIds = unseenMembers.filter(({ is }) => is !== "group").map(({ scimId }) => scimId);
    const memberIds = [...ids, ...unknownMembers, ...unseenIds];
    return {
      key: foldCase(one.name),
      displayName: one.name,
      scimId: one.id ?? `team-${one.name}`,
      version: undefined,
      memberIds: new Set(memberIds),
      members: new Set(ids.flatMap((id) => keyOf.get(id) ?? [])),
      unknownMembers,
      unseenMembers,
      fingerprint: teamFingerprint(one.name, memberIds),
    };
  };
  return {
    users,
    teams: byKey((spec.teams ?? []).map(team)),
    namesakeUsers,
    namesakeTeams: (spec.namesakeTeams ?? []).map(team),
  };
}

/** The state that a directory would have to describe for this to be without drift. */
export function expectedFrom(held: HeldState): ExpectedState {
  const users = [...held.users.values()].map((user): ExpectedUser => ({
    ...user,
    scimId: undefined,
    presence: user.active ? "active" : "not-active",
    reason: "",
  }));
  const teams = [...held.teams.values()].map((team): AstroTeam => ({
    ...team,
    scimId: undefined,
    unknownMembers: [],
  }));
  return { users: byKey(users), teams: byKey(teams), unmappable: [] };
}

function byKey<Item extends { readonly key: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.key, item]));
}
