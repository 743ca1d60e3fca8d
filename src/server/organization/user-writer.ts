/** Users as they are managed in Astro itself: invited, and removed; within a transaction that is open. */

import { onlyOrganizationRole } from "../../astro/roles.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { userSchemaUrn } from "../../scim/urn.ts";
import type { StoredInvite } from "../store/own-part.ts";
import type { StoredResource, Transaction } from "../store/rows.ts";
import { consequencesOfRemoval } from "./consequences.ts";
import type { DirectOutcome, DirectRemoval, Invitation } from "./direct/direct-outcome.ts";
import { noMembers } from "./member-edits.ts";
import { UnitOfWork, withoutRelated } from "./unit-of-work.ts";
import { Writer, type WriterOptions } from "./writer.ts";

const msPerDay = 24 * 3600 * 1000;

export class UserWriter {
  readonly #rows: Transaction;
  readonly #options: WriterOptions;
  readonly #unit: UnitOfWork;
  readonly #writer: Writer;

  constructor(rows: Transaction, options: WriterOptions) {
    this.#rows = rows;
    this.#options = options;
    this.#unit = new UnitOfWork(rows, options);
    this.#writer = new Writer(rows, options);
  }

  /** What is left of the user is as after a deletion over SCIM. */
  async remove(id: string): Promise<DirectRemoval> {
    return this.#writer.remove("User", id, undefined);
  }

  async invite({ email, role }: Invitation): Promise<DirectOutcome> {
    const key = { index: "userName", key: foldCase(email) } as const;
    const [holder] = await this.#rows.find("User", key, withoutRelated);
    const own = { roles: onlyOrganizationRole(role), invite: this.#newInvite() };
    if (holder !== undefined) return this.#inviteAgain(holder, own);
    const attributes = {
      schemas: [userSchemaUrn],
      userName: email,
      emails: [{ value: email, type: "work", primary: true }],
      active: true,
    };
    return this.#writer.create("User", { attributes, members: [], own }, withoutRelated);
  }

  /** Who has left the organization, or whose invitation has expired, can be invited although there is a record. */
  async #inviteAgain(
    row: StoredResource,
    own: { readonly roles: StoredResource["own"]["roles"]; readonly invite: StoredInvite },
  ): Promise<DirectOutcome> {
    if (row.own.banned === true || (row.active && !this.#hasExpired(row))) {
      return { kind: "already-there", value: row.name };
    }
    const after = { ...row.attributes, active: true };
    return this.#unit.commit(
      { type: "User", row, after, delta: noMembers, own, kind: "changed" },
      withoutRelated,
    );
  }

  async revoke(inviteId: string): Promise<DirectRemoval> {
    const [row] = await this.#rows.find("User", { index: "invite", key: inviteId }, withoutRelated);
    if (row === undefined) return { kind: "not-found" };
    const teamIds = await this.#rows.relatedIds("User", row.id);
    await this.#rows.commit(consequencesOfRemoval("User", row, teamIds, this.#unit.context()));
    return { kind: "removed" };
  }

  async revokeExpired(): Promise<void> {
    for (const inviteId of await this.#rows.invitesExpiredAt(this.#unit.context().nowMs)) {
      await this.revoke(inviteId);
    }
  }

  #hasExpired({ own: { invite } }: StoredResource): boolean {
    return invite !== undefined && invite.expiresAtMs <= this.#unit.context().nowMs;
  }

  #newInvite(): StoredInvite {
    const { nowMs, origin } = this.#unit.context();
    const expiresAtMs = nowMs + this.#options.rules.inviteDays * msPerDay;
    return { id: this.#options.newId(), inviter: origin.actor, expiresAtMs };
  }
}
