/** The company of 250 at the emulated Microsoft Graph: what is listed is the directory, and it is provisioned. */

import { readFileSync } from "node:fs";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import type { Directory } from "../../../src/directory/directory.ts";
import type { Fixture } from "../../../src/fixture/fixture.ts";
import { readFixture } from "../../../src/fixture/read.ts";
import { sorted, startEmulatedGraph, type EmulatedGraph } from "../../support/emulated-graph.ts";

let fixture: Fixture;
beforeAll(() => {
  const file = "fixtures/entra-company.yaml";
  fixture = readFixture(file, readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8"));
});

const start = (options: { readonly startsPaused: boolean }): Promise<EmulatedGraph> =>
  startEmulatedGraph({
    directory: fixture.start,
    app: fixture.app,
    astro: { seed: fixture.astro, organizationId: fixture.organization },
    ...options,
  });

/** What Graph should list, by id. */
function expectedOf({ users, groups, assignedUsers, assignedGroups }: Directory) {
  const idOf = (key: string): string => users.get(key)?.objectId ?? groups.get(key)?.objectId ?? "";
  const isThere = (key: string): boolean => users.get(key)?.status !== "soft-deleted";
  return {
    users: [...users.values()].map(({ key, objectId, status, profile }) => ({
      isDeleted: !isThere(key),
      shown: {
        id: objectId,
        mail: profile["mail"] ?? null,
        displayName: profile["displayName"] ?? null,
        userPrincipalName: profile["userPrincipalName"] ?? null,
        department: profile["department"] ?? null,
        accountEnabled: status !== "blocked",
      },
    })),
    groups: [...groups.values()].map(({ objectId, name, securityEnabled = true, members, nestedGroups }) => ({
      shown: { id: objectId, displayName: name, securityEnabled },
      members: sorted([...[...members].filter(isThere), ...(nestedGroups ?? [])].map(idOf)),
    })),
    assigned: sorted([...[...assignedUsers].filter(isThere), ...assignedGroups].map(idOf)),
  };
}

test("lists are the directory, page by page", async () => {
  const graph = await start({ startsPaused: true });
  const expected = expectedOf(graph.company.directory());
  const byId = (one: { readonly id: string }, other: { readonly id: string }): number =>
    one.id < other.id ? -1 : 1;
  const select = "$select=id,mail,displayName,userPrincipalName,department,accountEnabled&$top=17";
  const users = await graph.all(`/v1.0/users?${select}`);
  const deleted = await graph.all(`/v1.0/directory/deletedItems/microsoft.graph.user?${select}`);
  for (const [found, isDeleted] of [
    [users, false],
    [deleted, true],
  ] as const) {
    const shown = expected.users.filter((user) => user.isDeleted === isDeleted).map((user) => user.shown);
    expect(shown.length).toBeGreaterThan(0);
    expect(found).toEqual(shown.toSorted(byId));
  }
  const groups = await graph.all("/v1.0/groups?$select=id,displayName,securityEnabled&$top=3");
  expect(groups).toEqual(expected.groups.map(({ shown }) => shown).toSorted(byId));
  for (const { shown, members } of expected.groups) {
    const found = await graph.all(`/v1.0/groups/${shown.id}/members?$select=id&$top=7`);
    expect(found.map(({ id }) => id)).toEqual(members);
  }
  const app = `/v1.0/servicePrincipals/${graph.company.appId}`;
  const assigned = await graph.all(`${app}/appRoleAssignedTo?$top=5`);
  expect(sorted(assigned.map(({ principalId }) => principalId))).toEqual(expected.assigned);
});

test("is provisioned, and log, links and accounts agree", async () => {
  const graph = await start({ startsPaused: false });
  onTestFinished(() => graph.company.close());
  const jobs = `/v1.0/servicePrincipals/${graph.company.appId}/synchronization/jobs`;
  const [job] = await graph.all(jobs);
  const { accounts, teams } = graph.company.links();
  expect(job.status).toMatchObject({
    code: "Active",
    lastExecution: { state: "Succeeded" },
    synchronizedEntryCountByType: [
      { key: "User", value: accounts.length },
      { key: "Group", value: teams.size },
    ],
  });
  expect(accounts.length).toBeGreaterThan(150);
  const created = await graph.all(
    "/v1.0/auditLogs/provisioning?$filter=provisioningStatusInfo/status eq 'success'",
  );
  const subjects = new Set(created.map(({ sourceIdentity }) => sourceIdentity.id));
  expect(subjects).toEqual(new Set([...accounts.map(({ objectId }) => objectId), ...teams.keys()]));
  const scimIds = new Set((await graph.astro.state()).users.map(({ id }) => id));
  expect(accounts.filter(({ scimId }) => !scimIds.has(scimId))).toEqual([]);
});
