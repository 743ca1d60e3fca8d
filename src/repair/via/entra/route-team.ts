/** The way of the operations on one Team. */

import { allTeams, allUsers, type HeldTeam } from "../../../astro/held.ts";
import { nameList } from "../../../ground/text/name-list.ts";
import { plural } from "../../../ground/text/plural.ts";
import type { LeftOut } from "../../../drift/plan/left-out/left-out.ts";
import type {
  Operation,
  OperationMember,
  OperationSubject,
} from "../../../drift/plan/operations/operation.ts";
import type { ProvisionGroup } from "../../../drift/plan/operations/provider-operation.ts";
import { pushSummary } from "../../../drift/plan/operations/provider-summaries.ts";
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
  return provisionUnlinkedTeam(operations, { subject, groupId, routing });
}

interface UnlinkedTeam {
  readonly subject: OperationSubject;
  readonly groupId: string;
  readonly routing: Routing;
}

/** Entra ID finds the Team by its name, or creates it, and links it; its members come with it. */
export async function provisionUnlinkedTeam(
  operations: readonly Operation[],
  { subject, groupId, routing }: UnlinkedTeam,
): Promise<Routed> {
  const held = allTeams(routing.drift.held).find(({ scimId }) => scimId === subject.scimId);
  const asked = operations.flatMap((one) => (one.kind === "add-members" ? one.members : []));
  const coming = await splitByLink(asked, routing);
  const staying = await splitByLink(stayingMembers(subject, held, routing), routing);
  const operation = {
    kind: "provision-group",
    subject,
    through: "entra",
    dependsOn: [],
    displayName: subject.name,
    groupId,
    added: coming.linked.map(({ member }) => member),
    removed: [],
    stayingIds: [...(held?.memberIds ?? [])],
    memberObjectIds: [...coming.linked, ...staying.linked].map(({ objectId }) => objectId),
    why:
      held === undefined
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
    leftOut: [
      ...unlinkedMembers(subject.name, "does not get", coming.unlinked),
      ...unlinkedMembers(subject.name, "keeps", staying.unlinked),
    ],
  };
}

type Member = Pick<OperationMember, "key" | "userName" | "after">;

/** Who is in the Team and in the group. */
function stayingMembers(
  { key }: OperationSubject,
  held: HeldTeam | undefined,
  { drift }: Routing,
): readonly Member[] {
  const expected = drift.expected.teams.get(key)?.members;
  if (held === undefined || expected === undefined) return [];
  return allUsers(drift.held)
    .filter((user) => held.memberIds.has(user.scimId) && expected.has(user.key))
    .map((user) => ({ key: user.key, userName: user.userName, after: null }));
}

interface ByLink<Of> {
  readonly linked: readonly { readonly member: Of; readonly objectId: string }[];
  readonly unlinked: readonly Of[];
}

/** Only who is linked is sent: already, or because the plan provisions the account first. */
async function splitByLink<Of extends Member>(
  members: readonly Of[],
  { connectionOf, ids, replaced }: Routing,
): Promise<ByLink<Of>> {
  const checked = await Promise.all(
    members.map(async (member) => {
      const objectId = ids.users.get(member.key);
      const isProvisioned = member.after !== null && replaced.has(member.after);
      const isLinked =
        objectId !== undefined && (isProvisioned || (await connectionOf(objectId)) !== undefined);
      return { member, objectId: isLinked ? objectId : undefined };
    }),
  );
  return {
    linked: checked.flatMap(({ member, objectId }) => (objectId === undefined ? [] : [{ member, objectId }])),
    unlinked: checked.flatMap(({ member, objectId }) => (objectId === undefined ? [member] : [])),
  };
}

function unlinkedMembers(
  team: string,
  verb: "does not get" | "keeps",
  members: readonly Member[],
): readonly LeftOut[] {
  if (members.length === 0) return [];
  const names = nameList(members.map(({ userName }) => userName));
  const leavers = verb === "keeps" ? ", which does not take them out of the Team when they leave" : "";
  const reason = `${verb} ${plural(members.length, "member")} to whom Entra ID is not linked${leavers}: ${names}. Run resync with their names, then this command again`;
  return [{ code: "provider-link", kind: "team", name: team, reason }];
}
