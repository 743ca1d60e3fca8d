/** What a line of Astro's audit log says: over which API, of whom, by whom. */

import { describe, expect, test } from "vitest";
import type { AuditLine } from "../../src/astro/iam/audit-log.ts";
import type { JsonObject } from "../../src/ground/json.ts";
import { auditEntries, isUserOrTeamPath } from "../../src/why/logs/audit-entries.ts";

const names = new Map([
  ["u1", "ada@example.com"],
  ["t1", "data"],
]);
const okta = { providerAgent: /^okta/i, nameOf: (id: string) => names.get(id) };
const entra = { ...okta, providerAgent: undefined };

function line(request: string, body?: JsonObject, more: Partial<AuditLine> = {}): AuditLine {
  const [method = "", path = ""] = request.split(" ");
  const about = { at: "2026-01-15T09:00:00Z", subjectId: "token1", subjectType: "SERVICEKEY", status: 200 };
  return { ...about, userAgent: "Okta SCIM Client 1.0.0", method, path, body, ...more };
}

const patch = (...Operations: JsonObject[]): JsonObject => ({ Operations });
const users = "/scim/v2/o1/Users";
const groups = "/scim/v2/o1/Groups";
const iam = "/v1/organizations/o1";

const cases: readonly (readonly [line: AuditLine, says: readonly string[]])[] = [
  [line(`POST ${users}`, { userName: "eve@example.com" }), ["account-created eve@example.com"]],
  [
    line(`PUT ${users}/u1`, { userName: "ada@example.com", active: true }),
    ["account-changed ada@example.com"],
  ],
  [
    line(`PUT ${users}/u1`, { userName: "ada@example.com", active: false }),
    ["account-deactivated ada@example.com"],
  ],
  [
    line(`PATCH ${users}/u1`, patch({ op: "replace", value: { active: false } })),
    ["account-deactivated ada@example.com"],
  ],
  [
    line(`PATCH ${users}/u1`, patch({ op: "Replace", path: "active", value: "False" })),
    ["account-deactivated ada@example.com"],
  ],
  [
    line(`PATCH ${users}/u1`, patch({ op: "replace", path: "active", value: true })),
    ["account-activated ada@example.com"],
  ],
  [
    line(`PATCH ${users}/u1`, patch({ op: "replace", path: "userName", value: "b@example.com" })),
    ["account-renamed ada@example.com"],
  ],
  [
    line(
      `PATCH ${users}/u1`,
      patch({ op: "replace", value: { userName: "f00ada@example.com", active: false } }),
    ),
    ["account-renamed ada@example.com", "account-deactivated ada@example.com"],
  ],
  [line(`PATCH ${users}/u1`), ["account-changed ada@example.com"]],
  [
    line(`PUT ${users}/u1`, { userName: "ada@example.com", active: "False" }),
    ["account-deactivated ada@example.com"],
  ],
  [line(`DELETE ${users}/u1?aadOptscim062020`), ["account-deleted ada@example.com"]],
  [line(`DELETE ${users}/u1/`), ["account-deleted ada@example.com"]],
  [line(`GET ${users}`), []],
  [line(`GET ${iam}/teams/t1/members`), []],
  [line(`POST ${iam}/users/u1/roles`, { organizationRole: null }), ["account-deleted ada@example.com"]],
  [
    line(`POST ${iam}/users/u1/roles`, { organizationRole: "ORGANIZATION_MEMBER" }),
    ["roles-changed ada@example.com"],
  ],
  [line(`PATCH ${groups}/t1`, patch({ op: "remove", path: "members" })), ["team-changed data []"]],
  [line(`DELETE ${users}/u1`), ["account-deleted ada@example.com"]],
  [line(`POST ${groups}`, { displayName: "ops", members: [] }), ["team-created ops []"]],
  [line(`PUT ${groups}/t1`, { displayName: "data", members: [{ value: "u1" }] }), ["team-changed data [u1]"]],
  [
    line(`PATCH ${groups}/t1`, patch({ op: "add", path: "members", value: [{ value: "u1" }] })),
    ["member-added data ada@example.com"],
  ],
  [
    line(`PATCH ${groups}/t1`, patch({ op: "remove", path: 'members[value eq "u1"]' })),
    ["member-removed data ada@example.com"],
  ],
  [
    line(`PATCH ${groups}/t1`, patch({ op: "Remove", path: "members", value: [{ value: "u1" }] })),
    ["member-removed data ada@example.com"],
  ],
  [
    line(`PATCH ${groups}/t1`, patch({ op: "replace", path: "members", value: [] })),
    ["team-changed data []"],
  ],
  [
    line(`PATCH ${groups}/t1`, patch({ op: "replace", value: { id: "t1", displayName: "new" } })),
    ["team-changed data"],
  ],
  [line(`DELETE ${groups}/t1`), ["team-deleted data"]],
  [line(`DELETE ${iam}/teams/t1`), ["team-deleted data"]],
  [line(`POST ${iam}/teams/t1/members`, { memberIds: ["u1", 7] }), ["member-added data ada@example.com"]],
  [line(`DELETE ${iam}/teams/t1/members/u1`), ["member-removed data ada@example.com"]],
  [line(`POST ${iam}/teams/t1/roles`, { organizationRole: "ORGANIZATION_OWNER" }), ["roles-changed data"]],
  [line(`POST ${iam}/invites`, { inviteeEmail: "x@example.com" }), []],
  [line("DELETE /anything/else"), []],
  [line(`PATCH ${groups}/t1`, { Operations: "none" }), ["team-changed data"]],
];

