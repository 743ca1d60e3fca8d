/** `/users/self`: who the caller is. An API token is no user; what Astro answers for one is not documented. */

import type { JsonObject } from "../../ground/json.ts";
import type { Handler } from "./context.ts";
import { IamError } from "./iam-error.ts";
import { instantText } from "./present/instant.ts";
import { defaultAvatarUrl } from "./present/user.ts";

export const getSelf: Handler = async ({ caller, organizations }) => {
  const [organization] = organizations;
  if (organization === undefined || organization.behaviour.selfUser === "refuse") {
    throw new IamError(400, "the token is an API token, which belongs to no user");
  }
  const { id, createdMs } = await organization.rows.organization();
  const role = organization.behaviour.tokenRole === "owner" ? "ORGANIZATION_OWNER" : "ORGANIZATION_MEMBER";
  const body: JsonObject = {
    id: caller.id,
    username: caller.name,
    fullName: caller.name,
    avatarUrl: defaultAvatarUrl,
    status: "ACTIVE",
    isIdpManaged: false,
    organizationId: id,
    roles: caller.organizationIds.map((entityId) => ({ role, scope: { type: "ORGANIZATION", entityId } })),
    createdAt: instantText(createdMs),
    updatedAt: instantText(createdMs),
  };
  return { status: 200, body };
};
