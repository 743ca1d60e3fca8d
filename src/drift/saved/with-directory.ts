/** A saved plan held against the directory as it is now: what it no longer asks for is left out (`apply --from`). */

import { isSameValue } from "../../astro/compared-value.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type { Drift } from "../compare/diff.ts";
import { emptiedTeams } from "../plan/left-out/emptied-teams.ts";
import type { LeftOut } from "../plan/left-out/left-out.ts";
import {
  membersNamed,
  membersSummary,
  nameGiven,
  type ChangeMembers,
  type Operation,
} from "../plan/operations/operation.ts";
import {
  isProviderOperation,
  isProviderTeamOperation,
  type ProviderOperation,
  type ProviderTeamOperation,
  type ProviderUserOperation,
} from "../plan/operations/provider-operation.ts";
import { planDelete } from "../plan/plan-delete.ts";
import { planResync } from "../plan/plan-resync.ts";
import type { Plan } from "../plan/plan.ts";
import { pushSummary } from "../plan/operations/provider-summaries.ts";

/**
 * @param plan made again from what Astro holds now
 * @param drift of the directory and Astro as they are now
 * @param routed what the provider would be asked for now; its operations are among those that the directory asks for
 */
export function withDirectory(plan: Plan, drift: Drift, routed?: Plan): Plan {
  const wanted = wantedNow(plan, drift, routed);
  const kept: Operation[] = [];
  const leftOut: LeftOut[] = [];
  for (const operation of plan.operations) {
    const fresh = wanted.operations.get(operation.id);
    const still = fresh && stillWanted(operation, fresh);
    if (still !== undefined) kept.push(still);
    const isWhole = still === operation || (still !== undefined && isProviderOperation(operation));
    if (!isWhole) leftOut.push(notWanted(operation, still, wanted.leftOut));
  }
  const { basis } = plan;
  const { compared } = drift;
  const operations = withoutUnmet(kept);
  return {
    ...plan,
    operations,
    emptied: emptiedTeams(operations, drift.held),
    leftOut: [...plan.leftOut, ...leftOut],
    // The directory says now how many it has: an empty one is empty, whatever the file says.
    basis: {
      ...basis,
      expectedUsers: Math.min(basis.expectedUsers, compared.expectedUsers),
      tolerated: Math.min(basis.tolerated, compared.tolerated),
      expectedMemberships: Math.min(basis.expectedMemberships, compared.expectedMemberships),
    },
  };
}

const everything = { users: "all", teams: "all" } as const;

/** What the directory asks for: everything, and of what goes only by its name what the plan has. */
function wantedNow(
  { operations }: Plan,
  drift: Drift,
  routed: Plan | undefined,
): { readonly operations: ReadonlyMap<string, Operation>; readonly leftOut: readonly LeftOut[] } {
  const named = {
    users: operations.flatMap(({ kind, subject }) => (kind === "delete-user" ? (subject.scimId ?? []) : [])),
    teams: operations.flatMap(({ kind, subject }) => (kind === "delete-team" ? (subject.scimId ?? []) : [])),
  };
  const plans = [
    planResync(drift, everything),
    planDelete(drift, everything),
    planDelete(drift, named),
    ...(routed === undefined ? [] : [routed]),
  ];
  return {
    operations: new Map(plans.flatMap((one) => one.operations.map((each) => [each.id, each]))),
    leftOut: plans.flatMap(({ leftOut }) => leftOut),
  };
}

/** The operation, or as much of it as the directory still asks for; undefined where that is nothing. */
function stillWanted(operation: Operation, fresh: Operation): Operation | undefined {
  if ("members" in operation) return "members" in fresh ? membersWanted(operation, fresh) : undefined;
  if (isProviderOperation(operation)) return wantedOfProvider(operation, fresh);
  if (fresh.kind !== operation.kind || nameGiven(fresh) !== nameGiven(operation)) return undefined;
  const [wanted, asked] = [valuesOf(operation), valuesOf(fresh)];
  // A new account has all its attributes from the directory; an update may have become larger.
  const isSame = hasValues(wanted, asked) && (operation.kind !== "create-user" || hasValues(asked, wanted));
  return isSame ? operation : undefined;
}

function valuesOf(operation: Operation): Readonly<Record<string, string | null>> {
  return "attributes" in operation ? operation.attributes : {};
}

