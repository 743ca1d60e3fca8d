/** `O/invites`: people are invited by e-mail address, and an invitation that was not accepted can be deleted. */

import type { JsonObject } from "../../ground/json.ts";
import type { StoredResource } from "../store/rows.ts";
import type { OrganizationHandler } from "./context.ts";
import { instantText } from "./present/instant.ts";
import { subjectJson } from "./present/subject.ts";
import { userProfileJson } from "./present/user.ts";
import { requireRemoved, storedRow } from "./refusal.ts";
import { inviteBody, readBody } from "./requests/bodies.ts";

export const createInvite: OrganizationHandler = async (organization, { body }) => {
  const { rows, operations, behaviour } = organization;
  const { inviteeEmail: email, role } = readBody(inviteBody, body);
  const outcome = await operations.invite({ email, role });
  const user = storedRow(outcome, { what: "user", id: email }, behaviour);
  const { name } = await rows.organization();
  return { status: 200, body: inviteJson(user, { id: organization.id, name }, organization) };
};

export const deleteInvite: OrganizationHandler = async ({ operations, behaviour }, { params }) => {
  const id = params["inviteId"] ?? "";
  requireRemoved(await operations.revokeInvite(id), { what: "invitation", id }, behaviour);
  return { status: 204 };
};

/** Astro API reference: Invite. */
function inviteJson(
  user: StoredResource,
  organization: { readonly id: string; readonly name: string },
  { behaviour }: Pick<Parameters<OrganizationHandler>[0], "behaviour">,
): JsonObject {
  const { invite } = user.own;
  if (invite === undefined) throw new TypeError("who was just invited has an invitation");
  return {
    inviteId: invite.id,
    organizationId: organization.id,
    organizationName: organization.name,
    userId: user.id,
    invitee: userProfileJson(user, behaviour),
    inviter: subjectJson(invite.inviter),
    expiresAt: instantText(invite.expiresAtMs),
  };
}
