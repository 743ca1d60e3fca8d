/** Teams as they are managed in Astro itself, within a transaction that is open. */

import { onlyOrganizationRole } from "../../astro/roles.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { groupSchemaUrn } from "../../scim/urn.ts";
import type { StoredResource, Transaction } from "../store/rows.ts";
import { conflictOf } from "./change.ts";
import type {
  DirectOutcome,
  DirectRefusal,
  DirectRemoval,
  NewTeam,
  TeamUpdate,
} from "./direct/direct-outcome.ts";
import { noMembers } from "./member-edits.ts";
import { ownPartOfNew } from "./own-part.ts";
import { isRefusedInScimMode, type TeamAction } from "./scim-mode.ts";
import { UnitOfWork, withoutRelated } from "./unit-of-work.ts";
import { Writer, type WriterOptions } from "./writer.ts";

export class TeamWriter {
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

  async create(team: NewTeam): Promise<DirectOutcome> {
    const { name, description, organizationRole, memberIds } = team;
    const refusal =
      (await this.#refusedInScimMode("create", undefined)) ??
      (await this.#nameConflict(name, undefined)) ??
      (await this.#unknownMember(memberIds));
    if (refusal !== undefined) return refusal;
    const own = {
      ...ownPartOfNew("Group", this.#options.origin),
      ...(organizationRole === undefined ? {} : { roles: onlyOrganizationRole(organizationRole) }),
      ...(description === undefined ? {} : { description }),
    };
    const attributes = { schemas: [groupSchemaUrn], displayName: name };
    return this.#writer.create(
      "Group",
      { attributes, members: [...new Set(memberIds)], own },
      withoutRelated,
    );
  }

  async update(id: string, { name, description }: TeamUpdate): Promise<DirectOutcome> {
    const found = await this.#find(id, "rename");
    if (found.kind !== "found") return found;
    const { row } = found;
    const conflict = await this.#nameConflict(name, row);
    if (conflict !== undefined) return conflict;
    const isDescribed = description === undefined || description === (row.own.description ?? "");
    return this.#unit.commit(
      {
        type: "Group",
        row,
        after: name === row.name ? undefined : { ...row.attributes, displayName: name },
        delta: noMembers,
        kind: "changed",
        ...(isDescribed ? {} : { own: { ...row.own, description } }),
      },
      withoutRelated,
    );
  }

  async delete(id: string): Promise<DirectRemoval> {
    const found = await this.#find(id, "delete");
    return found.kind === "found" ? this.#writer.remove("Group", id, undefined) : found;
  }

  async addMembers(id: string, userIds: readonly string[]): Promise<DirectOutcome> {
    const found = await this.#find(id, "add-members");
    if (found.kind !== "found") return found;
    const refusal = await this.#unknownMember(userIds);
    if (refusal !== undefined) return refusal;
    const members = await this.#rows.membersAmong(id, userIds);
    const added = new Set(userIds.filter((userId) => !members.has(userId)));
    return this.#changeMembers(found.row, { removed: new Set(), added });
  }

  async removeMember(id: string, userId: string): Promise<DirectOutcome> {
    const found = await this.#find(id, "remove-member");
    if (found.kind !== "found") return found;
    const members = await this.#rows.membersAmong(id, [userId]);
    if (!members.has(userId)) return { kind: "not-a-member" };
    return this.#changeMembers(found.row, { removed: new Set([userId]), added: new Set() });
  }

  #changeMembers(
    row: StoredResource,
    moved: { readonly removed: ReadonlySet<string>; readonly added: ReadonlySet<string> },
  ): Promise<DirectOutcome> {
    const delta = { cleared: false, ...moved };
    return this.#unit.commit(
      { type: "Group", row, after: undefined, delta, kind: "changed" },
      withoutRelated,
    );
  }

  /** The Team, unless SCIM mode forbids the action on it. */
  async #find(
    id: string,
    action: TeamAction,
  ): Promise<{ readonly kind: "found"; readonly row: StoredResource } | DirectRefusal> {
    const found = await this.#unit.locate("Group", id, undefined);
    if (found.kind !== "found") return found;
    return (await this.#refusedInScimMode(action, found.row)) ?? found;
  }

  async #refusedInScimMode(
    action: TeamAction,
    team: StoredResource | undefined,
  ): Promise<DirectRefusal | undefined> {
    const organization = await this.#rows.organization();
    const isRefused = isRefusedInScimMode(action, team?.own, organization, this.#options.rules);
    return isRefused ? { kind: "scim-mode", action } : undefined;
  }

  /** Names of Teams are unique, ignoring case (astro CLI: `organization team update --help`). */
  async #nameConflict(name: string, team: StoredResource | undefined): Promise<DirectRefusal | undefined> {
    if (name === team?.name) return undefined;
    const key = { index: "displayName", key: foldCase(name) } as const;
    const holders = await this.#rows.find("Group", key, withoutRelated);
    return holders.some(({ id }) => id !== team?.id) ? conflictOf(key) : undefined;
  }

  async #unknownMember(userIds: readonly string[]): Promise<DirectRefusal | undefined> {
    const described = await this.#rows.describe(userIds);
    const unknown = described.find(({ standing }) => standing === "nobody" || standing === "team");
    return unknown && { kind: "unknown-member", value: unknown.value };
  }
}
