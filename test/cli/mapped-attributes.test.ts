/** Attributes that a fixture maps beside Astro's documented ones: provisioned, expected, read back, compared, repaired. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { beforeEach, describe, expect, test } from "vitest";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { startServing } from "../support/serving.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type PassedAnswer, type WatchedAstro } from "../support/watched-astro.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const custom = "urn:ietf:params:scim:schemas:extension:example:2.0:User";

interface Provider {
  readonly idp: "okta" | "entra";
  /** A core attribute, one of several values, an extension's with its URN and without, a constant. */
  readonly fixture: string;
  readonly customExtension: string;
  /** Ada has another title and department. */
  readonly promotion: string;
}

const okta: Provider = {
  idp: "okta",
  fixture: `idp: okta
app:
  mappings:
    title: user.title
    nickName: "'staff'"
    emails[type eq "work"].value: user.secondEmail
    ${enterprise}:department: user.department
    costCenter: user.costCenter
    unit: { from: user.division, externalName: division, externalNamespace: ${enterprise} }
    primaryRole:
      from: user.role
      externalName: roles.^[primary==true].value
      externalNamespace: urn:ietf:params:scim:schemas:core:2.0:User
users:
  - email: ada@example.com
    firstName: Ada
    profile: { title: Analyst, department: Engines, costCenter: "7", secondEmail: work@example.com, division: North, role: admin }
`,
  customExtension: `idp: okta
app: { mappings: { ${custom}:badge: user.badge } }
users: [{ email: ada@example.com, profile: { badge: "42" } }]
`,
  promotion: "{ profile: { title: Director, department: Board } }",
};

/** Microsoft: Customize user provisioning attribute-mappings. */
const entra: Provider = {
  idp: "entra",
  fixture: `idp: entra
app:
  users:
    mappings:
      title: jobTitle
      nickName: { constant: staff }
      emails[type eq "work"].value: mail
      ${enterprise}:department: department
      costCenter: "[employeeOrgData.costCenter]"
users:
  - mail: ada@example.com
    displayName: Ada Lovelace
    jobTitle: Analyst
    department: Engines
    profile: { employeeOrgData.costCenter: "7" }
`,
  customExtension: `idp: entra
app: { users: { mappings: { ${custom}:badge: employeeId } } }
users: [{ mail: ada@example.com, profile: { employeeId: "42" } }]
`,
  promotion: "{ jobTitle: Director, department: Board }",
};

const step = (set: string, expected: string): string => `timeline:
  - name: Ada is promoted
    do: [{ update: { user: ada@example.com, set: ${set} } }]
    expect: { users: { ada@example.com: { attributes: ${expected} } } }
`;

