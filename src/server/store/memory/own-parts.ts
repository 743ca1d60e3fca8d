/** Astro's own part of users and Teams, beside the records: most users have none that is worth keeping. */

import { plainMember, type OwnPart } from "../own-part.ts";

const memberRole = "ORGANIZATION_MEMBER";

/** Keeps only the parts that differ from that of a plain member. */
export class OwnParts {
  readonly #parts = new Map<string, OwnPart>();
  readonly #invited = new Map<string, string>();

  of(id: string): OwnPart {
    return this.#parts.get(id) ?? plainMember;
  }

  give(id: string, part: OwnPart): void {
    this.#forgetInvite(id);
    if (part === plainMember) {
      this.#parts.delete(id);
      return;
    }
    this.#parts.set(id, part);
    if (part.invite !== undefined) this.#invited.set(part.invite.id, id);
  }

  forget(id: string): void {
    this.#forgetInvite(id);
    this.#parts.delete(id);
  }

  /** Ids of all who have another organization role than most: there are few. */
  idsOf(role: string): readonly string[] {
    if (role === memberRole) throw new TypeError("nobody asks for all plain members");
    return [...this.#parts].flatMap(([id, { roles }]) => (roles.organizationRole === role ? [id] : []));
  }

  idsInvitedBy(inviteId: string): readonly string[] {
    const id = this.#invited.get(inviteId);
    return id === undefined ? [] : [id];
  }

  invitesExpiredAt(nowMs: number): readonly string[] {
    return [...this.#invited].flatMap(([inviteId, id]) => {
      const invite = this.#parts.get(id)?.invite;
      return invite !== undefined && invite.expiresAtMs <= nowMs ? [inviteId] : [];
    });
  }

  #forgetInvite(id: string): void {
    const invite = this.#parts.get(id)?.invite;
    if (invite !== undefined) this.#invited.delete(invite.id);
  }
}
