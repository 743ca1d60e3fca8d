/** `diff` and the repairs with Astro's own side: each kind planted by a seed is found under its own name, and nothing else is. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { request } from "undici";
import * as z from "zod";
import { readFixture } from "../../src/fixture/read.ts";
import { diff } from "../../src/programs/diff.ts";
import { startServer } from "../../src/server/start.ts";
import { iamClient } from "../support/iam-client.ts";
import { driftShape, repairShape } from "../support/json-shapes.ts";
import { startHttp } from "../support/loopback-server.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type WatchedAstroOptions } from "../support/watched-astro.ts";

const space = "cm3k8f0aw000108l4c2d9h6qz";

/** Ada and Bob, who are in a pushed Team with a role: both sides are the same. */
interface Planted {
  /** Further entries of `astro.users` and `astro.teams`. */
  readonly users?: readonly string[];
  readonly teams?: readonly string[];
  /** Instead of Ada's account, and of the Team's. */
  readonly ada?: string;
  readonly data?: string;
  readonly behaviour?: string;
  readonly rest?: string;
}

const plainAda = "{ email: ada@example.com, displayName: Ada King, givenName: Ada, familyName: King }";
const plainData =
  "{ name: data, isIdpManaged: true, workspaceRoles: { Space: WORKSPACE_AUTHOR }, members: [ada@example.com, bob@example.com] }";

function fixtureWith({
  users = [],
  teams = [],
  ada = plainAda,
  data = plainData,
  behaviour,
  rest = "",
}: Planted): string {
  const lines = (entries: readonly string[]): string => entries.map((entry) => `    - ${entry}\n`).join("");
  return `idp: okta
organization: cknaqyipv05731evsry6cj4n0
users:
  - { email: ada@example.com, firstName: Ada, lastName: King, displayName: Ada King }
  - { email: bob@example.com, firstName: Bob, lastName: Ray, displayName: Bob Ray }
groups:
  - { name: data, push: true, members: [ada@example.com, bob@example.com] }
protect: [root@example.com]
astro:
  workspaces: [{ name: Space, id: ${space} }]
${behaviour === undefined ? "" : `  behaviour: ${behaviour}\n`}  users:
    - { email: root@example.com, role: ORGANIZATION_OWNER }
    - { email: bob@example.com, displayName: Bob Ray, givenName: Bob, familyName: Ray }
${lines(ada === "" ? users : [ada, ...users])}  teams:
${lines([data, ...teams])}${rest}`;
}

type DriftJson = z.infer<typeof driftShape>;

interface Compared {
  readonly status: number;
  readonly json: DriftJson;
}

async function comparing(
  planted: Planted,
  { flags = [], ...options }: Partial<WatchedAstroOptions> & { readonly flags?: readonly string[] } = {},
) {
  const fixture = fixtureWith(planted);
  const astro = await startWatchedAstro({ hasIam: true, ...options, fixture });
  const cwd = await tempFolder({ "own.yaml": fixture });
  const run = (...words: readonly string[]) => runCommand([...words, ...astro.target], { cwd });
  const compare = async (): Promise<Compared> => {
    const { status, stdout, stderr } = await run("diff", "own.yaml", "--json", ...flags);
    expect({ stderr, isJson: stdout !== "" }).toMatchObject({ isJson: true });
    return { status, json: driftShape.parse(JSON.parse(stdout)) };
  };
  return { astro, cwd, run, compare };
}

const kindsOf = ({ changes }: DriftJson): readonly string[] =>
  changes.map(({ kind, subject: { name } }) => `${kind} ${name}`);
const remarksOf = ({ iamRemarks }: DriftJson): readonly string[] =>
  iamRemarks.map((remark) => `${remark.kind} ${"user" in remark ? remark.user.name : remark.team.name}`);

interface Row extends Planted {
  readonly what: string;
  readonly changes?: readonly string[];
  readonly remarks?: readonly string[];
  readonly local?: readonly string[];
}

