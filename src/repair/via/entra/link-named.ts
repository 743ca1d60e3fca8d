/** Who was asked for by name, and is in Astro as the directory says, may still lack the link: then a leaver would stay active. */

import type { LeftOut } from "../../../drift/plan/left-out/left-out.ts";
import { heldTeamsNamed, heldUsersNamed } from "../../../drift/plan/selection.ts";
import { subjectOfTeam } from "../../../drift/plan/operations/team-operations.ts";
import type { Routed, Routing } from "./routed.ts";
import { provisionUnlinkedTeam } from "./route-team.ts";
import { provisionHeld } from "./route-user.ts";

/** What links them, and what is still left out. @throws AppError where Microsoft Graph cannot be read */
export async function linkNamed(leftOut: readonly LeftOut[], routing: Routing): Promise<Routed> {
  const checked = await Promise.all(
    leftOut.map(async (left) => ({
      left,
      linking: left.kind === "user" ? await linkUser(left, routing) : await linkTeam(left, routing),
    })),
  );
  return {
    operations: checked.flatMap(({ linking }) => linking?.operations ?? []),
    leftOut: checked.flatMap(({ left, linking }) =>
      linking === undefined || left.code !== "nothing-to-do" ? [left] : linking.leftOut,
    ),
  };
}

const reasonsOfUsers: ReadonlySet<LeftOut["code"]> = new Set(["nothing-to-do", "team-missing"]);

async function linkUser(
  { code, name }: LeftOut,
  { drift, ids, connectionOf }: Routing,
): Promise<Routed | undefined> {
  const [held, ...others] = reasonsOfUsers.has(code) ? heldUsersNamed(drift, name) : [];
  if (held === undefined || others.length > 0 || !held.active) return undefined;
  if (drift.expected.users.get(held.key)?.presence !== "active") return undefined;
  const objectId = ids.users.get(held.key);
  if (objectId === undefined || (await connectionOf(held.scimId)) !== undefined) return undefined;
  if ((await connectionOf(objectId)) !== undefined) return undefined;
  const operation = provisionHeld(held, objectId, "Entra ID is not linked to the account");
  return { operations: [{ ...operation, named: true }], leftOut: [] };
}

async function linkTeam({ code, name }: LeftOut, routing: Routing): Promise<Routed | undefined> {
  const { drift, ids, connectionOf } = routing;
  const [held, ...others] = code === "nothing-to-do" ? heldTeamsNamed(drift, name) : [];
  if (held === undefined || others.length > 0) return undefined;
  const groupId = ids.groups.get(held.key);
  if (groupId === undefined || (await connectionOf(held.scimId)) !== undefined) return undefined;
  if ((await connectionOf(groupId)) !== undefined) return undefined;
  const { operations, leftOut } = await provisionUnlinkedTeam([], {
    subject: subjectOfTeam(held),
    groupId,
    routing,
  });
  return { operations: operations.map((operation) => ({ ...operation, named: true })), leftOut };
}
