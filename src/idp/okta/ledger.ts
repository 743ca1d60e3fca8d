/** Okta's memory while a run is writing it. */

import { foldCase } from "../../scim/fold-case.ts";
import type { Task } from "../task.ts";
import type { AppUser, OktaId, OktaMemory, PushMapping } from "./memory.ts";

/** Whose name it is to be. */
export interface Claimant {
  readonly objectId: OktaId;
  readonly key: string;
}

/** Opened at the start of a run with what was remembered, closed at its end with what is to be remembered. */
export class Ledger {
  readonly #memory: OktaMemory;
  readonly #appUsers: Map<OktaId, AppUser>;
  readonly #pushMappings: Map<OktaId, PushMapping>;
  readonly #tasks: Map<OktaId, Task>;
  #appGroups: ReadonlyMap<string, string>;
  readonly #claimedUserNames = new Claims();
  readonly #claimedGroupNames = new Claims();
  /** Provisioned users by folded userName; built when it is first asked for. */
  #byUserName: Map<string, OktaId> | undefined;

  constructor(memory: OktaMemory) {
    this.#memory = memory;
    this.#appUsers = new Map(memory.appUsers);
    this.#pushMappings = new Map(memory.pushMappings);
    this.#tasks = new Map(memory.tasks);
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
    this.#byUserName ??= new Map([...this.#appUsers].filter(isProvisioned).map(nameAndId));
    const holder = this.#byUserName.get(foldCase(userName));
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

  /** A user without a link is no member of any group that was pushed: it is added again once it has one. */
  recordAppUser(oktaId: OktaId, appUser: AppUser): void {
    this.#forgetUserName(oktaId);
    this.#appUsers.set(oktaId, appUser);
    if (appUser.status === "PROVISIONED") this.#byUserName?.set(foldCase(appUser.profile.userName), oktaId);
    if (appUser.externalId === undefined) this.#forgetMember(oktaId);
  }

  /** Keeps a member that was deactivated in Okta out of the changes that are pushed to these groups. */
  withhold(member: OktaId, groupIds: readonly OktaId[]): void {
    for (const groupId of groupIds) {
      const mapping = this.#pushMappings.get(groupId);
      if (mapping === undefined) continue;
      this.#pushMappings.set(groupId, { ...mapping, withheld: new Set(mapping.withheld).add(member) });
    }
  }

  recordMapping(oktaId: OktaId, mapping: PushMapping): void {
    this.#pushMappings.set(oktaId, mapping);
  }

  removeMapping(oktaId: OktaId): void {
    this.#pushMappings.delete(oktaId);
  }

  openTask(task: Task): void {
    this.#tasks.set(task.subject.objectId, task);
  }

  closeTask(oktaId: OktaId): void {
    this.#tasks.delete(oktaId);
  }

  toMemory(): OktaMemory {
    return {
      ...this.#memory,
      appUsers: this.#appUsers,
      pushMappings: this.#pushMappings,
      appGroups: this.#appGroups,
      tasks: this.#tasks,
    };
  }

  #forgetUserName(oktaId: OktaId): void {
    const userName = this.#appUsers.get(oktaId)?.profile.userName;
    if (userName === undefined) return;
    const key = foldCase(userName);
    if (this.#byUserName?.get(key) === oktaId) this.#byUserName.delete(key);
  }

  #forgetMember(oktaId: OktaId): void {
    for (const [groupId, mapping] of this.#pushMappings) {
      if (!mapping.members.has(oktaId)) continue;
      const members = new Set(mapping.members);
      members.delete(oktaId);
      this.#pushMappings.set(groupId, { ...mapping, members });
    }
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

function isProvisioned([, { status }]: readonly [OktaId, AppUser]): boolean {
  return status === "PROVISIONED";
}

function nameAndId([oktaId, { profile }]: readonly [OktaId, AppUser]): readonly [string, OktaId] {
  return [foldCase(profile.userName), oktaId];
}
