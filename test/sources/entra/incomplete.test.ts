/** A live Entra ID that cannot be read completely is an error, never a smaller directory. */

import { describe, expect, test } from "vitest";
import {
  applicationId,
  assignedGroup,
  assignedUser,
  group,
  job,
  jobId,
  person,
  smallTenant,
} from "../../support/entra-tenant.ts";
import { graphError, type GraphAnswer, type Permission, type Tenant } from "../../support/graph-tenant.ts";
import { refusalOf, tryToRead } from "../../support/read-tenant.ts";

const like = (pattern: RegExp): string => expect.stringMatching(pattern) as string;

/** Everything that can be read has a page of its own. */
function manyPages(): Tenant {
  return smallTenant({
    users: [person("ada"), person("grace"), person("paul"), person("mia")],
    deletedUsers: [person("lin"), person("ole")],
    groups: [
      group("data-platform", ["ada", "grace", "group-inner", "group-other"]),
      group("inner", ["paul", "mia"]),
      group("other", ["mia", "paul", "group-inner"]),
    ],
    assignments: [assignedGroup("data-platform"), assignedUser("ada"), assignedUser("grace")],
  });
}

describe("a read that is broken at any single request is refused", async () => {
  const { requests, outcome } = await tryToRead(manyPages(), {}, { pageSize: 1 });
  const outages: readonly (readonly [string, (answer: GraphAnswer) => GraphAnswer])[] = [
    [
      "404 of a proxy",
      () => ({ status: 404, headers: { "content-type": "text/html" }, body: "<h1>Not found</h1>" }),
    ],
    ["500", () => graphError(500, "InternalServerError")],
    [
      "200 with HTML",
      () => ({ status: 200, headers: { "content-type": "text/html" }, body: "<h1>Sign in</h1>" }),
    ],
    ["200 with an empty object", () => ({ status: 200, body: {} })],
    ["200 with half a body", ({ body }) => ({ status: 200, body: JSON.stringify(body).slice(0, -5) })],
  ];

  test("but whole it is read", () => {
    expect(outcome).not.toBeInstanceOf(Error);
    expect(requests.length).toBeGreaterThan(30);
  });

  const cases = outages.flatMap(([name, outage]) =>
    requests.map(({ path }, index) => [index, path.split("?")[0] ?? "", name, outage] as const),
  );
  test.each(cases)("request %i, %s: %s", async (broken, _path, _name, outage) => {
    const isBroken = (asked: string, index: number): boolean =>
      index === broken || (index > broken && asked === requests[broken]?.path);
    const error = await refusalOf(
      manyPages(),
      {},
      {
        pageSize: 1,
        change: (answer, request, index) => (isBroken(request.path, index) ? outage(answer) : answer),
      },
    );
    expect(error).toMatchObject({ code: "source-incomplete" });
  });
});

