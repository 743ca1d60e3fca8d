/** Okta's memory while a run is writing it. */

import { foldCase } from "../../ground/text/fold-case.ts";
import { VersionedMap } from "../../ground/versioned-map.ts";
import { VersionedSet } from "../../ground/versioned-set.ts";
import type { Task } from "../run/task.ts";
import { carryAgreement } from "./groups/agreement.ts";
import type { AppUser, OktaId, OktaMemory, PushMapping } from "./memory.ts";

/** Whose name it is to be. */
export interface Claimant {
  readonly objectId: OktaId;
  readonly key: string;
}

/** Opened at the start of a run with what was remembered, closed at its end with what is to be remembered. */
export class Ledger {
  readonly #memory: OktaMemory;
  #appUsers: VersionedMap<OktaId, AppUser>;
  #pushMappings: VersionedMap<OktaId, PushMapping>;
  #tasks: VersionedMap<OktaId, Task>;
  #appGroups: ReadonlyMap<string, string>;
  readonly #claimedUserNames = new Claims();
  readonly #claimedGroupNames = new Claims();
  /** Provisioned users by folded userName; built when it is first asked for, and kept for the runs after. */
  #byUserName: UserNames | undefined;

  constructor(memory: OktaMemory) {
    this.#memory = memory;
    this.#appUsers = VersionedMap.of(memory.appUsers);
    this.#pushMappings = VersionedMap.of(memory.pushMappings);
    this.#tasks = VersionedMap.of(memory.tasks);
    this.#byUserName = userNamesOf.get(memory.appUsers);
    this.#appGroups = memory.appGroups;
  }

  get appUsers(): ReadonlyMap<OktaId, AppUser> {
    return this.#appUsers;
  }

  get pushMappings(): ReadonlyMap<OktaId, PushMapping> {
    return this.#pushMappings;
  }

  get tasks(): ReadonlyMap<OktaId, Task> {
    return this.#tasks;
  }

  /** Names of the target's groups by SCIM id, as far as an import has read them. */
  get appGroups(): ReadonlyMap<string, string> {
    return this.#appGroups;
  }

