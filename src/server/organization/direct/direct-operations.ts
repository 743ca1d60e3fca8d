/**
 * The operations of those who manage an organization in Astro itself. Each is one transaction, as those of SCIM are
 * (operations.ts); what SCIM mode forbids is in scim-mode.ts.
 */

import type { Rows, Transaction } from "../../store/rows.ts";
import type { DirectOperations } from "./direct-outcome.ts";
import { DirectWriter } from "./direct-writer.ts";
import type { OperationsOptions } from "../operations.ts";
import { TeamWriter } from "../team-writer.ts";
import { UserWriter } from "../user-writer.ts";

export function createDirectOperations(options: OperationsOptions): DirectOperations {
  const { rows } = options;
  const organization = inTransaction(rows, (transaction) => new DirectWriter(transaction, options));
  const teams = inTransaction(rows, (transaction) => new TeamWriter(transaction, options));
  const users = inTransaction(rows, (transaction) => new UserWriter(transaction, options));
  return {
    giveRoles: (type, id, update) => organization((writer) => writer.giveRoles(type, id, update)),
    updateOrganization: (update) => organization((writer) => writer.updateOrganization(update)),
    createTeam: (team) => teams((writer) => writer.create(team)),
    updateTeam: (id, update) => teams((writer) => writer.update(id, update)),
    deleteTeam: (id) => teams((writer) => writer.delete(id)),
    addMembers: (teamId, userIds) => teams((writer) => writer.addMembers(teamId, userIds)),
    removeMember: (teamId, userId) => teams((writer) => writer.removeMember(teamId, userId)),
    removeUser: (id) => users((writer) => writer.remove(id)),
    invite: (invitation) => users((writer) => writer.invite(invitation)),
    revokeInvite: (inviteId) => users((writer) => writer.revoke(inviteId)),
    revokeExpiredInvites: () => users((writer) => writer.revokeExpired()),
  };
}

function inTransaction<Writer>(
  rows: Rows,
  open: (transaction: Transaction) => Writer,
): <Result>(work: (writer: Writer) => Promise<Result>) => Promise<Result> {
  return (work) => rows.transaction((transaction) => work(open(transaction)));
}
