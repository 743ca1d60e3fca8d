/** `astro-scim users` and `teams` against the local Astro, over IAM and over SCIM. */

import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../src/server/start.ts";
import { startCompany, workspaces, type Company } from "../support/company-on-astro.ts";
import { teamShape, teamsShape, userShape, usersShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { seedUser } from "../support/seed-user.ts";

let company: Company;

beforeEach(async () => {
  company = await startCompany();
});

/** The first column of a table, or any other. */
function column(text: string, header: string): readonly string[] {
  const [head = "", ...rows] = text.trimEnd().split("\n");
  const start = head.indexOf(header);
  return rows.map((row) => row.slice(start).split(/ {5}/)[0] ?? "");
}

async function emails(...words: readonly string[]): Promise<readonly string[]> {
  const { status, stdout, stderr } = await company.run(["users", ...words]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.any(String) });
  return column(stdout, "EMAIL");
}

async function teamNames(...words: readonly string[]): Promise<readonly string[]> {
  const { status, stdout, stderr } = await company.run(["teams", ...words]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.any(String) });
  return column(stdout, "NAME");
}

const everybody = [
  "Ada@Example.com",
  "grace@example.com",
  "ivan@example.com",
  "olga@example.com",
  "paul@example.com",
];

describe("users", () => {
  test("has the columns of astro organization user list, in its order", async () => {
    const { stdout, stderr } = await company.run(["users"]);
    expect(stdout.split("\n")[0]?.trim().split(/ {2,}/)).toEqual([
      "FULLNAME",
      "EMAIL",
      "ID",
      "ORGANIZATION ROLE",
      "CREATE DATE",
    ]);
    expect(stderr).toMatch(/^Read over the IAM API from organization clmaxoarx000008l2c5ayb9pt on 127/);
    expect(column(stdout, "EMAIL")).toEqual(everybody);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ["ls and list are the same", ["list"], everybody],
    ["by role", ["--role", "organization_owner"], ["olga@example.com"]],
    ["by a role in any scope", ["--role", "DEPLOYMENT_ADMIN"], ["Ada@Example.com"]],
    ["by status", ["--status", "pending"], ["paul@example.com"]],
    ["by Team", ["--team", "DATA-PLATFORM"], ["Ada@Example.com", "grace@example.com"]],
    ["by all of them", ["--team", "data-platform", "--role", "WORKSPACE_OPERATOR"], ["Ada@Example.com"]],
    ["nobody", ["--status", "BANNED"], []],
    ["sorted", ["--sort", "email:desc"], everybody.toReversed()],
    [
      "sorted by what not all have",
      ["--sort", "fullName"],
      ["Ada@Example.com", "grace@example.com", "ivan@example.com", "olga@example.com", "paul@example.com"],
    ],
  ])("%s", async (_what, words, expected) => {
    expect(await emails(...words)).toEqual(expected);
  });

  test("--json has the documented shape, with the keys of the astro CLI", async () => {
    const { stdout } = await company.run(["users", "--json"]);
    const { api, organizationId, users } = usersShape.parse(JSON.parse(stdout));
    expect({ api, organizationId }).toEqual({ api: "iam", organizationId: "clmaxoarx000008l2c5ayb9pt" });
    expect(users.map(({ email, status }) => [email, status])).toEqual([
      ["Ada@Example.com", "ACTIVE"],
      ["grace@example.com", "ACTIVE"],
      ["ivan@example.com", "INACTIVE"],
      ["olga@example.com", "ACTIVE"],
      ["paul@example.com", "PENDING"],
    ]);
    expect(users.find(({ email }) => email === "olga@example.com")?.orgRole).toBe("ORGANIZATION_OWNER");
  });

  test("-o ndjson has a line for each, -o csv too", async () => {
    const lines = (await company.run(["users", "-o", "ndjson"])).stdout.trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { email: string }).email)).toEqual(everybody);
    const csv = (await company.run(["users", "-o", "csv"])).stdout.split("\r\n");
    expect(csv[0]).toBe("fullName,email,id,orgRole,createdAt,status,workspaceRoles,deploymentRoles,dagRoles");
    expect(csv.slice(1, -1).map((line) => line.split(",")[1])).toEqual(everybody);
  });

  test("-o csv shows in which Workspace and Deployment a role is held", async () => {
    const { stdout } = await company.run(["users", "--role", "WORKSPACE_OPERATOR", "-o", "csv"]);
    const cells = stdout.split("\r\n")[1]?.split(",").slice(5);
    expect(cells?.[1]).toBe(`${workspaces.ml}:WORKSPACE_OPERATOR`);
    expect(cells?.[2]).toMatch(/^c\w{24}:DEPLOYMENT_ADMIN$/);
    const teams = (await company.run(["teams", "-o", "csv"])).stdout;
    expect(teams).toContain(`,${workspaces.etl}:WORKSPACE_MEMBER; ${workspaces.ml}:WORKSPACE_MEMBER,,`);
  });

  test("--role says that Teams give roles, too, and how to list them", async () => {
    const { stdout, stderr } = await company.run(["users", "--role", "WORKSPACE_AUTHOR"]);
    expect(column(stdout, "EMAIL")).toEqual([]);
    expect(stderr).toContain("Users who have the role WORKSPACE_AUTHOR only through a Team are not listed.");
    const command = /To list these Teams: astro-scim (.*)/.exec(stderr)?.[1] ?? "";
    const env = { ASTRO_SCIM_TOKEN: company.server.token };
    const teams = await runCommand(command.split(" "), { env });
    expect(column(teams.stdout, "NAME")).toEqual(["data-platform"]);
    expect((await company.run(["users"])).stderr).not.toContain("through a Team");
  });

  test("--quiet says nothing beside the result", async () => {
    expect((await company.run(["users", "--quiet"])).stderr).toBe("");
  });
});

