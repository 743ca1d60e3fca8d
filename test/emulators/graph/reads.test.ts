/** Reads of the emulated Microsoft Graph: properties, filters, pages, members, errors. */

import { describe, expect, test } from "vitest";
import { documentedEntraSettings } from "../../../src/directory/entra-app-settings.ts";
import { aDirectory, aGroup, anEntraUser } from "../../support/builders.ts";
import {
  startEmulatedGraph,
  type EmulatedGraph,
  sorted,
  type GraphBody,
} from "../../support/emulated-graph.ts";

const [ada, bob, eve, gus] = ["ada@example.com", "bob@example.com", "eve@example.com", "gus@partner.example"];
const plain: Record<string, string> = {};
const eventual: Record<string, string> = { ConsistencyLevel: "eventual" };

const directory = aDirectory({
  users: [
    anEntraUser(ada, {
      profile: {
        displayName: "Ada Lovelace",
        department: "Data",
        telephoneNumber: "+1 555",
        mobile: "+1 556",
        otherMails: ["ada@home.example"],
        extensionAttribute3: "three",
        "employeeOrgData.division": "Analytics",
        extension_0123_team: "core",
        manager: bob,
        userType: "Member",
      },
    }),
    anEntraUser(bob, { status: "blocked", profile: { displayName: "Bob O'Hara", userType: "Member" } }),
    anEntraUser(eve, { profile: { displayName: "Eve", mail: null, userType: "Member" } }),
    anEntraUser(gus, {
      profile: { userPrincipalName: "gus_partner.example#EXT#@example.com", userType: "Guest" },
    }),
    anEntraUser("old@example.com", { status: "soft-deleted" }),
  ],
  groups: [
    { ...aGroup("data", [ada, "old@example.com"]), nestedGroups: new Set(["inner"]) },
    // The circle ends no search.
    { ...aGroup("inner", [bob, ada]), nestedGroups: new Set(["data", "mail"]) },
    { ...aGroup("mail", [gus]), securityEnabled: false },
  ],
  assignedUsers: [gus],
  assignedGroups: ["data"],
  pushedGroups: [],
});

const start = (): Promise<EmulatedGraph> =>
  startEmulatedGraph({
    directory,
    graph: {
      otherApps: ["Astro", "Other's app"],
      groupDetails: { mail: { mail: "mail@example.com", mailEnabled: true, groupTypes: ["Unified"] } },
    },
  });

async function groupPath(graph: EmulatedGraph, name: string): Promise<string> {
  const [group] = await graph.all(`/v1.0/groups?$filter=displayName eq '${name}'`);
  return `/v1.0/groups/${group.id}`;
}

