/**
 * Which way each operation goes: the least destructive that leaves Okta's link intact. Who is missing or not linked goes through
 * Okta, what is linked and differs over SCIM, a Team by a push, an account that is left over over SCIM once no link leads to it.
 */

import { foldCase } from "../../../ground/text/fold-case.ts";
import { allUsers } from "../../../astro/held.ts";
import type { Drift } from "../../../drift/compare/diff.ts";
import {
  sortOperations,
  type Operation,
  type OperationMember,
} from "../../../drift/plan/operations/operation.ts";
import { isProviderOperation } from "../../../drift/plan/operations/provider-operation.ts";
import type { Plan } from "../../../drift/plan/plan.ts";
import { leaveOutProtected } from "../../../drift/plan/left-out/leave-out-protected.ts";
import { readAppUsers, readPushedGroups } from "./facts.ts";
import { openGroups } from "./open-groups.ts";
import type { OktaWaysOptions } from "./okta.ts";
import { profileLostBy } from "./profile-lost.ts";
import { renewAssignments } from "./renew-assignments.ts";
import { routeTeams } from "./route-teams.ts";
import { routeUsers } from "./route-users.ts";

/** @throws AppError where Okta cannot be read */
export async function routeThroughOkta(plan: Plan, drift: Drift, options: OktaWaysOptions): Promise<Plan> {
  const { reader, appId, url, pushesGroups } = options;
  const appUsers = await readAppUsers(reader, appId);
  const groups = await openGroups(reader, options.changeGroups);
  const renewed = await renewAssignments(options.reassign, plan, drift, {
    appUsers,
    groups,
    profileLostBy: profileLostBy(reader, appId),
  });
  const users = routeUsers({ ...plan, operations: renewed.operations }, drift, {
    appUsers,
    groups,
    settled: renewed.settled,
    asked: renewed.withoutLink,
  });
  const pushed =
    pushesGroups && needsGroups({ ...plan, operations: users.operations })
      ? await readPushedGroups(reader, appId)
      : new Map();
  const teams = await routeTeams(
    { ...plan, operations: users.operations, leftOut: users.leftOut },
    {
      drift,
      appUsers,
      pushed,
      api: reader,
      accountOperations: users.replaced,
      linkedBefore: linkedBy(users.operations),
      unlinked: unlinkedBy(users.operations),
      inactive: inactiveMembers(drift),
    },
  );
  const safe = leaveOutProtected(teams.operations, drift.protection);
  const operations = sortOperations(withoutMissing(safe.operations));
  return {
    ...plan,
    operations,
    leftOut: [...renewed.leftOut, ...teams.leftOut, ...safe.leftOut],
    ...(operations.some(isProviderOperation) ? { provider: { provider: "okta", at: url, appId } } : {}),
  };
}

function inactiveMembers({ held, protection, boundary }: Drift): ReadonlyMap<string, OperationMember> {
  return new Map(
    allUsers(held)
      .filter(
        ({ active, scimId }) => !active && !protection.userIds.has(scimId) && !boundary.userIds.has(scimId),
      )
      .map(({ key, userName, scimId }) => [scimId, { key, userName, scimId, after: null }]),
  );
}

/** SCIM ids of existing accounts to which Okta is linked by these. */
function linkedBy(operations: readonly Operation[]): ReadonlySet<string> {
  return new Set(
    operations.flatMap((one) =>
      isProviderOperation(one) && one.subject.kind === "user" ? (one.subject.scimId ?? []) : [],
    ),
  );
}

/** The accounts of others to which Okta is linked no more after these. */
function unlinkedBy(operations: readonly Operation[]): ReadonlyMap<string, OperationMember> {
  return new Map(
    operations.flatMap((one): [string, OperationMember][] => {
      if (one.kind !== "renew-assignment" || one.linkedId === one.subject.scimId) return [];
      const { linkedId: scimId, linkedName: userName } = one;
      return [[scimId, { key: foldCase(userName), userName, scimId, after: null }]];
    }),
  );
}

function needsGroups({ operations, leftOut }: Plan): boolean {
  return (
    operations.some(({ subject }) => subject.kind === "team") ||
    leftOut.some(({ code, kind }) => code === "provider-link" && kind === "team")
  );
}

/** What depends on an operation that is not in the plan any more goes, too. */
function withoutMissing(operations: readonly Operation[]): readonly Operation[] {
  const ids = new Set(operations.map(({ id }) => id));
  const kept = operations.filter(({ dependsOn }) => dependsOn.every((id) => ids.has(id)));
  return kept.length === operations.length ? kept : withoutMissing(kept);
}
