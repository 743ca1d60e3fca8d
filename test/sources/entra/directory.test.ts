/** The directory that a live Entra ID has: users and groups, who is assigned, how each stands. */

import { describe, expect, test } from "vitest";
import type { Directory } from "../../../src/directory/directory.ts";
import {
  assignedGroup,
  assignedUser,
  attribute,
  documentedUserRows,
  group,
  jobSchema,
  person,
  row,
  smallTenant,
} from "../../support/entra-tenant.ts";
import { readTenant } from "../../support/read-tenant.ts";

/** Members and nested groups by group, in the order in which they were read. */
function groupsOf(directory: Directory): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    [...directory.groups.values()].map(({ key, members, nestedGroups = [] }) => [
      key,
      [...members, ...[...nestedGroups].map((nested) => `group ${nested}`)],
    ]),
  );
}

describe("users", () => {
  test.each([
    ["who may sign in are active", person("ada"), "active"],
    ["whose account is not enabled are blocked", person("ada", { accountEnabled: false }), "blocked"],
  ])("%s", async (_, user, status) => {
    const { directory } = await readTenant(
      smallTenant({ users: [user], groups: [group("data-platform", ["ada"])] }),
    );
    expect([...directory.users.values()]).toMatchObject([
      { key: "ada@example.com", objectId: "user-ada", status },
    ]);
  });

  test("in the recycle bin are soft-deleted", async () => {
    const deletedUsers = [
      person("lin", { userPrincipalName: "0123456789abcdef0123456789abcdeflin@example.com" }),
    ];
    const { directory } = await readTenant(smallTenant({ deletedUsers }));
    expect(directory.users.get("lin@example.com")).toMatchObject({
      status: "soft-deleted",
      objectId: "user-lin",
    });
  });

  test.each([
    ["the mail", person("ada", { userPrincipalName: "a.l@corp.example" }), "ada@example.com"],
    ["the user principal name where there is no mail", person("ada", { mail: null }), "ada@example.com"],
  ])("are called by %s", async (_, user, key) => {
    const { directory } = await readTenant(
      smallTenant({ users: [user], groups: [group("data-platform", ["ada"])] }),
    );
    expect([...directory.users.keys()]).toEqual([key]);
  });

  test("with one mail are two users, and whoever is not deleted has the name", async () => {
    const tenant = smallTenant({
      users: [person("ada"), person("grace"), person("ada2", { mail: "GRACE@example.com" })],
      deletedUsers: [person("old", { mail: "ada@example.com", userPrincipalName: "0f_old@example.com" })],
    });
    const { directory } = await readTenant(tenant);
    expect([...directory.users].map(([key, { objectId }]) => [key, objectId])).toEqual([
      ["ada@example.com", "user-ada"],
      ["grace@example.com", "user-grace"],
      ["ada2@example.com", "user-ada2"],
      ["0f_old@example.com", "user-old"],
    ]);
  });

  test("have the attributes that mappings read, by the names of the mappings", async () => {
    const sources = [
      ["title", "jobTitle"],
      ['phoneNumbers[type eq "mobile"].value', "mobile"],
      ['phoneNumbers[type eq "work"].value', "telephoneNumber"],
      ['addresses[type eq "work"].formatted', "physicalDeliveryOfficeName"],
      ["nickName", "extensionAttribute3"],
      ["preferredLanguage", "extension_0123_level"],
      ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter", "employeeOrgData.costCenter"],
      ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "manager"],
    ] as const;
    const ada = person("ada", {
      jobTitle: "Engineer",
      mobilePhone: "+1 1",
      businessPhones: ["+1 2", "+1 3"],
      officeLocation: "B 12",
      onPremisesExtensionAttributes: { extensionAttribute3: "three" },
      extension_0123_level: 7,
      employeeOrgData: { costCenter: "C1", division: null },
      manager: { id: "user-grace" },
    });
    const { directory } = await readTenant(
      smallTenant({
        users: [ada, person("grace")],
        schema: jobSchema({
          userRows: [
            ...documentedUserRows,
            ...sources.map(([target, source]) => row(target, attribute(source))),
          ],
        }),
      }),
    );
    expect(directory.users.get("ada@example.com")?.profile).toEqual({
      userPrincipalName: "ada@example.com",
      mail: "ada@example.com",
      displayName: "Ada",
      userType: "Member",
      jobTitle: "Engineer",
      mobile: "+1 1",
      telephoneNumber: "+1 2",
      physicalDeliveryOfficeName: "B 12",
      extensionAttribute3: "three",
      extension_0123_level: 7,
      "employeeOrgData.costCenter": "C1",
      manager: "grace@example.com",
    });
  });

  test("are assigned one by one or through a group, and have the roles of both", async () => {
    const reader = { id: "role-1", value: "Reader", displayName: "Reads" };
    const nameless = { id: "role-2", value: null, displayName: "Admin" };
    const tenant = smallTenant({
      assignments: [
        { ...assignedGroup("data-platform"), appRoleId: "role-2" },
        assignedUser("ada", "role-1"),
        assignedUser("paul"),
      ],
    });
    tenant.applications = tenant.applications.map((one) => ({ ...one, appRoles: [reader, nameless] }));
    const { directory, app } = await readTenant(tenant);
    expect([...directory.assignedUsers]).toEqual(["ada@example.com", "paul@example.com"]);
    const rolesOf = (key: string): unknown => directory.users.get(key)?.profile["appRoleAssignments"];
    expect([rolesOf("ada@example.com"), rolesOf("grace@example.com"), rolesOf("paul@example.com")]).toEqual([
      ["Admin", "Reader"],
      ["Admin"],
      undefined,
    ]);
    expect(app).toMatchObject({ appRoles: [reader, { id: "role-2", value: "Admin", displayName: "Admin" }] });
  });
});

