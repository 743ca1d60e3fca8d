/** Entra's memory while a cycle is writing it. */

import type { EntraMemory, Escrow, EntraId, LinkedGroup, LinkedUser, Seen } from "./memory.ts";

/** Opened at the start of a cycle with what was remembered, closed at its end with what is to be remembered. */
export class Ledger {
  readonly #memory: EntraMemory;
  readonly #users: Map<EntraId, LinkedUser>;
  readonly #groups: Map<EntraId, LinkedGroup>;
  readonly #seen: Map<EntraId, Seen>;
  readonly #escrows: Map<string, Escrow>;
  /** Object ids by SCIM id; built when it is first asked for. */
  #owners: Map<string, EntraId> | undefined;

  constructor(memory: EntraMemory) {
    this.#memory = memory;
    this.#users = new Map(memory.users);
    this.#groups = new Map(memory.groups);
    this.#seen = new Map(memory.seen);
    this.#escrows = new Map(memory.escrows);
  }

  get users(): ReadonlyMap<EntraId, LinkedUser> {
    return this.#users;
  }

  get groups(): ReadonlyMap<EntraId, LinkedGroup> {
    return this.#groups;
  }

  get escrows(): ReadonlyMap<string, Escrow> {
    return this.#escrows;
  }

  seen(id: EntraId): Seen | undefined {
    return this.#seen.get(id);
  }

  /** Whether another object than this one is linked to that one of the target. */
  isTaken(scimId: string, except: EntraId): boolean {
    this.#owners ??= new Map([...this.#users, ...this.#groups].map(([id, link]) => [link.scimId, id]));
    const owner = this.#owners.get(scimId);
    return owner !== undefined && owner !== except;
  }

  linkUser(id: EntraId, user: LinkedUser): void {
    this.#forgetOwner(this.#users.get(id)?.scimId);
    this.#users.set(id, user);
    this.#owners?.set(user.scimId, id);
  }

  unlinkUser(id: EntraId): void {
    this.#forgetOwner(this.#users.get(id)?.scimId);
    this.#users.delete(id);
  }

  linkGroup(id: EntraId, group: LinkedGroup): void {
    this.#forgetOwner(this.#groups.get(id)?.scimId);
    this.#groups.set(id, group);
    this.#owners?.set(group.scimId, id);
  }

  unlinkGroup(id: EntraId): void {
    this.#forgetOwner(this.#groups.get(id)?.scimId);
    this.#groups.delete(id);
  }

  markSeen(id: EntraId, seen: Seen): void {
    this.#seen.set(id, seen);
  }

  forgetSeen(id: EntraId): void {
    this.#seen.delete(id);
  }

  putIntoEscrow(key: string, escrow: Escrow): void {
    this.#escrows.set(key, escrow);
  }

  releaseFromEscrow(key: string): void {
    this.#escrows.delete(key);
  }

  /** What is to be remembered, with the rest as it was or as it is given. */
  toMemory(changes: Partial<EntraMemory> = {}): EntraMemory {
    return {
      ...this.#memory,
      users: this.#users,
      groups: this.#groups,
      seen: this.#seen,
      escrows: this.#escrows,
      ...changes,
    };
  }

  #forgetOwner(scimId: string | undefined): void {
    if (scimId !== undefined) this.#owners?.delete(scimId);
  }
}