function hasValues(
  wanted: Readonly<Record<string, string | null>>,
  fresh: Readonly<Record<string, string | null>>,
): boolean {
  return Object.entries(wanted).every(([path, value]) => {
    return path in fresh && isSameValue(path, value ?? undefined, fresh[path] ?? undefined);
  });
}

/** What is sent to the provider comes from the provider as it is now; the file only says what the reviewer has seen. */
function wantedOfProvider(operation: ProviderOperation, fresh: Operation): Operation | undefined {
  if (fresh.kind !== operation.kind || fresh.subject.scimId !== operation.subject.scimId) return undefined;
  if (isProviderTeamOperation(operation)) return pushWanted(operation, fresh);
  return "objectId" in fresh && isSameUserStep(operation, fresh) ? fresh : undefined;
}

function isSameUserStep(one: ProviderUserOperation, other: ProviderUserOperation): boolean {
  const linkedId = (step: ProviderUserOperation): string | null =>
    "linkedId" in step ? step.linkedId : null;
  return (
    one.objectId === other.objectId &&
    one.group?.groupId === other.group?.groupId &&
    foldCase(one.userName) === foldCase(other.userName) &&
    linkedId(one) === linkedId(other)
  );
}

/** A push sends what the provider has now: only if nobody comes or falls out whom the reviewer has not seen. */
function pushWanted(operation: ProviderTeamOperation, fresh: Operation): Operation | undefined {
  if (!isProviderTeamOperation(fresh) || fresh.groupId !== operation.groupId) return undefined;
  const reviewed = new Set(membersNamed(operation).map(({ key }) => key));
  return membersNamed(fresh).every(({ key }) => reviewed.has(key)) ? fresh : undefined;
}

function membersWanted(operation: ChangeMembers, fresh: ChangeMembers): ChangeMembers | undefined {
  const keys = new Set(fresh.members.map(({ key }) => key));
  const ids = new Set([...fresh.members.flatMap(({ scimId }) => scimId ?? []), ...fresh.unknownMembers]);
  const members = operation.members.filter(({ key, scimId }) => keys.has(key) || ids.has(scimId ?? ""));
  const unknownMembers = operation.unknownMembers.filter((id) => ids.has(id));
  const count = members.length + unknownMembers.length;
  if (count === operation.members.length + operation.unknownMembers.length) return operation;
  if (count === 0) return undefined;
  const rest = { ...operation, members, unknownMembers };
  return { ...rest, summary: membersSummary(rest) };
}

function notWanted(operation: Operation, still: Operation | undefined, leftOut: readonly LeftOut[]): LeftOut {
  const { kind, name } = operation.subject;
  const about = (reason: string): LeftOut => ({ code: "changed-since", kind, name, reason });
  if (still !== undefined && "members" in operation && "members" in still) {
    const kept = new Set(still.members);
    const gone = operation.members.filter((member) => !kept.has(member)).map(({ userName }) => userName);
    return about(`is changed without ${gone.join(", ")}: the directory no longer asks for that`);
  }
  const why = leftOut.find((one) => one.kind === kind && one.name === name && one.code !== "nothing-to-do");
  const said = why === undefined ? "" : ` (${why.reason})`;
  return about(`is left as it is: the directory no longer asks to ${operation.summary}${said}`);
}

/** A push of a Team that then gets nobody and loses nobody is none. */
function pushOfMet(operation: ProviderTeamOperation, ids: ReadonlySet<string>): Operation[] {
  const added = operation.added.filter(({ after }) => after === null || ids.has(after));
  if (added.length === operation.added.length) return [operation];
  if (operation.kind === "push-group" && added.length + operation.removed.length === 0) return [];
  const rest = { ...operation, added };
  return [{ ...rest, summary: pushSummary(rest) }];
}

/** What only an operation that is left out would have made possible is left out, too. */
function withoutUnmet(operations: readonly Operation[]): readonly Operation[] {
  const ids = new Set(operations.map(({ id }) => id));
  return operations.flatMap((operation): Operation[] => {
    if (operation.dependsOn.some((id) => !ids.has(id))) return [];
    if (isProviderTeamOperation(operation)) return pushOfMet(operation, ids);
    if (!("members" in operation)) return [operation];
    const members = operation.members.filter(({ after }) => after === null || ids.has(after));
    if (members.length === operation.members.length) return [operation];
    if (members.length + operation.unknownMembers.length === 0) return [];
    const rest = { ...operation, members };
    return [{ ...rest, summary: membersSummary(rest) }];
  });
}