test("what is assigned and neither a user nor a group is left out", async () => {
  const robot = { principalId: "app-1", principalType: "ServicePrincipal" };
  const { directory } = await readTenant(
    smallTenant({ assignments: [robot, assignedGroup("data-platform")] }),
  );
  expect([directory.assignedUsers.size, directory.assignedGroups.size]).toEqual([0, 1]);
});

describe("groups", () => {
  test("that are assigned are read with their members, others not", async () => {
    const { directory } = await readTenant(smallTenant());
    expect(groupsOf(directory)).toEqual({ "data-platform": ["ada@example.com", "grace@example.com"] });
    expect([...directory.assignedGroups]).toEqual(["data-platform"]);
  });

  test("within them are read, at any depth, and are not assigned", async () => {
    const { directory } = await readTenant(
      smallTenant({
        groups: [
          group("data-platform", ["ada", "group-inner"]),
          group("inner", ["grace", "group-innermost"]),
          group("innermost", ["paul", "group-inner"]),
        ],
      }),
    );
    expect(groupsOf(directory)).toEqual({
      "data-platform": ["ada@example.com", "group inner"],
      inner: ["grace@example.com", "group innermost"],
      innermost: ["paul@example.com", "group inner"],
    });
    expect([...directory.assignedGroups]).toEqual(["data-platform"]);
  });

  test("of one name are two groups", async () => {
    const { directory } = await readTenant(
      smallTenant({
        groups: [
          group("a", ["ada"], { displayName: "Data" }),
          group("b", ["grace"], { displayName: "data" }),
        ],
        assignments: [assignedGroup("a"), assignedGroup("b")],
      }),
    );
    expect([...directory.groups.values()].map(({ key, name }) => [key, name])).toEqual([
      ["Data", "Data"],
      ["data (group-b)", "data"],
    ]);
  });

  test("that are no security groups are said to be none", async () => {
    const { directory } = await readTenant(
      smallTenant({ groups: [group("data-platform", ["ada"], { securityEnabled: false })] }),
    );
    expect(directory.groups.get("data-platform")?.securityEnabled).toBe(false);
  });

  test("are all read where everybody is in scope", async () => {
    const { directory } = await readTenant(smallTenant(), { scope: "all" });
    expect(Object.keys(groupsOf(directory))).toEqual(["data-platform", "legal"]);
  });
});

test("pages of one entry give the same directory as one page", async () => {
  const tenant = smallTenant({
    groups: [group("data-platform", ["ada", "group-inner"]), group("inner", ["grace", "paul"])],
    deletedUsers: [person("lin"), person("mia")],
    assignments: [assignedGroup("data-platform"), assignedUser("paul")],
  });
  const [whole, paged] = [await readTenant(tenant), await readTenant(tenant, {}, { pageSize: 1 })];
  expect(paged).toEqual(whole);
});