const rows: readonly Row[] = [
  { what: "nothing planted" },
  {
    what: "an orphaned Team that the identity provider manages",
    teams: [
      "{ name: gone, isIdpManaged: true, workspaceRoles: { Space: WORKSPACE_OWNER }, members: [bob@example.com] }",
    ],
    changes: ["team-left-over gone"],
  },
  {
    what: "a Team that was created in Astro",
    teams: ["{ name: friends, members: [bob@example.com] }"],
    local: ["friends"],
  },
  {
    what: "a Team that was created in Astro, with the name of a pushed group",
    data: plainData.replace("isIdpManaged: true", "isIdpManaged: false"),
    remarks: ["team-made-in-astro data"],
  },
  {
    what: "a pending invitation of a person in the directory",
    ada: "{ email: ada@example.com, status: PENDING }",
    changes: ["user-invite-pending ada@example.com"],
  },
  {
    what: "a plus address of a person in the directory",
    users: ["{ email: ada+astro@example.com }"],
    changes: ["user-duplicate ada+astro@example.com"],
  },
  {
    what: "a Team to which nobody granted a role",
    data: plainData.replace("workspaceRoles: { Space: WORKSPACE_AUTHOR }, ", ""),
    remarks: ["team-without-roles data"],
  },
  {
    what: "a role held both directly and through a Team",
    ada: plainAda.replace(" }", ", workspaceRoles: { Space: WORKSPACE_AUTHOR } }"),
    remarks: ["role-held-twice ada@example.com"],
  },
  {
    what: "an account of nobody",
    users: ["{ email: eve@example.com, workspaceRoles: { Space: WORKSPACE_MEMBER } }"],
    changes: ["user-left-over eve@example.com"],
  },
];

describe.each([
  { api: "SCIM and IAM", flags: [] },
  { api: "IAM alone", flags: ["--api", "iam"] },
])("over $api", ({ flags }) => {
  test.each(rows)("$what", async ({ changes = [], remarks = [], local = [], ...planted }) => {
    const { compare, astro } = await comparing(planted, { flags });
    const { status, json } = await compare();
    expect(kindsOf(json)).toEqual(changes);
    expect(remarksOf(json)).toEqual(remarks);
    expect(json.localTeams.map(({ name }) => name)).toEqual(local);
    expect(json.unexplainedTeams).toEqual([]);
    expect(json.iam).toMatchObject({ status: "read", isScimEnabled: true });
    expect(status).toBe(changes.length === 0 ? 0 : 2);
    expect(astro.writes()).toEqual([]);
  });
});

test.each(rows)("over SCIM alone nothing is asked of IAM: $what", async (planted) => {
  const { compare, astro } = await comparing(planted, { flags: ["--api", "scim"] });
  const { json } = await compare();
  expect(json.iam.status).toBe("not-asked");
  expect(json.localTeams).toEqual([]);
  expect(astro.requests.filter((line) => line.includes("/v1/"))).toEqual([]);
});

test("a server that does not say that it has IAM is sent no request for it", async () => {
  const fixture = fixtureWith({ teams: ["{ name: friends }"] });
  const astro = await startWatchedAstro({ fixture });
  const cwd = await tempFolder({ "own.yaml": fixture });
  const { stdout } = await runCommand(["diff", "own.yaml", "--json", ...astro.target], { cwd });
  const json = driftShape.parse(JSON.parse(stdout));
  expect(json.iam.status).toBe("not-asked");
  expect(json.unexplainedTeams.map(({ name }) => name)).toEqual(["friends"]);
  expect(astro.requests.filter((line) => line.includes("/v1/"))).toEqual([]);
});

test("the requests to SCIM are the same with IAM and without", async () => {
  const scimOnly = (requests: readonly string[]) => requests.filter((line) => !line.includes("/v1/"));
  const withIam = await comparing({});
  await withIam.compare();
  const without = await comparing({}, { flags: ["--api", "scim"] });
  await without.compare();
  const plain = (requests: readonly string[]) =>
    scimOnly(requests).map((line) => line.replaceAll(/\bc[a-z0-9]{24}\b/g, "ID"));
  expect(plain(withIam.astro.requests)).toEqual(plain(without.astro.requests));
});

test("an account that came before SCIM, and that no provider linked, has its own kind", async () => {
  const { run, compare } = await comparing({ users: ["{ email: eve@example.com }"] });
  const simulated = await run("simulate", "okta", "own.yaml", "--quiet");
  expect(simulated.status).toBe(1);
  expect(kindsOf((await compare()).json)).toEqual(["user-never-linked eve@example.com"]);
});

