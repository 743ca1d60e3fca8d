/** The way of the operations on one Team. */

import { allTeams } from "../../../astro/held.ts";
import { nameList } from "../../../ground/name-list.ts";
import { plural } from "../../../ground/plural.ts";
import type { LeftOut } from "../../../drift/plan/left-out.ts";
import type { Operation, OperationMember, OperationSubject } from "../../../drift/plan/operation.ts";
import type { ProvisionGroup } from "../../../drift/plan/provider-operation.ts";
import { pushSummary } from "../../../drift/plan/provider-summaries.ts";
import { overScim, type Routed, type Routing } from "./routed.ts";

/** @throws AppError where Microsoft Graph cannot be read */
export async function routeTeam(operations: readonly Operation[], routing: Routing): Promise<Routed> {
  const [first] = operations;
  if (first === undefined || operations.some(({ kind }) => kind === "delete-team")) {
    return { operations, leftOut: [] };
  }
  const { subject } = first;
  if (subject.scimId !== null && (await routing.connectionOf(subject.scimId)) !== undefined) {
    const reason = "Entra ID is linked to the Team, and does not see what was changed in Astro";
    return { operations: overScim(operations, reason), leftOut: [] };
  }
  const renaming = operations.find(({ kind }) => kind === "rename-team");
  if (renaming !== undefined) {
    const reason =
      "is only renamed: Entra ID is not linked to the Team, and finds it by its name. Run the same command again after that";
    return {
      operations: overScim(operations, "Entra ID finds the Team by its name, which has to be right first"),
      leftOut: [{ code: "provider-link", kind: "team", name: subject.name, reason }],
    };
  }
  const groupId = routing.ids.groups.get(subject.key);
  if (groupId === undefined) {
    return { operations: overScim(operations, "Entra ID has no group for it"), leftOut: [] };
  }
  return routeUnlinked(operations, { subject, groupId }, routing);
}

async function routeUnlinked(
  operations: readonly Operation[],
  { subject, groupId }: { readonly subject: OperationSubject; readonly groupId: string },
  routing: Routing,
): Promise<Routed> {
  const asked = operations.flatMap((one) => (one.kind === "add-members" ? one.members : []));
  const { added, unlinked } = await linkedMembers(asked, routing);
  const held = allTeams(routing.drift.held).find(({ scimId }) => scimId === subject.scimId);
  const operation = {
    kind: "provision-group",
    subject,
    through: "entra",
    dependsOn: [],
    displayName: subject.name,
    groupId,
    added,
    removed: [],
    stayingIds: [...(held?.memberIds ?? [])],
    why:
      subject.scimId === null
        ? "there is no such Team in Astro, and Entra ID stays linked to the one that it creates"
        : "Entra ID is not linked to the Team",
    ...(operations.some(({ named }) => named === true) ? { named: true as const } : {}),
  } as const satisfies Omit<ProvisionGroup, "id" | "summary">;
  const id = `provision-group ${subject.key}`;
  for (const one of operations) if (one.kind === "create-team") routing.replaced.set(one.id, id);
  const removals = operations.filter(({ kind }) => kind === "remove-members");
  return {
    operations: [
      { ...operation, id, summary: pushSummary(operation) },
      ...overScim(removals, "Entra ID does not see who was added in Astro"),
    ],
    leftOut: unlinkedMembers(subject.name, unlinked),
  };
}

interface LinkedMembers {
  readonly added: readonly OperationMember[];
  readonly unlinked: readonly OperationMember[];
}

/** Only who is linked can be sent as a member: already, or because the plan provisions the account first. */
async function linkedMembers(
  members: readonly OperationMember[],
  { connectionOf, ids, replaced }: Routing,
): Promise<LinkedMembers> {
  const checked = await Promise.all(
    members.map(async (member): Promise<OperationMember> => {
      const isProvisioned = member.after !== null && replaced.has(member.after);
      const objectId = isProvisioned
        ? ids.users.get(member.key)
        : member.scimId === null
          ? undefined
          : (await connectionOf(member.scimId))?.objectId;
      return objectId === undefined ? member : { ...member, objectId };
    }),
  );
  return {
    added: checked.filter(({ objectId }) => objectId !== undefined),
    unlinked: checked.filter(({ objectId }) => objectId === undefined),
  };
}

function unlinkedMembers(team: string, members: readonly OperationMember[]): readonly LeftOut[] {
  if (members.length === 0) return [];
  const names = nameList(members.map(({ userName }) => userName));
  const reason = `does not get ${plural(members.length, "member")} to whom Entra ID is not linked: ${names}. Run resync --user with their names, then this command again`;
  return [{ code: "provider-link", kind: "team", name: team, reason }];
}