describe.each([okta, entra])("$idp", ({ idp, fixture, customExtension, promotion }) => {
  let cwd: string;

  beforeEach(async () => {
    cwd = await tempFolder();
    await writeFile(join(cwd, "mapped.yaml"), fixture);
    await writeFile(join(cwd, "promoted.yaml"), `${fixture}${step(promotion, "{ title: Director }")}`);
    await writeFile(join(cwd, "custom.yaml"), customExtension);
  });

  const run = (words: readonly string[], astro?: WatchedAstro): Promise<CommandResult> =>
    runCommand([...words, ...(astro?.target ?? [])], { cwd });

  test("a rehearsal finds at the end what it has sent", async () => {
    const astro = await startWatchedAstro({ fixture });
    const { status, stdout } = await run(["simulate", idp, "mapped.yaml"], astro);
    expect(stdout).toContain("Astro matches the directory: 1 active user and 0 Teams.\n");
    expect(status).toBe(0);
    const { Resources } = (await astro.behind.get("/Users")).body;
    expect(Resources).toMatchObject([
      {
        title: "Analyst",
        nickName: "staff",
        emails: expect.arrayContaining([expect.objectContaining({ type: "work" })]),
        [enterprise]: { department: "Engines", costCenter: "7" },
      },
    ]);
  });

  test("a step expects them by their paths, with the URN of the extension or without", async () => {
    const attributes = `{ title: Director, costCenter: "7", ${enterprise}:department: Board, nickName: staff }`;
    await writeFile(join(cwd, "mapped.yaml"), `${fixture}${step(promotion, attributes)}`);
    expect(await run(["simulate", idp, "mapped.yaml"])).toMatchObject({ status: 0 });
  });

  test("a step that expects another value fails, and says what Astro holds", async () => {
    await writeFile(join(cwd, "mapped.yaml"), `${fixture}${step(promotion, "{ department: Engines }")}`);
    const { status, stdout } = await run(["simulate", idp, "mapped.yaml"]);
    expect(stdout).toContain(`${enterprise}:department`);
    expect(stdout).toContain('"Board"');
    expect(status).toBe(1);
  });

  test("what is remembered of them sends nothing a second time, and what has changed", async () => {
    const astro = await startWatchedAstro({ fixture });
    await run(["simulate", idp, "mapped.yaml", "--state", "memory.json"], astro);
    astro.forget();
    await run(["simulate", idp, "mapped.yaml", "--state", "memory.json"], astro);
    expect(astro.writes()).toEqual([]);
    await run(["simulate", idp, "promoted.yaml", "--state", "memory.json"], astro);
    expect(astro.writes()).toEqual([expect.stringMatching(/^(PUT|PATCH) \/Users\//)]);
  });

  test("diff names the attribute that differs, and resync repairs it", async () => {
    const astro = await startWatchedAstro({ fixture });
    await run(["simulate", idp, "mapped.yaml"], astro);
    const before = await run(["diff", "promoted.yaml"], astro);
    expect(before.stdout).toMatch(/ {6}title +is "Analyst", should be "Director"\n/);
    expect(before.stdout).toContain(`${enterprise}:department  is "Engines", should be "Board"\n`);
    expect(before.status).toBe(2);
    const words = ["resync", "--all", "--yes", "--strict-plan", "--from", "promoted.yaml"];
    expect((await run(words, astro)).status).toBe(0);
    expect((await run(["diff", "promoted.yaml"], astro)).status).toBe(0);
  });

  test("resync makes a missing account with them", async () => {
    const astro = await startWatchedAstro({ fixture });
    expect((await run(["resync", "--all", "--yes", "--from", "mapped.yaml"], astro)).status).toBe(0);
    expect((await run(["diff", "mapped.yaml"], astro)).status).toBe(0);
  });

  test("serve --provisioned holds them", async () => {
    const fixtureFile = join(cwd, "mapped.yaml");
    const { url, token } = await startServing(fixtureFile, "--provisioned", "--port", "0", "--json");
    expect((await run(["diff", fixtureFile, "--url", url, "--token", token])).status).toBe(0);
  });

  test("what Astro holds of them beforehand is compared", async () => {
    const held =
      'astro: { users: [{ email: ada@example.com, attributes: { title: Clerk, costCenter: "7" } }] }\n';
    await writeFile(join(cwd, "mapped.yaml"), `${fixture}${held}`);
    const { stdout } = await run(["diff", "mapped.yaml"]);
    expect(stdout).toMatch(/title +is "Clerk", should be "Analyst"/);
    expect(stdout).not.toContain("costCenter");
  });

  test("the local Astro drops a custom extension, which is named at the end and is no difference", async () => {
    const { status, stdout } = await run(["simulate", idp, "custom.yaml"]);
    expect(stdout).toContain(`  · ${custom}:badge  1 user: the target does not keep it`);
    expect(stdout).toContain(`; not compared: ${custom}:badge.\n`);
    expect(status).toBe(0);
  });

  test("a server that keeps a custom extension holds what was sent", async () => {
    const kept = keeping(custom);
    const astro = await startWatchedAstro({ fixture: customExtension, after: kept });
    expect((await run(["simulate", idp, "custom.yaml"], astro)).status).toBe(0);
    expect((await run(["diff", "custom.yaml"], astro)).status).toBe(0);
  });
});

test("Okta clears an attribute whose source is unset, and diff finds a value that was left in Astro", async () => {
  const cwd = await tempFolder();
  const astro = await startWatchedAstro({ fixture: okta.fixture });
  const cleared = okta.fixture.replace("title: Analyst, ", "");
  await writeFile(join(cwd, "mapped.yaml"), okta.fixture);
  await writeFile(join(cwd, "cleared.yaml"), cleared);
  const run = (...words: string[]): Promise<CommandResult> =>
    runCommand([...words, ...astro.target], { cwd });
  await run("simulate", "okta", "mapped.yaml", "--state", "memory.json");
  expect((await run("diff", "cleared.yaml")).stdout).toContain('title is "Analyst", should not be set\n');
  await run("simulate", "okta", "cleared.yaml", "--state", "memory.json");
  expect((await run("diff", "cleared.yaml")).status).toBe(0);
});

/** Puts into each answer about a user what requests have said of it under a URN. */
function keeping(urn: string): (passing: { readonly body: string }, answer: PassedAnswer) => PassedAnswer {
  let held: unknown;
  return ({ body }, answer) => {
    held = (body === "" ? undefined : JSON.parse(body)[urn]) ?? held;
    const answered = answer.body === "" ? {} : JSON.parse(answer.body);
    const users = answered.Resources ?? [answered];
    for (const user of users) if (user.userName !== undefined) user[urn] = held;
    return { ...answer, headers: withoutLength(answer), body: JSON.stringify(answered) };
  };
}

function withoutLength({ headers }: PassedAnswer): PassedAnswer["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "content-length"));
}
