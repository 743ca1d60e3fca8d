/** Which operations of a plan go through Entra ID, and why the others do not. */

import type { Drift } from "../../../drift/compare/diff.ts";
import type { LeftOut } from "../../../drift/plan/left-out/left-out.ts";
import { isDeletion, sortOperations, type Operation } from "../../../drift/plan/operations/operation.ts";
import { isProviderOperation } from "../../../drift/plan/operations/provider-operation.ts";
import type { Plan } from "../../../drift/plan/plan.ts";
import type { DeleteTeam, DeleteUser } from "../../../drift/plan/operations/operation.ts";
import type { EntraContext, EntraIds } from "./context.ts";
import { routeTeam } from "./route-team.ts";
import { linkNamed } from "./link-named.ts";
import { requireOwnTarget } from "./other-target.ts";
import { routeUser } from "./route-user.ts";
import type { JobRestart } from "./restart.ts";
import type { Routed, Routing } from "./routed.ts";

export interface RouteContext extends Pick<EntraContext, "app" | "connectionOf"> {
  readonly ids: EntraIds;
  readonly restart: JobRestart | undefined;
}

/**
 * The least destructive way that leaves Entra ID's link intact: who is missing or not linked is provisioned on demand, what is linked
 * and differs is put right over SCIM, and nothing to which Entra ID is linked is deleted.
 * @throws AppError where Microsoft Graph cannot be read
 */
export async function routeThroughEntra(plan: Plan, drift: Drift, context: RouteContext): Promise<Plan> {
  const connectionOf = once(context.connectionOf);
  const replaced = new Map<string, string>();
  const routing = { connectionOf, ids: context.ids, restart: context.restart, drift, replaced };
  if (plan.operations.length > 0) await requireOwnTarget(routing);
  const routed: Routed[] = [];
  // Accounts first: who is provisioned by the plan can be sent as a member of a group.
  for (const operations of bySubject(plan.operations, "user")) {
    routed.push(await routeUser(operations, routing));
  }
  const named = await linkNamed(plan.leftOut, routing);
  for (const operations of bySubject(plan.operations, "team")) {
    routed.push(await routeTeam(operations, routing));
  }
  const operations = await Promise.all(
    [...routed, named].flatMap((one) => one.operations).map((one) => withoutLiveLink(one, routing)),
  );
  const routes = operations.flatMap((one) => ("kept" in one ? [renamed(one.kept, replaced)] : []));
  const kept = context.restart === undefined ? routes : await byRestart(routes, context.restart);
  return {
    ...plan,
    operations: sortOperations(kept),
    leftOut: [
      ...named.leftOut,
      ...routed.flatMap((one) => one.leftOut),
      ...operations.flatMap((one) => ("leftOut" in one ? [one.leftOut] : [])),
    ],
    ...(kept.some((one) => isProviderOperation(one)) ? { provider: context.app } : {}),
  };
}

/** Asks about each id only once. */
function once(ask: EntraContext["connectionOf"]): EntraContext["connectionOf"] {
  const asked = new Map<string, ReturnType<typeof ask>>();
  return async (id) => {
    const known = asked.get(id) ?? ask(id);
    asked.set(id, known);
    return known;
  };
}

/** The operations on each account, or on each Team, in the order of the plan. */
function bySubject(operations: readonly Operation[], kind: "user" | "team"): Iterable<readonly Operation[]> {
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) {
    const { subject } = operation;
    if (subject.kind !== kind) continue;
    const name = subject.scimId ?? `new ${subject.key}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [operation]);
    else group.push(operation);
  }
  return groups.values();
}

type Checked = { readonly kept: Operation } | { readonly leftOut: LeftOut };

/** What Entra ID is linked to would be missing there: it would fail at each change until somebody restarts the job. */
async function withoutLiveLink(operation: Operation, { connectionOf }: Routing): Promise<Checked> {
  if (!isDeletion(operation) || operation.subject.scimId === null) return { kept: operation };
  const connection = await connectionOf(operation.subject.scimId);
  if (connection === undefined) return { kept: checkedDeletion(operation) };
  const { subject } = operation;
  const whom = connection.displayName ?? connection.objectId;
  const reason =
    subject.kind === "user"
      ? `is not deleted: Entra ID is still linked to the account (${whom}, object ID ${connection.objectId}); have Entra ID deactivate it, or delete it with --via scim`
      : `is not deleted: Entra ID is still linked to the Team (${whom}, object ID ${connection.objectId}); remove the group from the app in Entra ID, or delete it with --via scim`;
  return { leftOut: { code: "provider-link", kind: subject.kind, name: subject.name, reason } };
}

function checkedDeletion(operation: DeleteTeam | DeleteUser): Operation {
  return { ...operation, overScim: "Entra ID has no link to it, and deletes nothing by this way" };
}

/** The same through a cycle of the job, with what is reset for it. */
async function byRestart(
  operations: readonly Operation[],
  restart: JobRestart,
): Promise<readonly Operation[]> {
  if (!operations.some((one) => isProviderOperation(one))) return operations;
  const scope = (await restart.scope()).join(", ");
  return operations.map((operation): Operation => {
    if (operation.kind !== "provision-user" && operation.kind !== "provision-group") return operation;
    const what =
      operation.kind === "provision-user" ? operation.userName : `the group ${operation.displayName}`;
    return {
      ...operation,
      summary: `provision ${what} by a restart of the job in Entra ID (resetScope ${scope}): ${operation.why}`,
    };
  });
}

/** With the ids of what is done through Entra ID instead. */
function renamed(operation: Operation, replaced: ReadonlyMap<string, string>): Operation {
  const nameOf = (id: string): string => replaced.get(id) ?? id;
  const dependsOn = [...new Set(operation.dependsOn.map(nameOf))];
  const rename = <Member extends { readonly after: string | null }>(members: readonly Member[]) =>
    members.map((member) => ({
      ...member,
      after: member.after === null ? null : nameOf(member.after),
    }));
  if ("members" in operation) return { ...operation, dependsOn, members: rename(operation.members) };
  if ("stayingIds" in operation) return { ...operation, dependsOn, added: rename(operation.added) };
  return { ...operation, dependsOn };
}
