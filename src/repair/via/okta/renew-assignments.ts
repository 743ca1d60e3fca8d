/**
 * Assignments that are removed and made again although Okta is linked to an account that exists (`--reassign`): whose, why, what the
 * account loses while there is none, and the operations that put it back.
 */

import { allTeams, allUsers, type HeldTeam, type HeldUser } from "../../../astro/held.ts";
import { arePlainRoles } from "../../../astro/records/held-roles.ts";
import type { Drift } from "../../../drift/compare/diff.ts";
import type { LeftOut } from "../../../drift/plan/left-out/left-out.ts";
import {
  membersSummary,
  type ChangeMembers,
  type Operation,
  type OperationSubject,
} from "../../../drift/plan/operations/operation.ts";
import type { Plan } from "../../../drift/plan/plan.ts";
import type { RenewAssignment } from "../../../drift/plan/operations/provider-operation.ts";
import { userSummary } from "../../../drift/plan/operations/provider-summaries.ts";
import { rolesLostWithUser } from "../../../drift/plan/operations/roles-lost.ts";
import { subjectOfTeam } from "../../../drift/plan/operations/team-operations.ts";
import { subjectOfUser } from "../../../drift/plan/operations/user-operations.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import type { AppUser } from "../../../management/okta/app-users.ts";
import { assigningGroup } from "./assigning-group.ts";
import type { Wanted } from "./broken-link.ts";
import { linkOf, nameOf, type AppUsers } from "./facts.ts";
import type { OpenGroups } from "./open-groups.ts";
import { whyNotRenewed, type NamedUser } from "./why-not-renewed.ts";

export interface RenewalFacts {
  readonly appUsers: AppUsers;
  readonly groups: OpenGroups;
  /** Values of the app profile that a new assignment does not have. @throws AppError where Okta cannot be read */
  readonly profileLostBy: (userId: string) => Promise<readonly string[]>;
}

export interface Renewals {
  /** Those of the plan, without what the new assignments do themselves, and with the new ones. */
  readonly operations: readonly Operation[];
  readonly leftOut: readonly LeftOut[];
  /** Keys of users about whom everything is said here. */
  readonly settled: ReadonlySet<string>;
  /** Those who were named and whose link leads to no account: nothing is lost by assigning them again. */
  readonly withoutLink: readonly (Wanted & { readonly appUser: AppUser })[];
}

/** @throws AppError where Okta cannot be read */
export async function renewAssignments(
  names: readonly string[],
  plan: Plan,
  drift: Drift,
  facts: RenewalFacts,
): Promise<Renewals> {
  const accounts = new Map(allUsers(drift.held).map((user) => [user.scimId, user]));
  let operations = plan.operations;
  const leftOut: LeftOut[] = [];
  const settled = new Set<string>();
  const withoutLink: Renewals["withoutLink"][number][] = [];
  for (const key of new Set(names.map(foldCase))) {
    const appUser = facts.appUsers.byName.get(key);
    const named: NamedUser = {
      key,
      appUser,
      linked: accounts.get(linkOf(appUser) ?? ""),
      own: drift.held.users.get(key),
    };
    if (appUser !== undefined && named.linked === undefined) {
      const userName = nameOf(appUser);
      withoutLink.push({
        subject: subjectOf(named.own, userName),
        userName,
        why: byName,
        named: true,
        appUser,
      });
      continue;
    }
    settled.add(key);
    const renewed = await renew(named, drift, facts);
    if ("reason" in renewed) leftOut.push(renewed);
    else operations = withRenewal(operations, renewed, drift);
  }
  return { operations, leftOut, settled, withoutLink };
}

/** The new assignment, or why there is none. */
async function renew(named: NamedUser, drift: Drift, facts: RenewalFacts): Promise<Renewed | LeftOut> {
  const { key, appUser, linked, own } = named;
  const name = appUser === undefined ? key : nameOf(appUser);
  const why = whyNotRenewed(named, drift, facts.appUsers);
  if (why !== undefined) return { ...why, kind: "user", name };
  if (appUser === undefined || linked === undefined) throw new TypeError("checked right before");
  const group = assigningGroup(appUser, facts.groups);
  if (typeof group === "string") return { code: "provider-link", kind: "user", name, reason: group };
  const profileLost = await facts.profileLostBy(appUser.id);
  const teams = allTeams(drift.held).filter(({ memberIds }) => memberIds.has(linked.scimId));
  const renewal = renewalOf({ appUser, linked, own, teams }, profileLost);
  const whole = group === undefined ? renewal : { ...renewal, group };
  return { operation: { ...whole, summary: userSummary(whole) }, linked, own, teams };
}

