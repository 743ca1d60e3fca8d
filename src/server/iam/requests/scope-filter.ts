/** The filters of lists by where somebody has a role: `workspaceId`, `deploymentId`, `dagId`, `dagTags` (Astro API reference). */

import type { QueryParameters } from "../../api/query.ts";
import type { IamOrganization } from "../context.ts";
import { invalidRequest } from "../iam-error.ts";
import { isKnownDeployment, isKnownWorkspace } from "../../organization/known-scopes.ts";
import type { Condition } from "../../store/listing.ts";
import { valuesOf } from "./page-request.ts";

export type ScopeFilter = "workspaceId" | "deploymentId" | "dagId" | "dagTags";

/** @throws IamError 400 for a Workspace or Deployment that the organization does not have */
export async function readScopeFilters(
  query: QueryParameters,
  filters: readonly ScopeFilter[],
  { rows, behaviour }: Pick<IamOrganization, "rows" | "behaviour">,
): Promise<Condition> {
  if (query.length === 0) return {};
  const first = (name: ScopeFilter): string | undefined =>
    filters.includes(name) ? valuesOf(query, name)[0] : undefined;
  const [workspaceId, deploymentId, dagId] = [first("workspaceId"), first("deploymentId"), first("dagId")];
  const dagTags = filters.includes("dagTags") ? valuesOf(query, "dagTags") : [];
  await requireKnown({ workspaceId, deploymentId }, { rows, behaviour });
  return {
    ...(workspaceId === undefined ? {} : { workspaceId }),
    ...(deploymentId === undefined ? {} : { deploymentId }),
    ...(dagId === undefined ? {} : { dagId }),
    ...(dagTags.length === 0 ? {} : { dagTags }),
  };
}

async function requireKnown(
  { workspaceId, deploymentId }: { readonly [Name in "workspaceId" | "deploymentId"]: string | undefined },
  { rows, behaviour }: Pick<IamOrganization, "rows" | "behaviour">,
): Promise<void> {
  if (workspaceId === undefined && deploymentId === undefined) return;
  const organization = await rows.organization();
  if (workspaceId !== undefined && !isKnownWorkspace(organization, workspaceId, behaviour)) {
    throw unknown("workspaceId", `there is no Workspace ${workspaceId.slice(0, 100)}`);
  }
  if (deploymentId !== undefined && !isKnownDeployment(organization, deploymentId, behaviour)) {
    throw unknown("deploymentId", `there is no Deployment ${deploymentId.slice(0, 100)}`);
  }
}

function unknown(field: string, message: string): Error {
  return invalidRequest([{ field, code: "unknown", message: `${message} in this organization` }]);
}