  /** The SCIM id of the target's group of that name, case ignored, where an import has read it. */
  appGroupNamed(name: string): string | undefined {
    const wanted = foldCase(name);
    for (const [scimId, appGroup] of this.#appGroups) if (foldCase(appGroup) === wanted) return scimId;
    return undefined;
  }

  recordAppGroups(appGroups: ReadonlyMap<string, string>): void {
    this.#appGroups = appGroups;
  }

  /** The SCIM id by which Okta knows a user, if it knows one. */
  linkOf(oktaId: OktaId): string | undefined {
    return this.#appUsers.get(oktaId)?.externalId;
  }

  /**
   * Another app user that is, or is just being, provisioned under that userName, case ignored. Undefined claims the
   * name until it is released.
   */
  claimUserName(userName: string, { objectId, key }: Claimant): Pick<AppUser, "key"> | undefined {
    this.#byUserName ??= userNames(this.#appUsers);
    const holder = this.#lastOf(this.#byUserName.get(foldCase(userName)) ?? []);
    if (holder !== undefined && holder !== objectId) return this.#appUsers.get(holder);
    return this.#claimedUserNames.claim(userName, key);
  }

  releaseUserName(userName: string): void {
    this.#claimedUserNames.release(userName);
  }

  /** The name of another group that is pushed, or just being pushed, to a group of that name, as for a userName. */
  claimGroupName(name: string, { objectId }: Claimant): string | undefined {
    const wanted = foldCase(name);
    for (const [oktaId, mapping] of this.#pushMappings) {
      if (oktaId !== objectId && foldCase(mapping.targetName) === wanted) return mapping.sourceName;
    }
    return this.#claimedGroupNames.claim(name, name)?.key;
  }

  releaseGroupName(name: string): void {
    this.#claimedGroupNames.release(name);
  }

  /** A user without a link is not a member of any group that was pushed: it is added again once it has one. */
  recordAppUser(oktaId: OktaId, appUser: AppUser): void {
    const before = this.#appUsers.get(oktaId);
    this.#appUsers = this.#appUsers.with(oktaId, appUser);
    this.#byUserName = this.#byUserName && userNamesAfter(this.#byUserName, oktaId, [before, appUser]);
    if (appUser.externalId === undefined) this.#forgetMember(oktaId);
  }

  /** Keeps a member that was deactivated in Okta out of the changes that are pushed to these groups. */
  withhold(member: OktaId, groupIds: readonly OktaId[]): void {
    for (const groupId of groupIds) {
      const mapping = this.#pushMappings.get(groupId);
      if (mapping === undefined) continue;
      this.recordMapping(groupId, { ...mapping, withheld: VersionedSet.of(mapping.withheld).with(member) });
    }
  }

  recordMapping(oktaId: OktaId, mapping: PushMapping): void {
    this.#pushMappings = this.#pushMappings.with(oktaId, mapping);
  }

  removeMapping(oktaId: OktaId): void {
    this.#pushMappings = this.#pushMappings.without(oktaId);
  }

  openTask(task: Task): void {
    this.#tasks = this.#tasks.with(task.subject.objectId, task);
  }

  closeTask(oktaId: OktaId): void {
    this.#tasks = this.#tasks.without(oktaId);
  }

  toMemory(): OktaMemory {
    if (this.#byUserName !== undefined) userNamesOf.set(this.#appUsers, this.#byUserName);
    return {
      ...this.#memory,
      appUsers: this.#appUsers,
      pushMappings: this.#pushMappings,
      appGroups: this.#appGroups,
      tasks: this.#tasks,
    };
  }

  #forgetMember(oktaId: OktaId): void {
    for (const [groupId, mapping] of this.#pushMappings) {
      if (!mapping.members.has(oktaId)) continue;
      const members = VersionedSet.of(mapping.members).without(oktaId);
      carryAgreement(mapping.members, members);
      this.recordMapping(groupId, { ...mapping, members });
    }
  }

  /** Of several that have one userName, the one that was remembered last. */
  #lastOf(oktaIds: readonly OktaId[]): OktaId | undefined {
    if (oktaIds.length < 2) return oktaIds[0];
    return [...this.#appUsers.keys()].findLast((oktaId) => oktaIds.includes(oktaId));
  }
}

/** Names that jobs under way are about to take, so that one of several at the same time gets each. */
class Claims {
  readonly #keys = new Map<string, string>();

  /** Who has it; undefined where it was free, and is claimed now. */
  claim(name: string, key: string): { readonly key: string } | undefined {
    const folded = foldCase(name);
    const holder = this.#keys.get(folded);
    if (holder !== undefined) return { key: holder };
    this.#keys.set(folded, key);
    return undefined;
  }

  release(name: string): void {
    this.#keys.delete(foldCase(name));
  }
}

type UserNames = VersionedMap<string, readonly OktaId[]>;

/** By the app users that they are the names of. */
const userNamesOf = new WeakMap<OktaMemory["appUsers"], UserNames>();

function userNames(appUsers: OktaMemory["appUsers"]): UserNames {
  const ids = new Map<string, OktaId[]>();
  for (const [oktaId, appUser] of appUsers) {
    const name = provisionedName(appUser);
    if (name !== undefined) ids.set(name, [...(ids.get(name) ?? []), oktaId]);
  }
  return VersionedMap.of(ids);
}

function userNamesAfter(
  names: UserNames,
  oktaId: OktaId,
  versions: readonly [before: AppUser | undefined, now: AppUser],
): UserNames {
  const [before, now] = versions.map(provisionedName);
  if (before === now) return names;
  const draft = names.draft();
  if (before !== undefined) {
    const others = (draft.get(before) ?? []).filter((other) => other !== oktaId);
    if (others.length === 0) draft.delete(before);
    else draft.set(before, others);
  }
  if (now !== undefined) draft.set(now, [...(draft.get(now) ?? []), oktaId]);
  return draft.toVersion();
}

function provisionedName(appUser: AppUser | undefined): string | undefined {
  return appUser?.status === "PROVISIONED" ? foldCase(appUser.profile.userName) : undefined;
}