describe("users show", () => {
  test.each([
    ["by e-mail address", "grace@example.com"],
    ["whatever its case", "GRACE@example.COM"],
    ["by name", "grace hopper"],
  ])("%s", async (_how, word) => {
    const { status, stdout } = await company.run(["users", "show", word]);
    expect({ status, title: stdout.split("\n")[0] }).toEqual({ status: 0, title: "Grace Hopper" });
  });

  test("by id", async () => {
    const { stdout } = await company.run(["users", "show", company.ids.get("grace@example.com") ?? ""]);
    expect(stdout).toMatch(/^Grace Hopper\n/);
  });

  test("says what is effective in each Workspace and where it comes from", async () => {
    const { stdout } = await company.run(["users", "show", "ada@example.com", "--json"]);
    const { teams, effectiveRoles } = userShape.parse(JSON.parse(stdout));
    const team = (name: string) => ({ kind: "team", id: company.ids.get(name), name });
    expect(teams.map(({ name }) => name)).toEqual(["analysts", "data-platform"]);
    expect(effectiveRoles?.workspaces.slice(0, 2)).toEqual([
      {
        workspaceId: workspaces.etl,
        effective: [{ role: "WORKSPACE_AUTHOR", from: [team("data-platform")] }],
        alsoHeld: [{ role: "WORKSPACE_MEMBER", from: [team("analysts")] }],
      },
      {
        workspaceId: workspaces.ml,
        effective: [{ role: "WORKSPACE_OPERATOR", from: [{ kind: "direct" }] }],
        alsoHeld: [{ role: "WORKSPACE_MEMBER", from: [team("analysts")] }],
      },
    ]);
  });

  test("an owner is Owner of every Workspace", async () => {
    const { stdout } = await company.run(["users", "show", "olga@example.com"]);
    expect(stdout).toContain("An Organization Owner is WORKSPACE_OWNER of every Workspace");
  });

  test.each([
    ["ivan@example.com", "INACTIVE: cannot sign in, so no role has an effect"],
    ["paul@example.com", "PENDING: invited, and roles have an effect once the invitation is accepted"],
  ])("%s", async (email, said) => {
    const { stdout } = await company.run(["users", "show", email]);
    expect(stdout).toContain(said);
    expect(stdout).toMatch(/Organization +- +ORGANIZATION_MEMBER +false +direct/);
    const csv = (await company.run(["users", "show", email, "-o", "csv"])).stdout.split("\r\n");
    expect(csv[1]).toBe("Organization,,ORGANIZATION_MEMBER,false,direct");
  });

  test("-o csv has a line for each effective role, -o ndjson one for all", async () => {
    const csv = (await company.run(["users", "show", "ada@example.com", "-o", "csv"])).stdout.split("\r\n");
    expect(csv[0]).toBe("scope,id,role,effective,from");
    expect(csv.slice(2, 4)).toEqual([
      `Workspace,${workspaces.etl},WORKSPACE_AUTHOR,true,Team data-platform`,
      `Workspace,${workspaces.etl},WORKSPACE_MEMBER,false,Team analysts`,
    ]);
    const { stdout } = await company.run(["users", "show", "ada@example.com", "-o", "ndjson"]);
    userShape.parse(JSON.parse(stdout));
    expect(stdout.trimEnd().split("\n").length).toBe(1);
  });

  test.each([
    [
      "nobody",
      "garce@example.com",
      'There is no user "garce@example.com"',
      "Did you mean grace@example.com?",
    ],
    ["nobody, nothing near", "zzzzzzzz", 'There is no user "zzzzzzzz"', "astro-scim users lists all users."],
    ["an id that is not there", "clm9sq6s0000008kz7uvl7yz7", "There is no user", ""],
    ["an id that is no cuid", "42", 'There is no user "42"', ""],
    ["the path of something else", "../teams", 'There is no user "../teams"', ""],
  ])("%s is status 1", async (_what, word, said, hint) => {
    const { status, stdout, stderr } = await company.run(["users", "show", word]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(said);
    expect(stderr).toContain(hint);
  });

  test("the next command shows a Team", async () => {
    const { stdout } = await company.run(["users", "show", "grace@example.com"]);
    expect(stdout).toMatch(/\nNext: astro-scim teams show data-platform --url \S+\n$/);
    const next = /Next: astro-scim (.*)/.exec(stdout)?.[1] ?? "";
    const env = { ASTRO_SCIM_TOKEN: company.server.token };
    expect(await runCommand(next.split(" "), { env })).toMatchObject({ status: 0 });
  });
});

describe("teams", () => {
  test("has the columns of astro organization team list, in its order", async () => {
    const { stdout } = await company.run(["teams"]);
    expect(stdout.split("\n")[0]?.trim().split(/ {2,}/)).toEqual([
      "ID",
      "NAME",
      "DESCRIPTION",
      "ORG ROLE",
      "IDP MANAGED",
      "CREATE DATE",
    ]);
    expect(column(stdout, "NAME")).toEqual(["analysts", "data-platform"]);
    expect(column(stdout, "IDP MANAGED")).toEqual(["false", "true"]);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ["managed by the identity provider", ["--idp-managed"], ["data-platform"]],
    ["all others", ["--idp-managed=false"], ["analysts"]],
    ["by role", ["--role", "WORKSPACE_AUTHOR"], ["data-platform"]],
    ["sorted", ["ls", "--sort", "name:desc"], ["data-platform", "analysts"]],
  ])("%s", async (_what, words, expected) => {
    expect(await teamNames(...words)).toEqual(expected);
  });

  test("--json has the documented shape, isIdpManaged always", async () => {
    const { stdout } = await company.run(["teams", "--json"]);
    const { teams } = teamsShape.parse(JSON.parse(stdout));
    expect(teams.map(({ name, isIdpManaged }) => [name, isIdpManaged])).toEqual([
      ["analysts", false],
      ["data-platform", true],
    ]);
  });

  test("show joins members and roles", async () => {
    const { stdout } = await company.run(["teams", "show", "Data-Platform"]);
    expect(stdout).toContain("IdP managed  true");
    expect(stdout).toMatch(new RegExp(`Workspace +${workspaces.etl} +WORKSPACE_AUTHOR`));
    expect(stdout).toContain("2 members");
    const json = await company.run(["teams", "show", "data-platform", "--json"]);
    const { members } = teamShape.parse(JSON.parse(json.stdout));
    expect(members.map(({ email, fullName }) => [email, fullName])).toEqual([
      ["Ada@Example.com", "Ada Lovelace"],
      ["grace@example.com", "Grace Hopper"],
    ]);
    const csv = await company.run(["teams", "show", "data-platform", "-o", "csv"]);
    expect(csv.stdout.split("\r\n")[0]).toBe("id,fullName,email,joinedAt");
  });

  test("one that is not there is status 1, with the nearest names", async () => {
    const { status, stderr } = await company.run(["teams", "show", "dat-platform"]);
    expect(status).toBe(1);
    expect(stderr).toContain('There is no Team "dat-platform" in this organization.');
    expect(stderr).toContain("Did you mean data-platform?");
  });
});

describe("over SCIM", () => {
  test("users and Teams are the same, roles are unknown, and it is said", async () => {
    const { stdout, stderr } = await company.run(["users", "--api", "scim", "--json"]);
    const { api, users } = usersShape.parse(JSON.parse(stdout));
    expect(api).toBe("scim");
    expect(stderr).toContain("Read over SCIM");
    const overIam = usersShape.parse(JSON.parse((await company.run(["users", "--json"])).stdout));
    const named = (all: typeof users) => all.map(({ id, email, fullName }) => [id, email, fullName]);
    expect(named(users)).toEqual(named(overIam.users));
    expect(users.map(({ orgRole, workspaceRoles }) => [orgRole, workspaceRoles])).toEqual(
      users.map(() => [null, null]),
    );
  });

  test("teams show and users show know members and Teams", async () => {
    const team = await company.run(["teams", "show", "data-platform", "--api", "scim", "--json"]);
    const { members, team: shown } = teamShape.parse(JSON.parse(team.stdout));
    expect(members.map(({ email }) => email)).toEqual(["Ada@Example.com", "grace@example.com"]);
    expect(shown.isIdpManaged).toBe(null);
    const user = await company.run(["users", "show", "ada@example.com", "--api", "scim", "--json"]);
    const { teams, effectiveRoles } = userShape.parse(JSON.parse(user.stdout));
    expect(teams.map(({ name }) => name)).toEqual(["analysts", "data-platform"]);
    expect(effectiveRoles).toBe(null);
    const text = await company.run(["users", "show", "ada@example.com", "--api", "scim"]);
    expect(text.stdout).toContain("Not known: SCIM does not show roles.");
  });

  test.each([
    ["users", ["users", "--role", "ORGANIZATION_OWNER"]],
    ["users", ["users", "--status", "PENDING"]],
    ["teams", ["teams", "--role", "ORGANIZATION_OWNER"]],
    ["teams", ["teams", "--idp-managed"]],
  ])("what SCIM cannot tell is no empty list of %s: %j", async (_what, words) => {
    const { status, stdout, stderr } = await company.run([...words, "--api", "scim"]);
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
    expect(stderr).toContain("SCIM does not show wh");
  });
});

describe("a token with the role Organization Member", () => {
  test.each([
    [["users"]],
    [["users", "show", "ada@example.com"]],
    [["teams"]],
    [["teams", "show", "analysts"]],
    [["api", "GET", "/users"]],
  ])("is enough for %j, though SCIM refuses it", async (words) => {
    const server = await startServer({
      behaviour: { tokenRole: "member" },
      seed: {
        users: [seedUser("ada@example.com")],
        teams: [{ name: "analysts", members: ["ada@example.com"] }],
      },
    });
    onTestFinished(() => server.close());
    const target = ["--url", server.url, "--token", server.token];
    const { status, stdout } = await runCommand([...words, ...target]);
    expect({ status, isEmpty: stdout === "" }).toEqual({ status: 0, isEmpty: false });
    expect((await runCommand(["users", "--api", "scim", ...target])).status).toBe(4);
  });
});

describe("wrong usage", () => {
  test.each([
    [["users", "--role", "ORGANIZATION_OWNR"], "Did you mean ORGANIZATION_OWNER?"],
    [["users", "--status", "GONE"], "It must be one of ACTIVE, INACTIVE, PENDING, BANNED."],
    [["users", "--sort", "shoeSize"], "It must be one of fullName, email, id"],
    [["teams", "--idp-managed=maybe"], "It must be true or false."],
    [["users", "ada@example.com"], "astro-scim users show ada@example.com"],
    [["teams", "data platform"], "astro-scim teams show 'data platform'"],
    [["users", "--api", "graphql"], "Allowed choices are iam, scim."],
    [["users", "-o", "junit"], "Allowed choices are table, json, ndjson, csv."],
  ])("%j", async (words, said) => {
    const { status, stderr } = await company.run(words);
    expect(status).toBe(64);
    expect(stderr).toContain(said);
  });
});
