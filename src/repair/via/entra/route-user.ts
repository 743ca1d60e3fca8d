/** The way of the operations on one account. */

import type { HeldUser } from "../../../astro/held.ts";
import type { CreateUser, Operation, OperationSubject } from "../../../drift/plan/operations/operation.ts";
import type { ProvisionUser } from "../../../drift/plan/operations/provider-operation.ts";
import { userSummary } from "../../../drift/plan/operations/provider-summaries.ts";
import { subjectOfUser } from "../../../drift/plan/operations/user-operations.ts";
import { overScim, type Routed, type Routing } from "./routed.ts";

/** @throws AppError where Microsoft Graph cannot be read */
export async function routeUser(operations: readonly Operation[], routing: Routing): Promise<Routed> {
  const [first] = operations;
  if (first === undefined || operations.some(({ kind }) => kind === "delete-user")) {
    return { operations, leftOut: [] };
  }
  const created = operations.find((one): one is CreateUser => one.kind === "create-user");
  if (created !== undefined) return routeNew(created, operations, routing);
  const { subject } = first;
  if (subject.scimId === null) return { operations, leftOut: [] };
  if ((await routing.connectionOf(subject.scimId)) !== undefined) {
    return { operations: overScim(operations, "Entra ID is linked to the account"), leftOut: [] };
  }
  return routeUnlinked(operations, subject, routing);
}

async function routeNew(
  { id, subject, userName, named }: CreateUser,
  operations: readonly Operation[],
  { connectionOf, ids, replaced, restart }: Routing,
): Promise<Routed> {
  const objectId = ids.users.get(subject.key);
  if (objectId === undefined) {
    return { operations: overScim(operations, "Entra ID has no user for it"), leftOut: [] };
  }
  const link = (await connectionOf(objectId))?.targetAnchor;
  if (link != null && link !== "") restart?.mustClearLinks();
  const operation = provisioning({
    subject,
    userName,
    objectId,
    why:
      link == null || link === ""
        ? "there is no account in Astro, and Entra ID stays linked to the one that it creates"
        : `Entra ID is linked to the account ${link}, which Astro does not show under this name`,
    ...(named === undefined ? {} : { named }),
  });
  replaced.set(id, operation.id);
  return {
    operations: [operation, ...operations.filter((one) => one.id !== id)],
    leftOut: [],
  };
}

async function routeUnlinked(
  operations: readonly Operation[],
  subject: OperationSubject,
  { connectionOf, ids, replaced, restart }: Routing,
): Promise<Routed> {
  if (operations.some(({ kind }) => kind === "rename-user")) {
    const reason =
      "is only renamed: Entra ID is not linked to the account, and finds it by its name. Run the same command again after that, with the name of the user";
    return {
      operations: overScim(operations, "Entra ID finds the account by its name, which has to be right first"),
      leftOut: [{ code: "provider-link", kind: "user", name: subject.name, reason }],
    };
  }
  const objectId = ids.users.get(subject.key);
  if (objectId === undefined) {
    return { operations: overScim(operations, "Entra ID has no user for it"), leftOut: [] };
  }
  const other = (await connectionOf(objectId))?.targetAnchor;
  const isElsewhere = other != null && other !== "";
  if (isElsewhere) restart?.mustClearLinks();
  if (isElsewhere && restart === undefined) {
    const reason = `is put right over SCIM alone: Entra ID is linked to another account (${other}). A restart of the job clears that (--restart-job)`;
    return {
      operations: overScim(operations, "Entra ID is linked to another account"),
      leftOut: [{ code: "provider-link", kind: "user", name: subject.name, reason }],
    };
  }
  const named = operations.some((one) => one.named === true);
  const operation = provisioning({
    subject,
    userName: subject.name,
    objectId,
    why: "Entra ID is not linked to the account",
    ...(named ? { named: true as const } : {}),
  });
  const activation = operations.find(({ kind }) => kind === "activate-user");
  if (activation !== undefined) replaced.set(activation.id, operation.id);
  const rest = operations.filter((one) => one !== activation);
  return {
    operations: [operation, ...overScim(rest, "Entra ID does not clear a value, and may not send this one")],
    leftOut: [],
  };
}

/** Of an account that is there: Entra ID finds it by its name, links it and makes it active. */
export function provisionHeld(held: HeldUser, objectId: string, why: string): ProvisionUser {
  return provisioning({ subject: subjectOfUser(held), userName: held.userName, objectId, why });
}

function provisioning(
  of: Pick<ProvisionUser, "subject" | "userName" | "objectId" | "why" | "named">,
): ProvisionUser {
  const operation = { ...of, kind: "provision-user", through: "entra", dependsOn: [] } as const;
  return { ...operation, id: `provision-user ${of.subject.key}`, summary: userSummary(operation) };
}
