/** `O/roles`, `O/roles/{roleId}`: the custom roles of an organization, and the default ones where they are asked for. */

import type { JsonObject } from "../../ground/json.ts";
import type { CustomRole, OrganizationRow } from "../store/organization-row.ts";
import type { OrganizationHandler } from "./context.ts";
import { defaultRoles, type DefaultRole } from "./default-roles.ts";
import { IamError, invalidRequest } from "./iam-error.ts";
import { instantText } from "./present/instant.ts";
import { subjectJson } from "./present/subject.ts";
import { readPage, valuesOf, type ListForm } from "./requests/page-request.ts";

const scopeTypes = ["DEPLOYMENT", "WORKSPACE", "ORGANIZATION", "DAG"];

/** All custom roles are as old as their organization. `scopeType` is read below. */
const roleList: ListForm = {
  sortFields: {
    name: "name",
    scopeType: "id",
    description: "description",
    createdAt: "createdMs",
    updatedAt: "lastModifiedMs",
  },
  maxLimit: undefined,
};

export const listRoles: OrganizationHandler = async ({ rows, behaviour }, { query }) => {
  const page = readPage(query, roleList, behaviour);
  const scopes = readScopeTypes(valuesOf(query, "scopeTypes"));
  const organization = await rows.organization();
  const isAsked = ({ scopeType }: { readonly scopeType: string }): boolean =>
    scopes.length === 0 || scopes.includes(scopeType);
  const custom = organization.customRoles.filter(isAsked).toSorted(comparing(page.order));
  const shown = custom.slice(page.offset, page.offset + page.limit);
  const body: JsonObject = {
    roles: shown.map((role) => customRoleJson(role, organization)),
    ...(valuesOf(query, "includeDefaultRoles")[0] === "true"
      ? { defaultRoles: defaultRoles.filter(isAsked).map(defaultRoleJson) }
      : {}),
    limit: page.limit,
    offset: page.offset,
    totalCount: custom.length,
  };
  return { status: 200, body };
};

/** Only custom roles have an ID. */
export const getRole: OrganizationHandler = async ({ rows }, { params }) => {
  const id = params["roleId"] ?? "";
  const organization = await rows.organization();
  const role = organization.customRoles.find((one) => one.id === id);
  if (role === undefined) throw new IamError(404, `role ${id.slice(0, 100)} not found in this organization`);
  return {
    status: 200,
    body: { ...customRoleJson(role, organization), permissions: role.permissions },
  };
};

/** @throws IamError 400 */
function readScopeTypes(asked: readonly string[]): readonly string[] {
  const wrong = asked.find((one) => !scopeTypes.includes(one));
  if (wrong === undefined) return asked;
  const message = `${JSON.stringify(wrong.slice(0, 100))} is not one of ${scopeTypes.join(", ")}`;
  throw invalidRequest([{ field: "scopeTypes", code: "oneof", message }]);
}

type Order = ReturnType<typeof readPage>["order"];

function comparing(order: Order): (a: CustomRole, b: CustomRole) => number {
  const keyOf = (role: CustomRole, field: Order[number]["field"]): string => {
    if (field === "name") return role.name.toLowerCase();
    if (field === "id") return role.scopeType;
    return field === "description" ? (role.description ?? "").toLowerCase() : "";
  };
  return (a, b) => {
    for (const { field, descending } of order) {
      const [first, second] = [keyOf(a, field), keyOf(b, field)];
      if (first !== second) return first < second === descending ? 1 : -1;
    }
    return 0;
  };
}

function customRoleJson(role: CustomRole, { createdMs, createdBy }: OrganizationRow): JsonObject {
  const { id, name, scopeType, description } = role;
  return {
    id,
    name,
    ...(description === undefined ? {} : { description }),
    scopeType,
    restrictedWorkspaceIds: [],
    createdAt: instantText(createdMs),
    createdBy: subjectJson(createdBy),
    updatedAt: instantText(createdMs),
    updatedBy: subjectJson(createdBy),
  };
}

function defaultRoleJson({ name, scopeType, description }: DefaultRole): JsonObject {
  return { name, scopeType, description, permissions: [] };
}