test.each([
  {
    what: "a banned user of the directory",
    planted: { ada: plainAda.replace(" }", ", status: BANNED }") },
    says: "banned in Astro, should be active",
    next: "diff --from own.yaml",
  },
  {
    what: "a banned user of nobody",
    planted: { users: ["{ email: eve@example.com, status: BANNED }"] },
    says: "orphaned: banned in Astro, not in the directory",
    next: "delete --all --dry-run",
  },
  {
    what: "an invitation of nobody",
    planted: { users: ["{ email: eve@example.com, status: PENDING }"] },
    says: "orphaned: in Astro, invited, not accepted yet, not in the directory",
    next: "delete --all --dry-run",
  },
])("$what is named as what it is, and the next command can do something about it", async (row) => {
  const { run } = await comparing(row.planted);
  const { stdout } = await run("diff", "own.yaml");
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(row.says);
  expect(stdout).toContain(`Next: astro-scim ${row.next}`);
});

test("before SCIM is enabled, IAM alone says what will collide; SCIM answers nothing", async () => {
  const planted = {
    users: ["{ email: eve@example.com }"],
    teams: ["{ name: friends }"],
    data: plainData.replace("isIdpManaged: true, ", ""),
    rest: "  organization: { isScimEnabled: false }\n",
  };
  const { compare, run } = await comparing(planted, { flags: ["--api", "iam"] });
  const { status, json } = await compare();
  expect(status).toBe(2);
  expect(json.iam).toEqual({ status: "read", reason: null, isScimEnabled: false, isOnlySource: true });
  expect(json.changes).toMatchObject([
    { kind: "user-never-linked", evidence: "scim-disabled", subject: { name: "eve@example.com" } },
  ]);
  expect(remarksOf(json)).toEqual(["team-made-in-astro data"]);
  expect(json.notCompared.map(({ attribute, why }) => `${attribute} ${why}`)).toContain(
    "externalId not-in-iam",
  );
  const text = await run("diff", "own.yaml", "--api", "iam");
  expect(text.stdout).toContain("SCIM is not enabled in this organization");
  expect(text.stdout).not.toContain("Next:");
  const overScim = await run("diff", "own.yaml", "--api", "scim");
  expect(overScim.status).toBe(4);
  expect(overScim.stderr).toContain("astro-scim diff --api iam --from own.yaml --url http");
});

test.each([
  {
    what: "SCIM is disabled",
    planted: { rest: "  organization: { isScimEnabled: false }\n" },
    hint: "The server's reason: the SCIM integration is disabled in the organization's settings.",
    status: 4,
  },
  {
    what: "SCIM is disabled, and the answer is 404",
    planted: { behaviour: "{ scimDisabled: not-found }", rest: "  organization: { isScimEnabled: false }\n" },
    hint: "SCIM is disabled for this organization: enable it in Astro (Organization Settings > Authentication).",
    status: 3,
  },
  {
    what: "the token has the role Organization Member",
    planted: { behaviour: "{ tokenRole: member }" },
    hint: "The server's reason: SCIM requires an API token with the Organization Owner role.",
    status: 4,
  },
])("where $what, the hint begins with the reason, and has a command to paste", async (refused) => {
  const { planted, hint, status } = refused;
  const { run } = await comparing(planted);
  for (const command of [["diff"], ["resync", "--all", "--dry-run"]]) {
    const result = await run(...command, "--from", "own.yaml", "--json");
    const { error } = refusalShape.parse(JSON.parse(result.stdout));
    expect({ status: result.status, hint: error.hint }).toEqual({
      status,
      hint: expect.stringMatching(
        / To compare over the IAM API instead: astro-scim diff --api iam --from own\.yaml --url http\S+$/,
      ),
    });
    expect(error.hint.startsWith(hint)).toBe(true);
  }
  const users = await run("users", "--api", "scim");
  expect(users.status).toBe(status);
  expect(users.stderr).toContain("Or leave out --api scim to read over the IAM API.");
});

const refusalShape = z.object({ error: z.object({ hint: z.string() }) });

