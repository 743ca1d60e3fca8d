/** Roles, and the organization's own settings, within a transaction that is open. */

import { onlyOrganizationRole, type SubjectRoles } from "../../../astro/roles.ts";
import type { OrganizationRow } from "../../store/organization-row.ts";
import type { RowChange, Transaction } from "../../store/rows.ts";
import type { ResourceTypeName } from "../../store/resource-type-name.ts";
import type { DirectOutcome, OrganizationUpdate, RolesUpdate } from "./direct-outcome.ts";
import { isLastOwner } from "../judge.ts";
import { noMembers } from "../member-edits.ts";
import { rolesAfter, unknownIn } from "../new-roles.ts";
import { isRefusedInScimMode } from "../scim-mode.ts";
import { UnitOfWork, withoutRelated } from "../unit-of-work.ts";
import type { WriterOptions } from "../writer.ts";

export class DirectWriter {
  readonly #rows: Transaction;
  readonly #options: WriterOptions;
  readonly #unit: UnitOfWork;

  constructor(rows: Transaction, options: WriterOptions) {
    this.#rows = rows;
    this.#options = options;
    this.#unit = new UnitOfWork(rows, options);
  }

  async giveRoles(type: ResourceTypeName, id: string, update: RolesUpdate): Promise<DirectOutcome> {
    const { rules } = this.#options;
    const found = await this.#unit.locate(type, id, undefined);
    if (found.kind !== "found") return found;
    const { row } = found;
    const organization = await this.#rows.organization();
    if (type === "Group" && isRefusedInScimMode("change-roles", row.own, organization, rules)) {
      return { kind: "scim-mode", action: "change-roles" };
    }
    const unknown = unknownIn(update, organization, rules);
    if (unknown !== undefined) return unknown;
    const roles = rolesAfter(row.own.roles, update, organization, rules);
    const isOwner = roles.organizationRole === "ORGANIZATION_OWNER";
    if (type === "User" && !isOwner && (await isLastOwner(row, this.#rows, rules))) {
      return { kind: "last-owner" };
    }
    const isSame = JSON.stringify(inOrder(row.own.roles)) === JSON.stringify(inOrder(roles));
    const own = { ...row.own, roles };
    return this.#unit.commit(
      {
        type,
        row,
        after: undefined,
        delta: noMembers,
        kind: "roles-changed",
        ...(isSame ? {} : { own }),
      },
      withoutRelated,
    );
  }

  async updateOrganization(update: OrganizationUpdate): Promise<OrganizationRow> {
    const { nowMs, origin } = this.#unit.context();
    const { api, actor } = origin;
    const before = await this.#rows.organization();
    const row = { ...before, ...update, lastModifiedMs: nowMs, updatedBy: actor };
    const { id, name } = row;
    await this.#rows.commit([
      { kind: "organization", row },
      ...(before.isScimEnabled && !row.isScimEnabled ? await this.#releasedTeams(nowMs) : []),
      {
        kind: "event",
        event: {
          api,
          actor,
          atMs: nowMs,
          kind: "changed",
          type: "Organization",
          id,
          name,
          joined: [],
          left: [],
        },
      },
    ]);
    return row;
  }

  /** What becomes of Teams that the identity provider managed, once SCIM is disabled. */
  async #releasedTeams(nowMs: number): Promise<readonly RowChange[]> {
    if (this.#options.rules.idpManagedAfterScim === "kept") return [];
    const { rows } = await this.#rows.list("Group", {
      condition: {},
      order: [],
      offset: 0,
      limit: Number.MAX_SAFE_INTEGER,
    });
    return rows
      .filter(({ row }) => row.own.isIdpManaged === true)
      .flatMap(({ row: { id, own } }): readonly RowChange[] => [
        { kind: "own", id, own: { ...own, isIdpManaged: false } },
        { kind: "touch", type: "Group", ids: [id], modifiedMs: nowMs },
      ]);
  }
}

/** Keys in one order, so that equal roles have equal texts. */
function inOrder({
  organizationRole,
  workspaceRoles,
  deploymentRoles,
  dagRoles,
}: SubjectRoles): SubjectRoles {
  return { ...onlyOrganizationRole(organizationRole), workspaceRoles, deploymentRoles, dagRoles };
}