describe("a line says", () => {
  test.each(cases)("%j", (one, says) => {
    const told = auditEntries(one, okta).map(({ action, objects, allMembers }) =>
      [
        action,
        ...objects.flatMap(({ name }) => name ?? []),
        ...(allMembers === undefined ? [] : [`[${allMembers.join()}]`]),
      ].join(" "),
    );
    expect(told).toEqual(says);
    expect(isUserOrTeamPath(one.path)).toBe(says.length > 0 || one.method === "GET");
  });
});

describe("who wrote", () => {
  test.each([
    ["Okta, by its User-Agent", okta, "Okta SCIM Client 1.0.0", `DELETE ${users}/u1`, "provider"],
    ["nobody known, at Okta without one", okta, undefined, `DELETE ${users}/u1`, "other"],
    ["Entra ID, which sends none", entra, undefined, `DELETE ${users}/u1`, "provider"],
    ["Entra ID, of which the log has an empty one", entra, "", `DELETE ${users}/u1`, "provider"],
    ["somebody with curl, at Entra ID", entra, "curl/8", `DELETE ${users}/u1`, "other"],
    ["astro-scim", okta, "astro-scim/1.0.0", `DELETE ${users}/u1`, "astro-scim"],
    ["no provider, over IAM", entra, undefined, `DELETE ${iam}/teams/t1`, "other"],
  ] as const)("is %s", (_who, reading, userAgent, request, writer) => {
    expect(auditEntries(line(request, undefined, { userAgent }), reading)[0]?.writer).toBe(writer);
  });

  test.each([
    ["a user by name", { subjectId: "u1", subjectType: "USER" }, "ada@example.com (curl/8)"],
    ["a user who is gone by ID", { subjectId: "u9", subjectType: "USER" }, "user u9 (curl/8)"],
    ["an API token by ID", {}, "API token token1 (curl/8)"],
  ])("is named: %s", (_who, more, by) => {
    expect(
      auditEntries(line(`DELETE ${users}/u1`, undefined, { userAgent: "curl/8", ...more }), okta)[0]?.by,
    ).toBe(by);
  });
});

test.each([
  [400, "failure", "answered 400"],
  [204, "success", undefined],
  [undefined, "success", undefined],
])("status %j is a %s", (status, outcome, reason) => {
  expect(auditEntries(line(`DELETE ${users}/u1`, undefined, { status }), okta)[0]).toMatchObject({
    outcome,
    reason,
  });
});

test.each([
  [{ organizationRole: "ORGANIZATION_MEMBER" }, "roles changed to ORGANIZATION_MEMBER (POST IAM /teams)"],
  [
    {
      organizationRole: "ORGANIZATION_MEMBER",
      workspaceRoles: [{ workspaceId: "w1", role: "WORKSPACE_AUTHOR" }],
      deploymentRoles: [{ deploymentId: "d1", role: "DEPLOYMENT_ADMIN" }, { role: "without a Deployment" }],
    },
    "roles changed to ORGANIZATION_MEMBER, WORKSPACE_AUTHOR in Workspace w1, DEPLOYMENT_ADMIN in Deployment d1 (POST IAM /teams)",
  ],
  [{ organizationRole: null, workspaceRoles: "none" }, "roles changed (POST IAM /teams)"],
])("roles that were given are shown: %j", (body, text) => {
  const [entry] = auditEntries(line(`POST ${iam}/teams/t1/roles`, body), okta);
  expect(entry?.text).toBe(text);
});