test.each([
  { inactiveUsers: "listed", kind: "user-inactive ada@example.com", whys: [] },
  { inactiveUsers: "hidden", kind: "user-missing ada@example.com", whys: ["inactive-may-be-hidden"] },
])("inactive users are $inactiveUsers", async ({ inactiveUsers, kind, whys }) => {
  const planted = {
    ada: plainAda.replace(" }", ", active: false }"),
    behaviour: `{ inactiveUsers: ${inactiveUsers} }`,
  };
  const { compare } = await comparing(planted, { flags: ["--api", "iam"] });
  const { json } = await compare();
  expect(kindsOf(json)).toContain(kind);
  expect(json.notCompared.flatMap(({ why }) => (why.startsWith("inactive") ? [why] : []))).toEqual(whys);
});

test("the token of a Member is enough for IAM alone", async () => {
  const { compare } = await comparing({ behaviour: "{ tokenRole: member }" }, { flags: ["--api", "iam"] });
  expect((await compare()).status).toBe(0);
});

test("a program gets the same: diff() with api", async () => {
  const { astro, cwd } = await comparing({ teams: ["{ name: friends }"] });
  const target = { url: astro.url, token: astro.token };
  const options = { fixture: `${cwd}/own.yaml`, target };
  const both = await diff(options);
  expect(both.localTeams.map(({ displayName }) => displayName)).toEqual(["friends"]);
  expect((await diff({ ...options, api: "scim" })).iam.kind).toBe("not-asked");
  expect((await diff({ ...options, api: "iam" })).iam).toMatchObject({ isOnlySource: true });
});

test.each([
  { api: "SCIM and IAM", flags: [] },
  { api: "IAM alone", flags: ["--api", "iam"] },
])("over $api diff names roles through Teams, and whom a Team's roles reach", async ({ flags }) => {
  const { compare, run } = await comparing(
    {
      users: ["{ email: eve@example.com, workspaceRoles: { Space: WORKSPACE_MEMBER } }"],
      teams: [
        "{ name: admins, isIdpManaged: true, role: ORGANIZATION_OWNER, members: [eve@example.com, bob@example.com] }",
      ],
    },
    { flags },
  );
  const { json } = await compare();
  const owner = { role: "ORGANIZATION_OWNER", scope: "organization", of: null };
  expect(json.changes).toMatchObject([
    {
      kind: "user-left-over",
      roles: [{ role: "WORKSPACE_MEMBER" }],
      rolesThroughTeams: [{ ...owner, team: "admins" }],
    },
    { kind: "team-left-over", roles: [owner], users: ["bob@example.com", "eve@example.com"] },
  ]);
  const { stdout } = await run("diff", "own.yaml", ...flags);
  const text = stdout.replaceAll(/\s+/g, " ");
  expect(text).toContain("and ORGANIZATION_OWNER through the Team admins");
  expect(text).toContain("gives ORGANIZATION_OWNER to bob@example.com and eve@example.com");
});

test("what to do about an orphaned Team is not what to do about an orphaned account", async () => {
  const planted = {
    users: ["{ email: eve@example.com }"],
    teams: ["{ name: gone, isIdpManaged: true, members: [bob@example.com] }"],
  };
  const fixture = fixtureWith(planted);
  const cwd = await tempFolder({ "own.yaml": fixture });
  const inProcess = (await runCommand(["diff", "own.yaml"], { cwd })).stdout;
  expect(inProcess).toMatch(
    / {2}orphaned +Access Management > Users > Remove member in Astro\n +or: .* delete USER /,
  );
  expect(inProcess).toMatch(/ {2}orphaned Team +delete the Team in Astro .*\n +or: .* delete --team NAME /);
  const rest = "  organization: { isScimEnabled: false }\n";
  const { run } = await comparing({ ...planted, rest });
  const beforeScim = (await run("diff", "own.yaml", "--api", "iam")).stdout;
  expect(beforeScim).toMatch(/ {2}orphaned Team +delete the Team in Astro \(Access Management > Teams\)\n/);
});