describe("a permission that is missing is named", () => {
  test.each<[Permission, RegExp]>([
    ["Application.Read.All", /the enterprise application; Application\.Read\.All is needed/],
    [
      "Synchronization.Read.All",
      /the synchronization jobs; Synchronization\.Read\.All is needed: .* 401, UnknownError/,
    ],
    ["User.Read.All", /the users; User\.Read\.All is needed: .* 403, Authorization_RequestDenied/],
    ["GroupMember.Read.All", /the assigned groups; GroupMember\.Read\.All is needed/],
    [
      "ProvisioningLog.Read.All",
      /the provisioning log; ProvisioningLog\.Read\.All or AuditLog\.Read\.All is needed/,
    ],
  ])("%s", async (permission, message) => {
    const error = await refusalOf(smallTenant(), {}, { missing: [permission] });
    expect(error).toMatchObject({
      code: "permission-missing",
      message: like(message),
      hint: like(new RegExp(permission)),
    });
  });

  test("a token that is not accepted is no missing permission", async () => {
    const change = (): GraphAnswer =>
      graphError(401, "InvalidAuthenticationToken", "Lifetime validation failed");
    const error = await refusalOf(smallTenant(), {}, { change });
    expect(error).toMatchObject({
      code: "unauthorized",
      message: like(/refused the credentials: .*Lifetime validation failed/),
    });
  });

  test("a tenant without the licence for logs is read without it, and that is said", async () => {
    const change = (answer: GraphAnswer, { path }: { readonly path: string }): GraphAnswer =>
      path.startsWith("/auditLogs")
        ? graphError(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant")
        : answer;
    const { outcome } = await tryToRead(smallTenant(), {}, { change });
    if (outcome instanceof Error) throw outcome;
    expect(outcome.assumed).toContainEqual({
      setting: "Provisioning logs",
      value: "nobody was skipped, and nothing failed",
      why: like(/the log was not read: .*P1 or P2/),
    });
  });

  test("of anything else than the log, that answer is refused", async () => {
    const change = (answer: GraphAnswer, { path }: { readonly path: string }): GraphAnswer =>
      path.startsWith("/users?")
        ? graphError(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant")
        : answer;
    const error = await refusalOf(smallTenant(), {}, { change });
    expect(error).toMatchObject({ code: "source-incomplete", message: like(/NonPremiumTenant/) });
  });
});

/** Replaces the entries of the lists whose path matches. */
function entriesOf(path: RegExp, map: (entry: Record<string, unknown>) => unknown) {
  return (answer: GraphAnswer, request: { readonly path: string }): GraphAnswer => {
    if (!path.test(request.path)) return answer;
    const body = answer.body as { value: Record<string, unknown>[] };
    return { ...answer, body: { ...body, value: body.value.map(map) } };
  };
}

const bare = ({ id }: Record<string, unknown>): object => ({ "@odata.type": "#microsoft.graph.user", id });

describe("objects of which only the id is shown are refused with the permission that shows more", () => {
  test.each([
    [
      "direct members",
      /\/members\/microsoft\.graph\.user/,
      /2 users in the group data-platform/,
      "User.Read.All",
    ],
    [
      "transitive members",
      /\/transitiveMembers\/microsoft\.graph\.user/,
      /users within the group data-platform/,
      "User.Read.All",
    ],
    ["users", /^\/users\?/, /4 users of the tenant/, "User.Read.All"],
    ["deleted users", /^\/directory/, /2 users in the recycle bin/, "User.Read.All"],
    [
      "groups within groups",
      /\/transitiveMembers\/microsoft\.graph\.group/,
      /2 groups within the group data-platform/,
      "GroupMember.Read.All",
    ],
  ])("%s", async (_, path, message, permission) => {
    const error = await refusalOf(manyPages(), {}, { change: entriesOf(path, bare) });
    expect(error).toMatchObject({
      code: "source-incomplete",
      message: like(message),
      hint: like(new RegExp(permission)),
    });
  });

  test("an assigned group", async () => {
    const change = (answer: GraphAnswer, { path }: { readonly path: string }): GraphAnswer =>
      /^\/groups\/[^/]+\?/.test(path) ? { status: 200, body: { id: "group-data-platform" } } : answer;
    const error = await refusalOf(smallTenant(), {}, { change });
    expect(error).toMatchObject({ code: "source-incomplete", hint: like(/GroupMember\.Read\.All/) });
  });

  test("a group of which it is not said whether it is a security group", async () => {
    const change = (answer: GraphAnswer, { path }: { readonly path: string }): GraphAnswer =>
      /^\/groups\/[^/]+\?/.test(path)
        ? { status: 200, body: { id: "group-data-platform", displayName: "data-platform" } }
        : answer;
    const error = await refusalOf(smallTenant(), {}, { change });
    expect(error).toMatchObject({
      code: "source-incomplete",
      message: like(/whether the group data-platform is a security group/),
    });
  });

  test("of whom it is not said whether they may sign in", async () => {
    const change = entriesOf(/^\/users\?/, (user) => ({ ...user, accountEnabled: null }));
    const error = await refusalOf(smallTenant(), {}, { change });
    expect(error).toMatchObject({
      code: "source-incomplete",
      message: like(/whether the account is enabled for 3 users/),
    });
  });

  test("a group whose membership is hidden", async () => {
    const groups = [group("data-platform", ["ada"], { visibility: "HiddenMembership" })];
    const error = await refusalOf(smallTenant({ groups }), {}, { missing: ["Member.Read.Hidden"] });
    expect(error).toMatchObject({ code: "source-incomplete", hint: like(/Member\.Read\.Hidden/) });
    const shown = await tryToRead(smallTenant({ groups }));
    expect(shown.outcome).not.toBeInstanceOf(Error);
  });
});

describe("what is assigned and is not there", () => {
  test("a group", async () => {
    const assignments = [
      assignedGroup("data-platform"),
      { ...assignedGroup("gone"), principalDisplayName: "Gone" },
    ];
    const error = await refusalOf(smallTenant({ assignments }));
    expect(error).toMatchObject({
      code: "source-incomplete",
      message: like(/The group Gone is assigned .* no group group-gone/),
    });
  });

  test("a user", async () => {
    const error = await refusalOf(smallTenant({ assignments: [assignedUser("gone"), assignedUser("ada")] }));
    expect(error).toMatchObject({
      code: "source-incomplete",
      message: like(/1 user assigned .*: user-gone/),
    });
  });

  test("but a user who was created after the users were listed is read by id", async () => {
    const change = (answer: GraphAnswer, { path }: { readonly path: string }): GraphAnswer => {
      const body = answer.body as { value: { id: string }[] };
      if (!path.startsWith("/users?")) return answer;
      const value = body.value.filter(({ id }) => id !== "user-grace");
      return { ...answer, body: { ...body, "@odata.count": value.length, value } };
    };
    const { outcome } = await tryToRead(smallTenant(), {}, { change });
    expect(outcome).toMatchObject({ findings: [] });
    if (outcome instanceof Error) throw outcome;
    expect([...outcome.directory.users.keys()].toSorted()).toEqual(
      ["ada", "grace", "paul"].map((name) => `${name}@example.com`),
    );
  });
});

describe("a list that counts other entries than it has", () => {
  const counting = (
    times: number,
  ): ((answer: GraphAnswer, request: { readonly path: string }) => GraphAnswer) => {
    let left = times;
    return (answer, { path }) => {
      if (!path.startsWith("/users?") || left === 0) return answer;
      left -= 1;
      return { ...answer, body: { ...(answer.body as object), "@odata.count": 7 } };
    };
  };

  test("is read again", async () => {
    const { outcome, requests } = await tryToRead(smallTenant(), {}, { change: counting(2) });
    expect(outcome).not.toBeInstanceOf(Error);
    expect(requests.filter(({ path }) => path.startsWith("/users?"))).toHaveLength(3);
  });

  test("and refused where it stays so", async () => {
    const error = await refusalOf(smallTenant(), {}, { change: counting(Infinity) });
    expect(error).toMatchObject({
      code: "source-incomplete",
      message: like(/it counted 7 entries, and 3 were read/),
    });
  });
});

describe("a list that ends early, without a next link and without a count of its own", () => {
  const lists: readonly (readonly [string, RegExp])[] = [
    ["users", /^\/users\?/],
    ["assigned users and groups", /\/appRoleAssignedTo\?/],
    ["members", /\/members\/microsoft\.graph\.user\?/],
    ["transitive members", /\/transitiveMembers\/microsoft\.graph\.user\?/],
    ["nested groups", /\/members\/microsoft\.graph\.group\?/],
    ["all nested groups", /\/transitiveMembers\/microsoft\.graph\.group\?/],
  ];

  const shortened =
    (list: RegExp) =>
    (answer: GraphAnswer, { path }: { readonly path: string }): GraphAnswer => {
      if (!list.test(path)) return answer;
      const { value } = answer.body as { readonly value: readonly unknown[] };
      return { ...answer, body: { value: value.slice(0, -1) } };
    };

  test.each(lists)("%s", async (_name, list) => {
    const error = await refusalOf(manyPages(), {}, { change: shortened(list) });
    expect(error).toMatchObject({
      code: "source-incomplete",
      message: like(/it counted \d entries, and \d were read/),
    });
  });

  test("groups of the tenant", async () => {
    const error = await refusalOf(manyPages(), { scope: "all" }, { change: shortened(/^\/groups\?/) });
    expect(error).toMatchObject({ code: "source-incomplete", message: like(/it counted 3 entries, and 2/) });
  });

  test("is believed where the API does not count it", async () => {
    const { outcome } = await tryToRead(
      manyPages(),
      {},
      {
        change: (answer, { path }) =>
          path.endsWith("/$count") ? graphError(400, "Request_UnsupportedQuery") : answer,
      },
    );
    expect(outcome).not.toBeInstanceOf(Error);
  });

  test("with a count that is no number is refused", async () => {
    const change = (answer: GraphAnswer, { path }: { readonly path: string }): GraphAnswer =>
      path.endsWith("/$count") ? { status: 200, body: "many" } : answer;
    const error = await refusalOf(manyPages(), {}, { change });
    expect(error).toMatchObject({ code: "source-incomplete", message: like(/something else than a number/) });
  });
});

describe("the application", () => {
  const twin = {
    id: "11111111-0000-4000-8000-000000000009",
    appId: "22222222-0000-4000-8000-000000000009",
    displayName: "Astro",
  };

  test.each([
    ["its name, in any case", "ASTRO"],
    ["its object id", applicationId],
    ["its appId", "22222222-0000-4000-8000-000000000002"],
  ])("is found by %s", async (_, app) => {
    expect((await tryToRead(smallTenant(), { app })).outcome).not.toBeInstanceOf(Error);
  });

  test("with a quote in its name is found", async () => {
    const tenant = smallTenant();
    tenant.applications = tenant.applications.map((one) => ({ ...one, displayName: "Ada's & Co" }));
    expect((await tryToRead(tenant, { app: "Ada's & Co" })).outcome).not.toBeInstanceOf(Error);
  });

  test.each(["Astra", "99999999-0000-4000-8000-000000000009"])("%s, which is not there", async (app) => {
    const error = await refusalOf(smallTenant(), { app });
    expect(error).toMatchObject({
      code: "source-incomplete",
      message: `Entra ID has no enterprise application "${app}".`,
    });
  });

  test.each(["Astra", "99999999-0000-4000-8000-000000000009"])(
    "%s is not taken for the only one that a Graph without filters lists",
    async (app) => {
      const change = (answer: GraphAnswer, { path }: { readonly path: string }): GraphAnswer =>
        path.startsWith("/servicePrincipals?") ? { status: 200, body: { value: [twin] } } : answer;
      const error = await refusalOf(smallTenant(), { app }, { change });
      expect(error).toMatchObject({
        code: "source-incomplete",
        message: `Entra ID has no enterprise application "${app}".`,
      });
    },
  );

  test("that is there twice is listed, and one of them is read by its id", async () => {
    const tenant = smallTenant();
    tenant.applications.push(twin);
    const error = await refusalOf(tenant);
    expect(error).toMatchObject({
      code: "source-incomplete",
      isList: true,
      hint: like(new RegExp(`${applicationId}.*\n.*${twin.id}`)),
    });
    expect((await tryToRead(tenant, { app: applicationId })).outcome).not.toBeInstanceOf(Error);
  });
});

test("users of whom no mail is shown at all, not even that there is none, are refused", async () => {
  const change = (answer: GraphAnswer, { path }: { readonly path: string }): GraphAnswer => {
    if (!path.startsWith("/users?")) return answer;
    return {
      ...answer,
      body: JSON.parse(JSON.stringify(answer.body).replaceAll(/"mail":(?:"[^"]*"|null),?/g, "")),
    };
  };
  const error = await refusalOf(smallTenant(), {}, { change });
  expect(error).toMatchObject({ code: "source-incomplete", message: like(/does not show the mail/) });
});

test("an assignment of an unknown type is refused", async () => {
  const assignments = [{ ...assignedGroup("data-platform"), principalType: "Gruppe" }];
  const error = await refusalOf(smallTenant({ assignments }));
  expect(error).toMatchObject({ code: "source-incomplete", message: like(/at principalType/) });
});

test.each(["users", "groups"])("%s that are answered with another object are refused", async (kind) => {
  const assignments = [assignedGroup("data-platform"), assignedUser("ada")];
  const change = (answer: GraphAnswer, { path }: { readonly path: string }): GraphAnswer => {
    if (kind === "users" && path.startsWith("/users?"))
      return { status: 200, body: { "@odata.count": 0, value: [] } };
    const asked = path.split("?")[0] ?? "";
    if (!new RegExp(`^/${kind}/[^/]+$`).test(asked)) return answer;
    return { status: 200, body: { ...(answer.body as object), id: "77777777-0000-4000-8000-000000000007" } };
  };
  const error = await refusalOf(smallTenant({ assignments }), {}, { change });
  expect(error).toMatchObject({ code: "source-incomplete", message: like(/another object/) });
});

describe("the synchronization job", () => {
  const other = job({ id: "Box.0123.4567", templateId: "BoxOutDelta" });

  test("that is not there", async () => {
    const error = await refusalOf(smallTenant({ jobs: [] }));
    expect(error).toMatchObject({
      code: "source-incomplete",
      message: like(/Astro has no synchronization job/),
      hint: like(/Provisioning/),
    });
  });

  test("that is one of several is the only one of SCIM", async () => {
    expect((await tryToRead(smallTenant({ jobs: [other, job()] }))).outcome).toMatchObject({
      app: { integration: "non-gallery" },
    });
  });

  test("of several of SCIM must be named", async () => {
    const jobs = [job(), job({ id: "scim.0123.second" })];
    const error = await refusalOf(smallTenant({ jobs }));
    expect(error.hint).toMatch(/^Choose one with --entra-job:\n/);
    expect(error).toMatchObject({
      code: "source-incomplete",
      isList: true,
      hint: like(/scim\.0123\.second/),
    });
    expect((await tryToRead(smallTenant({ jobs }), { job: jobId })).outcome).not.toBeInstanceOf(Error);
  });

  test("that is named and not there", async () => {
    const error = await refusalOf(smallTenant(), { job: "scim.nobody" });
    expect(error).toMatchObject({
      code: "source-incomplete",
      message: like(/no synchronization job scim\.nobody/),
    });
  });
});

describe("a next page", () => {
  const leading =
    (next: unknown) =>
    (answer: GraphAnswer, { path }: { readonly path: string }): GraphAnswer =>
      path.startsWith("/users?")
        ? { ...answer, body: { ...(answer.body as object), "@odata.nextLink": next } }
        : answer;

  test.each([
    [
      "of another origin",
      "https://graph.example.com/v1.0/users?$skiptoken=1",
      /leads to graph\.example\.com/,
    ],
    ["that is no text", 7, /cannot be read/],
    ["that is empty", "", /cannot be read/],
  ])("%s is refused", async (_, next, message) => {
    const error = await refusalOf(smallTenant(), {}, { change: leading(next) });
    expect(error).toMatchObject({ code: "source-incomplete", message: like(message) });
  });
});

test("429 is waited for as long as Retry-After says", async () => {
  let isFirst = true;
  const change = (answer: GraphAnswer): GraphAnswer => {
    if (!isFirst) return answer;
    isFirst = false;
    return { ...graphError(429, "TooManyRequests"), headers: { "Retry-After": "7" } };
  };
  const { outcome, waits } = await tryToRead(smallTenant(), {}, { change });
  expect(outcome).not.toBeInstanceOf(Error);
  expect(waits[0]).toBe(7000);
});

test.each([0, 3, 5, 8])(
  "a read that is interrupted at request %i ends as interrupted",
  async (interruptAt) => {
    expect(await refusalOf(smallTenant(), {}, { interruptAt })).toMatchObject({ code: "interrupted" });
  },
);

test("what could move the cursor is escaped in a message", async () => {
  const assignments = [{ ...assignedGroup("gone"), principalDisplayName: "Gone\u001b[2K\nAll is well" }];
  const { message } = await refusalOf(smallTenant({ assignments }));
  expect(message).toContain(String.raw`Gone\u{1b}[2K\u{a}All is well`);
});
