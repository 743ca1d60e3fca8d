/** What a read of a tenant asks of Microsoft Graph, request by request. */

import { expect, test } from "vitest";
import { assignedGroup, assignedUser, group, jobId, smallTenant } from "../../support/entra-tenant.ts";
import { graphToken } from "../../support/graph-client.ts";
import { tryToRead } from "../../support/read-tenant.ts";

const application = "/servicePrincipals/11111111-0000-4000-8000-000000000001";
const casted = "$select=id,userPrincipalName,displayName&$top=999&$count=true";
const groupFields = "$select=id,displayName,securityEnabled,visibility";

test("the requests of a small tenant", async () => {
  const tenant = smallTenant({
    groups: [group("data-platform", ["ada", "group-inner"]), group("inner", ["grace"])],
    assignments: [assignedGroup("data-platform"), assignedUser("paul")],
  });
  const { requests } = await tryToRead(tenant);
  expect(requests.map(({ path }) => path)).toEqual([
    "/servicePrincipals?$filter=displayName%20eq%20'Astro'&$select=id,appId,displayName,appRoles",
    `${application}/synchronization/jobs`,
    `${application}/synchronization/jobs/${jobId}`,
    `${application}/synchronization/jobs/${jobId}/schema`,
    `${application}/appRoleAssignedTo?$top=999`,
    `${application}/appRoleAssignedTo/$count`,
    "/users?$select=id,userPrincipalName,mail,displayName,accountEnabled,userType&$top=999&$count=true",
    "/directory/deletedItems/microsoft.graph.user?$select=id,userPrincipalName,mail,displayName,accountEnabled,userType&$top=999",
    `/groups/group-data-platform?${groupFields}`,
    `/groups/group-data-platform/members/microsoft.graph.user?${casted}`,
    `/groups/group-data-platform/transitiveMembers/microsoft.graph.group?${groupFields}&$top=999&$count=true`,
    `/groups/group-data-platform/members/microsoft.graph.group?${groupFields}&$top=999&$count=true`,
    `/groups/group-data-platform/transitiveMembers/microsoft.graph.user?${casted}`,
    `/groups/group-inner/members/microsoft.graph.user?${casted}`,
    `/groups/group-inner/members/microsoft.graph.group?${groupFields}&$top=999&$count=true`,
    `/auditLogs/provisioning?$filter=jobId%20eq%20'${jobId}'&$orderby=activityDateTime%20desc`,
  ]);
  expect(new Set(requests.map(({ headers }) => headers.authorization))).toEqual(
    new Set([`Bearer ${graphToken}`]),
  );
});

test("ConsistencyLevel is sent with every page of what is counted, and with nothing else", async () => {
  const { requests } = await tryToRead(smallTenant(), {}, { pageSize: 1 });
  const counted = requests.filter(({ headers }) => headers["consistencylevel"] === "eventual");
  expect(counted.map(({ path }) => path)).toEqual(
    requests.map(({ path }) => path).filter((path) => path.includes("$count") || path.includes("%24count")),
  );
  expect(counted.length).toBeGreaterThan(4);
});