test.each([
  ["directly", "{ email: eve@example.com, role: ORGANIZATION_OWNER }", []],
  [
    "through a Team",
    "{ email: eve@example.com }",
    ["{ name: admins, role: ORGANIZATION_OWNER, members: [eve@example.com] }"],
  ],
])("an orphaned Organization Owner (%s) needs another role before delete", async (_how, eve, teams) => {
  const planted: Planted = { users: [eve], teams };
  const { run } = await comparing(planted);
  const { stdout } = await run("diff", "own.yaml");
  expect(stdout).toMatch(/ {2}Organization Owner +astro-scim deletes no owner\. First give the user a lower/);
  expect(stdout).not.toMatch(/ {2}(?:account never linked|orphaned) {2}/);
  const cwd = await tempFolder({ "own.yaml": fixtureWith(planted) });
  const inProcess = (await runCommand(["diff", "own.yaml"], { cwd })).stdout.replaceAll(/\s+/g, " ");
  expect(inProcess).toContain(
    "First change the Organization role in Astro (Access Management > Users > Edit User",
  );
});

test.each([
  ["okta", "the name of a pushed group"],
  ["entra", "the name of an assigned group"],
])("%s: a Team created in Astro has %s", async (idp, said) => {
  const group = idp === "okta" ? "push: true" : "assign: true";
  const user = idp === "okta" ? "email: ada@example.com" : "mail: ada@example.com, displayName: Ada";
  const cwd = await tempFolder({
    "own.yaml": `idp: ${idp}
users: [{ ${user} }]
groups: [{ name: data, ${group}, members: [ada@example.com] }]
astro:
  users: [{ email: ada@example.com }]
  teams: [{ name: data, members: [ada@example.com] }]
`,
  });
  expect((await runCommand(["diff", "own.yaml"], { cwd })).stdout).toContain(
    `created in Astro, with ${said}`,
  );
});