describe("users", () => {
  test("have the usual properties where nothing is selected", async () => {
    const graph = await start();
    const { body } = await graph.get("/v1.0/users");
    expect(body["@odata.context"]).toBe(`${graph.emulator.url}/v1.0/$metadata#users`);
    const user = body.value.find(({ mail }: GraphBody) => mail === ada);
    expect(user).toEqual({
      id: expect.any(String),
      displayName: "Ada Lovelace",
      mail: ada,
      userPrincipalName: ada,
      businessPhones: ["+1 555"],
      mobilePhone: "+1 556",
      givenName: null,
      surname: null,
      jobTitle: null,
      officeLocation: null,
      preferredLanguage: null,
    });
  });

  test.each<readonly [select: string, shown: Record<string, unknown>]>([
    ["accountEnabled,department", { accountEnabled: true, department: "Data" }],
    ["otherMails", { otherMails: ["ada@home.example"] }],
    ["extension_0123_team,extension_0123_none", { extension_0123_team: "core", extension_0123_none: null }],
    ["employeeOrgData", { employeeOrgData: { costCenter: null, division: "Analytics" } }],
    ["deletedDateTime,aboutMe", { deletedDateTime: null, aboutMe: null }],
  ])("$select=%s shows these alone", async (select, shown) => {
    const graph = await start();
    const { body } = await graph.get(`/v1.0/users/${ada}?$select=${select}`);
    expect(body["@odata.context"]).toBe(`${graph.emulator.url}/v1.0/$metadata#users(${select})/$entity`);
    delete body["@odata.context"];
    expect(body).toEqual(shown);
  });

  test("have their extension attributes as one property", async () => {
    const graph = await start();
    const { body } = await graph.get(`/v1.0/users/${ada}?$select=onPremisesExtensionAttributes`);
    expect(body.onPremisesExtensionAttributes).toMatchObject({
      extensionAttribute3: "three",
      extensionAttribute4: null,
    });
  });

  test("have their manager where it is expanded", async () => {
    const graph = await start();
    const [user] = await graph.all(
      `/v1.0/users?$select=id&$expand=manager($select=id,mail)&$filter=mail eq '${ada}'`,
    );
    expect(user.manager).toEqual({
      "@odata.type": "#microsoft.graph.user",
      id: expect.any(String),
      mail: bob,
    });
    expect((await graph.get(`/v1.0/users/${ada}/manager`)).body).toMatchObject({ mail: bob });
    expect((await graph.get(`/v1.0/users/${bob}/manager`)).status).toBe(404);
  });

  test.each<readonly [filter: string, mails: readonly (string | null)[], headers: Record<string, string>]>([
    ["accountEnabled eq false", [bob], plain],
    ["userType eq 'guest'", [gus], plain],
    ["displayName eq 'bob o''hara'", [bob], plain],
    ["mail eq null", [null], plain],
    ["startswith(displayName,'E') or department eq 'Data'", [ada, null], plain],
    ["mail in ('ada@example.com', 'bob@example.com') and accountEnabled eq true", [ada], plain],
    ["(createdDateTime ge 2000-01-01T00:00:00Z) and userType eq 'Guest'", [gus], plain],
    ["createdDateTime lt 2000-01-01T00:00:00Z", [], plain],
    ["not(userType eq 'Member')", [gus], eventual],
    ["userType ne 'Member'", [gus], eventual],
    ["endswith(mail,'partner.example')", [gus], eventual],
  ])("$filter=%s finds %j", async (filter, mails, headers) => {
    const graph = await start();
    const found = await graph.all(
      `/v1.0/users?$count=true&$select=mail&$filter=${encodeURIComponent(filter)}`,
      { headers },
    );
    expect(sorted(found.map(({ mail }) => mail))).toEqual(sorted(mails));
  });

  test.each<readonly [query: string, code: string]>([
    ["$filter=userType ne 'Member'", "Request_UnsupportedQuery"],
    ["$filter=not(userType eq 'Member')", "Request_UnsupportedQuery"],
    ["$filter=aboutMe eq 'x'", "Request_UnsupportedQuery"],
    ["$filter=mail eq", "Request_UnsupportedQuery"],
    ["$filter=mail eq 'x' mail", "Request_UnsupportedQuery"],
    ["$filter=otherMails/any(m:m eq 'x')", "Request_UnsupportedQuery"],
    ["$orderby=department", "Request_UnsupportedQuery"],
    ["$skip=10", "Request_UnsupportedQuery"],
    ['$search="displayName:ada"', "Request_UnsupportedQuery"],
    ["$top=1000", "Request_BadRequest"],
    ["$top=0", "Request_BadRequest"],
    ["$select=favouriteColour", "Request_BadRequest"],
    ["$expand=memberOf", "Request_UnsupportedQuery"],
    ["$skiptoken=RFNwdAIAAQAAAA", "Directory_ExpiredPageToken"],
  ])("%s is refused with %s", async (query, code) => {
    const { get } = await start();
    const answer = await get(`/v1.0/users?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toEqual({
      code,
      message: expect.stringMatching(/\w/),
      innerError: {
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
        "request-id": answer.headers.get("request-id"),
        "client-request-id": answer.headers.get("client-request-id"),
      },
    });
  });

  test("come in pages, each with a link to the next, verbatim", async () => {
    const graph = await start();
    const first = await graph.get("/v1.0/users?$select=id&$top=3&$count=true", { headers: eventual });
    expect(first.body.value).toHaveLength(3);
    expect(first.body["@odata.count"]).toBe(4);
    const next = first.body["@odata.nextLink"];
    expect(next).toMatch(/\/v1\.0\/users\?\$select=id&\$top=3&\$count=true&\$skiptoken=[\w-]+$/);
    const last = await graph.get(next, { headers: eventual });
    expect(last.body.value).toHaveLength(1);
    expect(last.body["@odata.nextLink"]).toBeUndefined();
    expect(last.body["@odata.count"]).toBeUndefined();
    const ids = [...first.body.value, ...last.body.value].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });

  test("are not lost or repeated where others come and go between two pages", async () => {
    const graph = await start();
    const first = await graph.get("/v1.0/users?$select=id,mail&$top=2");
    const [gone] = first.body.value;
    await graph.send("DELETE", `/v1.0/users/${gone.id}`);
    const rest = await graph.all(first.body["@odata.nextLink"]);
    const ids = [...first.body.value, ...rest].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(4);
  });

  test("a token of another list does not work", async () => {
    const graph = await start();
    const first = await graph.get("/v1.0/users?$top=1");
    const token = new URL(first.body["@odata.nextLink"]).searchParams.get("$skiptoken");
    expect((await graph.get(`/v1.0/groups?$skiptoken=${token}`)).status).toBe(400);
  });

  test.each<readonly [path: string, status: number, headers: Record<string, string>]>([
    ["/v1.0/users/$count", 400, plain],
    ["/v1.0/users/$count", 200, eventual],
    ["/v1.0/users/nobody@example.com", 404, plain],
    ["/v1.0/users/00000000-0000-0000-0000-000000000000", 404, plain],
    ["/v1.0/nothing", 404, plain],
    ["/v2.0/users", 404, plain],
    ["/beta/users", 200, plain],
  ])("GET %s is answered %i", async (path, status, headers) => {
    const { get } = await start();
    expect((await get(path, { headers })).status).toBe(status);
  });

  test("are sorted where that is asked for, over pages too", async () => {
    const graph = await start();
    const users = await graph.all("/v1.0/users?$select=displayName&$orderby=displayName desc&$top=1");
    expect(users.map(({ displayName }) => displayName)).toEqual(["gus", "Eve", "Bob O'Hara", "Ada Lovelace"]);
  });
});

describe("members", () => {
  test.each<readonly [path: string, members: readonly string[], headers: Record<string, string>]>([
    ["data/members", [ada, "inner"], plain],
    ["data/members/microsoft.graph.user", [ada], plain],
    ["data/members/microsoft.graph.group", ["inner"], plain],
    ["inner/members", [ada, bob, "data", "mail"], plain],
    ["data/transitiveMembers", [ada, bob, gus, "data", "inner", "mail"], plain],
    ["data/transitiveMembers/microsoft.graph.user?$count=true", [ada, bob, gus], eventual],
    ["data/transitiveMembers/microsoft.graph.group?$count=true", ["data", "inner", "mail"], eventual],
  ])("%s are %j", async (path, members, headers) => {
    const graph = await start();
    const [name = "", relation] = path.split(/\/(.*)/s);
    const found = await graph.all(`${await groupPath(graph, name)}/${relation}`, { headers });
    const named = found.map(({ mail, displayName, securityEnabled }) =>
      securityEnabled === undefined ? mail : displayName,
    );
    expect(sorted(named)).toEqual(sorted(members));
  });

  test.each<readonly [query: string, headers: Record<string, string>]>([
    ["", eventual],
    ["?$count=true", plain],
    ["", plain],
  ])("a cast of transitive members with %j and %j is refused", async (query, headers) => {
    const graph = await start();
    const path = await groupPath(graph, "data");
    const answer = await graph.get(`${path}/transitiveMembers/microsoft.graph.user${query}`, { headers });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "Request_UnsupportedQuery" } } });
  });

  test("are counted", async () => {
    const graph = await start();
    const path = await groupPath(graph, "data");
    const count = await graph.get(`${path}/members/$count`, { headers: eventual });
    expect(count.body).toBe(2);
    expect(count.headers.get("content-type")).toBe("text/plain");
  });

  test("of several types have the selected properties of their own type", async () => {
    const graph = await start();
    const found = await graph.all(
      `${await groupPath(graph, "data")}/members?$select=id,mail,securityEnabled`,
    );
    expect(found).toContainEqual({
      "@odata.type": "#microsoft.graph.user",
      id: expect.any(String),
      mail: ada,
    });
    expect(found).toContainEqual({
      "@odata.type": "#microsoft.graph.group",
      id: expect.any(String),
      mail: null,
      securityEnabled: true,
    });
  });

  test.each([
    ["id-only" as const, { "@odata.type": "#microsoft.graph.user" }],
    ["nulls" as const, { "@odata.type": "#microsoft.graph.user", mail: null, displayName: null }],
  ])("are shown as %s where the client may not read users, with 200", async (unreadableMembers, shown) => {
    const graph = await startEmulatedGraph({
      directory,
      graph: {
        unreadableMembers,
        givenTokens: [{ token: "groups-only", permissions: ["GroupMember.Read.All"] }],
      },
    });
    const path = await groupPath(graph, "inner");
    const query = "/members/microsoft.graph.user?$select=id,mail,displayName";
    const found = await graph.all(`${path}${query}`, { token: "groups-only" });
    expect(found).toHaveLength(2);
    for (const member of found) expect(member).toEqual({ ...shown, id: expect.any(String) });
  });
});

test.each([
  ["Member.Read.Hidden", 1],
  ["User.Read.All", 0],
])("with %s, %i members of a group of hidden membership are shown", async (permission, count) => {
  const graph = await startEmulatedGraph({
    directory,
    graph: {
      groupDetails: { mail: { visibility: "HiddenMembership" } },
      givenTokens: [{ token: "some", permissions: ["GroupMember.Read.All", permission] }],
    },
  });
  const path = await groupPath(graph, "mail");
  expect(await graph.all(`${path}/members`, { token: "some" })).toHaveLength(count);
});

describe("groups", () => {
  test("can be found by their mail-enabled kind", async () => {
    const graph = await start();
    const found = await graph.all("/v1.0/groups?$filter=mailEnabled eq true");
    expect(found).toMatchObject([
      { displayName: "mail", mail: "mail@example.com", groupTypes: ["Unified"], securityEnabled: false },
    ]);
  });

  test("hide deleted users, who stay members", async () => {
    const graph = await start();
    const members = await graph.all(`${await groupPath(graph, "data")}/members/microsoft.graph.user`);
    expect(members.map(({ mail }) => mail)).toEqual([ada]);
  });
});

describe("service principals", () => {
  test.each<readonly [filter: string, count: number]>([
    ["displayName eq 'astro'", 2],
    ["displayName eq 'Other''s app'", 1],
    ["startswith(displayName,'Nothing')", 0],
  ])("with %s are %i", async (filter, count) => {
    const { all } = await start();
    expect(await all(`/v1.0/servicePrincipals?$filter=${encodeURIComponent(filter)}`)).toHaveLength(count);
  });

  test("are found by id and by appId alike", async () => {
    const graph = await start();
    const id = graph.company.appId;
    const byId = await graph.get(`/v1.0/servicePrincipals/${id}?$select=id,appId,displayName`);
    expect(byId.body).toMatchObject({ id, displayName: "Astro" });
    const byAppId = await graph.get(
      `/v1.0/servicePrincipals(appId='${byId.body.appId}')?$select=id,appId,displayName`,
    );
    expect(byAppId.body).toMatchObject({ id, appId: byId.body.appId });
    const filtered = await graph.all(`/v1.0/servicePrincipals?$filter=appId eq '${byId.body.appId}'`);
    expect(filtered).toMatchObject([{ id }]);
  });

  test("show who is assigned, with the kind of each, without deleted users", async () => {
    const graph = await start();
    const { appId } = graph.company;
    const assigned = await graph.all(`/v1.0/servicePrincipals/${appId}/appRoleAssignedTo?$top=1`);
    expect(assigned.map(({ resourceId }) => resourceId)).toEqual([appId, appId]);
    const named = assigned.map((one) => `${one.principalType} ${one.principalDisplayName}`);
    expect(sorted(named)).toEqual(["Group data", "User gus"]);
  });

  test("show one assignment for each app role of a user", async () => {
    const appRoles = ["reader", "writer"].map((value, index) => ({
      id: `0000000${index + 1}-0000-4000-8000-000000000000`,
      value,
      displayName: value.toUpperCase(),
    }));
    const graph = await startEmulatedGraph({
      app: { ...documentedEntraSettings, appRoles },
      directory: aDirectory({
        users: [
          anEntraUser(ada, { profile: { appRoleAssignments: ["reader", "writer"] } }),
          anEntraUser(bob),
        ],
        pushedGroups: [],
      }),
    });
    const app = `/v1.0/servicePrincipals/${graph.company.appId}`;
    const assigned = await graph.all(`${app}/appRoleAssignedTo`);
    expect(
      assigned
        .map(({ principalDisplayName, appRoleId }) => `${principalDisplayName} ${appRoleId}`)
        .toSorted(),
    ).toEqual([
      "ada 00000001-0000-4000-8000-000000000000",
      "ada 00000002-0000-4000-8000-000000000000",
      "bob 00000000-0000-0000-0000-000000000000",
    ]);
    expect(new Set(assigned.map(({ id }) => id)).size).toBe(3);
    const { body } = await graph.get(app);
    expect(body.appRoles).toMatchObject([{ value: "reader", displayName: "READER" }, { value: "writer" }]);
    const reader = assigned.find(({ appRoleId }) => appRoleId.startsWith("00000001"));
    expect((await graph.send("DELETE", `${app}/appRoleAssignedTo/${reader.id}`)).status).toBe(204);
    expect(graph.company.directory().users.get(ada)?.profile["appRoleAssignments"]).toEqual(["writer"]);
  });
});

test("the organization has its domains, one of which is the default", async () => {
  const { all } = await start();
  const [organization] = await all("/v1.0/organization?$select=id,verifiedDomains");
  expect(organization.verifiedDomains).toMatchObject([
    { name: "example.com", isDefault: true },
    { name: "example.onmicrosoft.com", isInitial: true },
  ]);
  expect(await all("/v1.0/domains")).toMatchObject([{ id: "example.com", isDefault: true }, {}]);
});

test("a refused change names what is wrong", async () => {
  const graph = await start();
  const path = await groupPath(graph, "data");
  const reference = (id: string) => ({ "@odata.id": `${graph.emulator.url}/v1.0/directoryObjects/${id}` });
  const { id } = (await graph.get(`/v1.0/users/${ada}?$select=id`)).body;
  const app = `/v1.0/servicePrincipals/${graph.company.appId}/appRoleAssignedTo`;
  const [mail] = await graph.all("/v1.0/groups?$filter=displayName eq 'mail'");
  const [assignment] = await graph.all(app);
  const cases: readonly (readonly [
    method: string,
    path: string,
    body: object | undefined,
    status: number,
  ])[] = [
    ["POST", `${path}/members/$ref`, reference(id), 400],
    ["POST", `${path}/members/$ref`, reference(mail.id), 400],
    ["POST", `${path}/members/$ref`, reference("00000000-0000-0000-0000-000000000000"), 404],
    ["POST", `${path}/members/$ref`, { id }, 400],
    ["DELETE", `${path}/members/${mail.id}/$ref`, undefined, 404],
    ["PATCH", path, { description: "x" }, 400],
    ["PATCH", `/v1.0/users/${ada}`, { id: "x" }, 400],
    ["PATCH", `/v1.0/users/${ada}`, { accountEnabled: "no" }, 400],
    ["PATCH", `/v1.0/users/${ada}`, { displayName: 7 }, 400],
    ["POST", "/v1.0/users", { displayName: "x" }, 400],
    ["POST", "/v1.0/groups", { displayName: "x" }, 400],
    ["POST", app, { principalId: mail.id, resourceId: graph.company.appId }, 400],
    ["POST", app, { principalId: id, resourceId: id }, 400],
    ["POST", app, { principalId: id, resourceId: graph.company.appId, appRoleId: id }, 400],
    ["POST", app, { principalId: assignment.principalId, resourceId: graph.company.appId }, 400],
    ["DELETE", `${app}/none`, undefined, 404],
    ["POST", `/v1.0/directory/deletedItems/${id}/restore`, undefined, 404],
  ];
  const before = graph.company.directory();
  for (const [method, at, body, status] of cases) {
    const answer = await graph.send(method, at, body === undefined ? {} : { body: { ...body } });
    expect({ method, at, body, status: answer.status }).toEqual({ method, at, body, status });
    expect(answer.body.error.message).not.toBe("");
  }
  expect(graph.company.directory()).toBe(before);
});
