/** Gives roles over Astro's IAM API (Astro API reference: UpdateUserRoles, UpdateTeamRoles). */

import { isSuccess, type Send, type WireAnswer, type WireRequest } from "../../wire/exchange.ts";
import { bodyInWords } from "../../wire/body-in-words.ts";
import type { HeldRoles } from "../records/held-roles.ts";
import type { RoleHolder, RoleWriter } from "../role-writer.ts";
import type { WriteResult } from "../writer.ts";
import { describeIamProblem, isIamProblem } from "./problem.ts";
import { organizationPath } from "./requests.ts";

/** A writer that sends its requests through `send`; setting the same roles twice changes nothing (Astro API overview). */
export function createIamRoleWriter(
  send: Send,
  { organizationId }: { readonly organizationId: string },
): RoleWriter {
  return {
    setRoles: async (holder, roles) => {
      if (roles.organizationRole === null) {
        return { kind: "refused", status: 400, message: "there is no Organization role to give" };
      }
      return writeResult(await send(rolesRequest(organizationId, holder, roles)));
    },
  };
}

const paths = { user: "users", team: "teams" } as const;

/** An update is a POST, and replaces all roles. */
function rolesRequest(organizationId: string, { kind, id }: RoleHolder, roles: HeldRoles): WireRequest {
  const { organizationRole, workspaceRoles, deploymentRoles, dagRoles } = roles;
  return {
    method: "POST",
    path: organizationPath(organizationId, `/${paths[kind]}/${encodeURIComponent(id)}/roles`),
    headers: { accept: "application/json", "content-type": "application/json" },
    body: {
      organizationRole,
      workspaceRoles: workspaceRoles.map((role) => ({ ...role })),
      deploymentRoles: deploymentRoles.map((role) => ({ ...role })),
      dagRoles: dagRoles.map((role) => ({ ...role })),
    },
  };
}

function writeResult(answer: WireAnswer): WriteResult {
  if (answer.kind === "no-response") return { kind: "no-answer", message: answer.message };
  const { status } = answer;
  if (isSuccess(answer)) return { kind: "written" };
  // 502 and 504 say nothing of what the server behind did; anything but Astro's own error form is not its answer.
  if (status === 502 || status === 504) return { kind: "no-answer", message: describeIamProblem(answer) };
  if (!isIamProblem(answer) && status < 500) {
    return { kind: "no-answer", message: `${status} with ${bodyInWords(answer)}` };
  }
  if (status === 404) return { kind: "gone" };
  return { kind: "refused", status, message: describeIamProblem(answer) };
}