describe("repairs", () => {
  const orphans = {
    users: ["{ email: eve@example.com, workspaceRoles: { Space: WORKSPACE_OWNER } }"],
    teams: [
      "{ name: gone, isIdpManaged: true, workspaceRoles: { Space: WORKSPACE_AUTHOR }, members: [bob@example.com] }",
      "{ name: friends, members: [bob@example.com] }",
    ],
  };

  test("delete says whose roles go, and leaves what Astro manages", async () => {
    const { run, astro } = await comparing(orphans);
    const { status, stdout } = await run("delete", "--all", "--from", "own.yaml", "--json", "-y");
    const json = repairShape.parse(JSON.parse(stdout));
    expect(status).toBe(0);
    expect(json.operations.map(({ subject, takesAway }) => ({ name: subject.name, takesAway }))).toEqual([
      {
        name: "gone",
        takesAway: {
          roles: [`WORKSPACE_AUTHOR of Workspace ${space}`],
          throughTeams: [],
          users: ["bob@example.com"],
        },
      },
      {
        name: "eve@example.com",
        takesAway: {
          roles: [`WORKSPACE_OWNER of Workspace ${space}`],
          throughTeams: [],
          users: ["eve@example.com"],
        },
      },
    ]);
    const { teams } = await astro.state();
    expect(Object.keys(teams)).toEqual(["data", "friends"]);
  });

  test("delete --team refuses a Team that was created in Astro: exit status 5", async () => {
    const { run, astro } = await comparing(orphans);
    const refused = await run("delete", "--team", "friends", "--from", "own.yaml", "-y");
    expect(refused.status).toBe(5);
    expect(refused.stdout).toContain("created in Astro");
    expect(astro.writes()).toEqual([]);
  });

  test.each([
    { change: "becomes an owner", of: "user", role: "ORGANIZATION_OWNER", said: "Organization Owner" },
    { change: "becomes an owner through a Team", of: "team", role: "ORGANIZATION_OWNER", said: "owner" },
    {
      change: "gets another role",
      of: "user",
      role: "ORGANIZATION_BILLING_ADMIN",
      said: "roles have changed",
    },
  ])("an account that $change while the question stands is not deleted", async ({ of, role, said }) => {
    const fixture = fixtureWith({
      users: ["{ email: eve@example.com }"],
      teams: ["{ name: friends, members: [eve@example.com, bob@example.com] }"],
    });
    const { astro: seed, organization } = readFixture("own.yaml", fixture, { shipped: false });
    const server = await startServer({ seed, organizationId: organization });
    onTestFinished(() => server.close());
    const iam = iamClient(server);
    const { users } = (await iam.get("/users")).body;
    const eve = users.find(({ username }: { username: string }) => username === "eve@example.com");
    const { teams } = (await iam.get("/teams?names=friends")).body;
    const roles = of === "user" ? `/users/${eve.id}/roles` : `/teams/${teams[0].id}/roles`;
    const front = await startHttp((incoming, outgoing) => {
      const isLook = incoming.url?.endsWith(`/v1/organizations/${organization}/users/${eve.id}`) === true;
      const changed = isLook ? iam.post(roles, { organizationRole: role }) : Promise.resolve();
      changed
        .then(() => relay(incoming, outgoing, server.port, incoming.url ?? "/"))
        .catch(() => outgoing.destroy());
    });
    onTestFinished(front.close);
    const cwd = await tempFolder({ "own.yaml": fixture });
    const url = `${front.url}/scim/v2/${organization}`;
    const argv = ["delete", "--all", "--from", "own.yaml", "-y", "--url", url, "--token", server.token];
    const { status, stdout, stderr } = await runCommand(argv, { cwd });
    expect(status).toBe(5);
    expect(stdout + stderr).toContain(said);
    expect((await iam.get(`/users/${eve.id}`)).status).toBe(200);
  });

  test.each(["resync", "push-group"])("%s goes on without IAM, and says so", async (command) => {
    const { run, astro } = await comparing(
      { data: plainData.replace(", bob@example.com", "") },
      { before: ({ path }) => (path.includes("/v1/") ? 503 : undefined) },
    );
    const { status, stdout } = await run(command, "--all", "--from", "own.yaml", "-y");
    expect(status).toBe(0);
    expect(stdout).toContain("--api scim leaves the IAM API out");
    expect((await astro.state()).teams["data"]).toEqual(["ada@example.com", "bob@example.com"]);
  });

  test("delete without IAM needs --roles-unknown where IAM should be there", async () => {
    const { run, astro } = await comparing(orphans, {
      before: ({ path }) => (path.includes("/v1/") ? 503 : undefined),
    });
    const refused = await run("delete", "eve@example.com", "--from", "own.yaml", "-y");
    expect(refused.status).toBe(5);
    expect(refused.stdout + refused.stderr).toContain("--roles-unknown");
    expect(astro.writes()).toEqual([]);
    expect(
      (await run("delete", "eve@example.com", "--from", "own.yaml", "-y", "--roles-unknown")).status,
    ).toBe(0);
  });
});

/** Passes a request on to the server, with its URL or another. */
async function relay(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  port: number,
  url: string,
  change: (text: string) => string = (text) => text,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { authorization = "", "content-type": type = "application/json" } = incoming.headers;
  const answer = await request(`http://127.0.0.1:${port}${url}`, {
    method: incoming.method as "GET",
    headers: { authorization, "content-type": type },
    body: chunks.length === 0 ? null : Buffer.concat(chunks),
  });
  const text = change(await answer.body.text());
  const { "x-astro-iam": iam, "content-type": answered = "" } = answer.headers;
  outgoing.writeHead(answer.statusCode, {
    "content-type": String(answered),
    ...(iam === undefined ? {} : { "x-astro-iam": String(iam) }),
  });
  outgoing.end(text);
}

