/** `O/deployments` of the deprecated Platform API, read-only: Astronomer's Terraform provider checks roles against it. */

import type { JsonObject } from "../../ground/json.ts";
import type { Deployment, OrganizationRow } from "../store/organization-row.ts";
import type { OrganizationHandler } from "./context.ts";
import { instantText } from "./present/instant.ts";
import { pageAnswer } from "./present/page.ts";
import { subjectJson } from "./present/subject.ts";
import { readPage, valuesOf, type ListForm } from "./requests/page-request.ts";

const deploymentList: ListForm = {
  sortFields: { name: "name", createdAt: "createdMs", updatedAt: "lastModifiedMs" },
  maxLimit: 1_000,
};

export const listDeployments: OrganizationHandler = async ({ rows, behaviour }, { query }) => {
  const page = readPage(query, deploymentList, behaviour);
  const organization = await rows.organization();
  const [ids, names, workspaceIds] = ["deploymentIds", "names", "workspaceIds"].map((name) =>
    valuesOf(query, name),
  );
  const isAsked = (asked: readonly string[] | undefined, value: string): boolean =>
    asked === undefined || asked.length === 0 || asked.includes(value);
  const found = organization.deployments.filter(
    ({ id, name, workspaceId }) =>
      isAsked(ids, id) && isAsked(names, name) && isAsked(workspaceIds, workspaceId),
  );
  const order = page.order.find(({ field }) => field === "name");
  const sorted =
    order === undefined ? found : found.toSorted((a, b) => (a.name < b.name === order.descending ? 1 : -1));
  const items = sorted
    .slice(page.offset, page.offset + page.limit)
    .map((deployment) => JSON.stringify(deploymentJson(deployment, organization)));
  return pageAnswer("deployments", { ...page, totalCount: found.length, items });
};

/** The fields that identify a Deployment; what runs in it is no part of the local Astro. */
function deploymentJson({ id, name, workspaceId }: Deployment, organization: OrganizationRow): JsonObject {
  const { createdMs, createdBy, workspaces } = organization;
  const workspaceName = workspaces.find((workspace) => workspace.id === workspaceId)?.name;
  return {
    id,
    name,
    organizationId: organization.id,
    workspaceId,
    ...(workspaceName === undefined ? {} : { workspaceName }),
    status: "HEALTHY",
    type: "STANDARD",
    createdAt: instantText(createdMs),
    createdBy: subjectJson(createdBy),
    updatedAt: instantText(createdMs),
    updatedBy: subjectJson(createdBy),
  };
}