function withRenewal(operations: readonly Operation[], renewed: Renewed, drift: Drift): readonly Operation[] {
  const { operation, linked, own } = renewed;
  const all = [...withoutWhatOktaSends(operations, [linked, own]), operation];
  return own?.scimId === linked.scimId ? puttingBack(all, renewed, drift) : all;
}

const byName = "it was asked for by name (--reassign), and Okta is linked to no account that exists";

interface Accounts {
  readonly linked: HeldUser;
  readonly own: HeldUser | undefined;
  readonly teams: readonly HeldTeam[];
}

interface Renewed extends Accounts {
  readonly operation: RenewAssignment;
}

function renewalOf(
  { appUser, linked, own, teams }: Accounts & { readonly appUser: AppUser },
  profileLost: readonly string[],
): RenewAssignment {
  const userName = nameOf(appUser);
  const isOwn = own?.scimId === linked.scimId;
  const roles = linked.iam === undefined ? undefined : rolesLostWithUser(linked.iam, teams);
  return {
    id: `renew-assignment ${foldCase(userName)}`,
    kind: "renew-assignment",
    through: "okta",
    why: isOwn
      ? "its provisioning has failed (ERROR), so Okta sends nothing about it, and a write over SCIM does not change that"
      : `Okta is linked to another account, ${linked.userName}, which no write over SCIM changes`,
    subject: subjectOf(own, userName),
    dependsOn: [],
    summary: "",
    userName,
    objectId: appUser.id,
    linkedId: linked.scimId,
    linkedName: linked.userName,
    linkedFingerprint: linked.fingerprint,
    teamIds: teams.map(({ scimId }) => scimId),
    // An inactive account is no member of the organization: it has no roles to lose.
    rolesKnown: roles?.held !== undefined || !linked.active,
    ...(roles === undefined ? {} : { roles }),
    profileLost,
  };
}

/** Okta activates the account and sends its attributes with the new assignment. */
function withoutWhatOktaSends(
  operations: readonly Operation[],
  accounts: readonly (HeldUser | undefined)[],
): readonly Operation[] {
  const ids = new Set(accounts.map((account) => account?.scimId ?? null));
  return operations.filter(
    ({ kind, subject }) => (kind !== "activate-user" && kind !== "update-user") || !ids.has(subject.scimId),
  );
}

/** Its roles over IAM; each Team gets it back as a member, which becomes a push where Okta pushes the Team. */
function puttingBack(
  operations: readonly Operation[],
  { operation: { id, roles }, linked, teams }: Renewed,
  drift: Drift,
): readonly Operation[] {
  const member = { key: linked.key, userName: linked.userName, scimId: linked.scimId, after: id };
  const held = roles?.held;
  const back: Operation[] = [];
  if (held !== undefined && !arePlainRoles(held)) {
    const subject = subjectOfUser(linked);
    back.push({
      id: `restore-user-roles ${linked.scimId}`,
      kind: "restore-user-roles",
      subject,
      dependsOn: [id],
      summary: `give ${linked.userName} its roles back`,
      granted: held,
    });
  }
  const added = new Map<string, ChangeMembers>();
  for (const team of teams.filter((one) => !isWantedOut(linked, one, drift))) {
    const addId = `add-members ${team.scimId}`;
    const planned = operations.find(
      (one): one is ChangeMembers => one.id === addId && one.kind === "add-members",
    );
    const change = {
      kind: "add-members" as const,
      subject: subjectOfTeam(team),
      members: [...(planned?.members ?? []), member],
      unknownMembers: planned?.unknownMembers ?? [],
    };
    added.set(addId, {
      ...change,
      id: addId,
      dependsOn: planned?.dependsOn ?? [],
      summary: membersSummary(change),
    });
  }
  return [...operations.filter((one) => !added.has(one.id)), ...back, ...added.values()];
}

/** The directory wants the membership to end, which it does by itself. */
function isWantedOut({ scimId }: HeldUser, team: HeldTeam, { changes }: Drift): boolean {
  return changes.some(
    (change) =>
      change.kind === "team-members-differ" &&
      change.held.scimId === team.scimId &&
      change.leftOver.some((member) => member.scimId === scimId),
  );
}

function subjectOf(own: HeldUser | undefined, userName: string): OperationSubject {
  if (own !== undefined) return subjectOfUser(own);
  return { kind: "user", key: foldCase(userName), name: userName, scimId: null, fingerprint: null };
}