describe("a list of IAM that is broken at any of its pages", () => {
  const company: Planted = {
    users: ["{ email: eve@example.com }", "{ email: gus@example.com }", "{ email: kim@example.com }"],
    teams: ["{ name: gone, isIdpManaged: true }", "{ name: friends }", "{ name: ops }"],
  };

  type Page = Record<string, unknown> & { totalCount: number; users?: unknown[]; teams?: unknown[] };
  const entriesOf = (page: Page): unknown[] => page.users ?? page.teams ?? [];
  const edited = (edit: (page: Page) => void) => (text: string) => {
    const page: Page = JSON.parse(text);
    edit(page);
    return JSON.stringify(page);
  };

  const breakages: Readonly<Record<string, ((text: string) => string) | number | "cut">> = {
    "503": 503,
    "404": 404,
    "403": 403,
    cut: "cut",
    "a web page": () => "<html></html>",
    "an entry less": edited((page) => void entriesOf(page).pop()),
    "an entry twice": edited((page) => void entriesOf(page).push(entriesOf(page)[0])),
    "an entry without an id": edited((page) => void entriesOf(page).splice(0, 1, {})),
    "no entries": edited((page) => void entriesOf(page).splice(0)),
    "another total": edited((page) => void (page.totalCount -= 1)),
    "an unknown status": edited((page) => {
      const [first] = entriesOf(page);
      if (typeof first === "object" && first !== null && "status" in first) first.status = "FROZEN";
      else entriesOf(page).pop();
    }),
  };

  /** Pages of two entries each; the page of that number is broken, each time that it is asked for. */
  async function brokenAt(page: number, breakage: (typeof breakages)[string]) {
    const fixture = fixtureWith(company);
    const { astro: seed, organization } = readFixture("own.yaml", fixture, { shipped: false });
    const server = await startServer({ seed, organizationId: organization });
    const pages: string[] = [];
    const front = await startHttp((incoming, outgoing) => {
      const url = incoming.url ?? "/";
      const isPage = url.startsWith("/v1/") && url.includes("limit=1000");
      if (isPage && !pages.includes(url)) pages.push(url);
      const isBroken = isPage && pages.indexOf(url) === page;
      if (isBroken && breakage === "cut") {
        incoming.socket.destroy();
        return;
      }
      if (isBroken && typeof breakage === "number") {
        outgoing.writeHead(breakage, { "content-type": "application/json" });
        outgoing.end(JSON.stringify({ message: "broken", requestId: "r", statusCode: breakage }));
        return;
      }
      const change = isBroken && typeof breakage === "function" ? breakage : undefined;
      relay(incoming, outgoing, server.port, url.replace("limit=1000", "limit=2"), change).catch(() =>
        outgoing.destroy(),
      );
    });
    const cwd = await tempFolder({ "own.yaml": fixture });
    const target = ["--url", `${front.url}/scim/v2/${organization}`, "--token", server.token];
    onTestFinished(async () => {
      await front.close();
      await server.close();
    });
    return { pages, run: (...words: readonly string[]) => runCommand([...words, ...target], { cwd }) };
  }

  const unbroken = -1;
  // Six users and four Teams in pages of two, each list with a last page that is empty.
  const numberOfPages = 7;

  test("unbroken, it is read in pages", async () => {
    const { pages, run } = await brokenAt(unbroken, 503);
    const { status, stdout } = await run("diff", "own.yaml", "--json");
    expect(status).toBe(2);
    const json = driftShape.parse(JSON.parse(stdout));
    expect(json.localTeams.map(({ name }) => name)).toEqual(["friends", "ops"]);
    expect(kindsOf(json)).toEqual(changesOfUnbroken);
    expect(pages).toHaveLength(numberOfPages);
  });

  const changesOfUnbroken = [
    "user-left-over eve@example.com",
    "user-left-over gus@example.com",
    "user-left-over kim@example.com",
    "team-left-over gone",
  ];

  const cases = Object.keys(breakages).flatMap((what) =>
    Array.from({ length: numberOfPages }, (_, page) => ({ what, page })),
  );

  test.each(cases)("$what at page $page: it is unknown, and never a smaller list", async ({ what, page }) => {
    const { run } = await brokenAt(page, breakages[what] ?? 503);
    const beside = await run("diff", "own.yaml", "--json");
    const json = driftShape.parse(JSON.parse(beside.stdout));
    const isRead = json.iam.status === "read";
    // What was missing was asked for again, or the page had nothing that could be broken: then nothing is left out.
    expect({
      status: beside.status,
      local: json.localTeams.map(({ name }) => name),
      isWhole: kindsOf(json).join() === changesOfUnbroken.join(),
    }).toEqual(
      isRead
        ? { status: 2, local: ["friends", "ops"], isWhole: true }
        : { status: 3, local: [], isWhole: false },
    );
    const alone = await run("diff", "own.yaml", "--json", "--api", "iam");
    expect(isRead ? [2] : [3, 4]).toContain(alone.status);
    expect(alone.stdout.includes('"changes"')).toBe(isRead);
  });
});
