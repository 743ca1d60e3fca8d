/** Everything that is mapped is compared and can be repaired, or is named as not compared. */

import { expect, test } from "vitest";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro, type WatchedAstro } from "../support/watched-astro.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const dockerUrn = "urn:ietf:params:scim:schemas:extension:docker:2.0:User";
const docker = `${dockerUrn}:dockerRole`;

interface Row {
  readonly mapped: string;
  readonly idp: "okta" | "entra";
  /** Lines below `mappings:`. */
  readonly mappings: readonly string[];
  /** Of Ada, before and after the source has changed. */
  readonly before: string;
  readonly after: string;
  /** The path that differs then; the first that is mapped unless said. */
  readonly path?: string;
  /** Where it cannot be compared: why. */
  readonly why?: string;
  /** Of how many users; 1 unless said. */
  readonly users?: number;
}

const entraRow = (mapped: string, row: Omit<Row, "idp" | "mapped">): Row => ({
  mapped,
  idp: "entra",
  ...row,
});
const oktaRow = (mapped: string, row: Omit<Row, "idp" | "mapped">): Row => ({ mapped, idp: "okta", ...row });

const rows: readonly Row[] = [
  entraRow("externalId", {
    mappings: ["externalId: mailNickname"],
    before: "mailNickname: ada",
    after: "mailNickname: countess",
  }),
  entraRow("externalId from a given object id", {
    mappings: ["externalId: objectId"],
    before: 'id: "0b6ee3b4-6f93-4d0c-9f50-0a4b4b6b5b01"',
    after: 'id: "0b6ee3b4-6f93-4d0c-9f50-0a4b4b6b5b02"',
  }),
  entraRow("a manager", {
    mappings: [`${enterprise}:manager: manager`],
    before: "profile: { manager: grace@example.com }",
    after: "profile: { manager: mary@example.com }",
  }),
  entraRow("a manager who goes", {
    mappings: [`${enterprise}:manager: manager`],
    before: "profile: { manager: grace@example.com }",
    after: "jobTitle: Countess",
  }),
  entraRow("a manager whom Entra ID does not provision", {
    mappings: [`${enterprise}:manager: manager`],
    before: "profile: { manager: grace@example.com }",
    after: "profile: { manager: outside@example.com }",
    why: "refers-to-no-account",
  }),
  entraRow("roles that are added to", {
    mappings: ['roles: "AppRoleAssignmentsComplex([appRoleAssignments])"'],
    before: "profile: { appRoleAssignments: [Reader] }",
    after: "profile: { appRoleAssignments: [Author] }",
  }),
  entraRow("roles that replace", {
    mappings: ['roles: "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])"'],
    before: "profile: { appRoleAssignments: [Reader, Author] }",
    after: "profile: { appRoleAssignments: [Reader] }",
  }),
  entraRow("roles that lose one where they are only added to", {
    mappings: ['roles: "AppRoleAssignmentsComplex([appRoleAssignments])"'],
    before: "profile: { appRoleAssignments: [Reader, Author] }",
    after: "profile: { appRoleAssignments: [Reader] }",
    why: "only-added",
  }),
  entraRow("a boolean part of a value", {
    mappings: ['emails[type eq "work"].primary: extensionAttribute1', 'emails[type eq "work"].value: mail'],
    before: 'profile: { extensionAttribute1: "True" }',
    after: 'profile: { extensionAttribute1: "False" }',
  }),
  entraRow("two values of one list", {
    mappings: [
      'phoneNumbers[type eq "mobile"].value: mobile',
      'phoneNumbers[type eq "work"].value: telephoneNumber',
    ],
    before: 'profile: { mobile: "1", telephoneNumber: "2" }',
    after: 'profile: { mobile: "3", telephoneNumber: "2" }',
  }),
  entraRow("a second value of a list that was never sent", {
    mappings: [
      'phoneNumbers[type eq "mobile"].value: mobile',
      'phoneNumbers[type eq "work"].value: telephoneNumber',
    ],
    before: 'profile: { telephoneNumber: "2" }',
    after: 'profile: { mobile: "3", telephoneNumber: "2" }',
  }),
  entraRow("an attribute of the enterprise extension", {
    mappings: [`${enterprise}:department: department`],
    before: "department: Engines",
    after: "department: Board",
  }),
  entraRow("a constant beside a computed value", {
    mappings: ["nickName: { constant: staff }", `title: 'Join(" ", [jobTitle], [department])'`],
    before: "jobTitle: Analyst, department: Engines",
    after: "jobTitle: Director, department: Engines",
    path: "title",
  }),
  entraRow("what is sent at the creation only", {
    mappings: ["title: { attribute: jobTitle, applies: only-during-creation }"],
    before: "jobTitle: Analyst",
    after: "jobTitle: Director",
    why: "only-at-creation",
  }),
  entraRow("a default at the creation", {
    mappings: ["title: { attribute: jobTitle, defaultIfNull: Staff }"],
    before: "department: Engines",
    after: "department: Board",
    why: "only-at-creation",
    users: 3,
  }),
  entraRow("a random value", {
    mappings: [`nickName: 'Join("-", [jobTitle], Guid())'`],
    before: "jobTitle: Analyst",
    after: "jobTitle: Director",
    why: "never-the-same",
    users: 3,
  }),
  entraRow("a password", {
    mappings: ["password: extensionAttribute2"],
    before: "profile: { extensionAttribute2: Analytical-1842 }",
    after: "profile: { extensionAttribute2: Difference-1822 }",
    why: "never-returned",
  }),
  entraRow("a custom extension that the target does not keep", {
    mappings: [`${docker}: extensionAttribute3`],
    before: "profile: { extensionAttribute3: editor }",
    after: "profile: { extensionAttribute3: owner }",
    why: "not-kept",
  }),
  oktaRow("externalId, which Okta makes of the user's id", {
    mappings: ["title: user.title"],
    before: "id: 00uAAAAAAAAAAAAAAAA1",
    after: "id: 00uAAAAAAAAAAAAAAAA2",
    path: "externalId",
  }),
  oktaRow("an attribute of the core schema", {
    mappings: ["title: user.title"],
    before: "profile: { title: Analyst }",
    after: "profile: { title: Director }",
  }),
  oktaRow("an attribute that loses its value", {
    mappings: ["title: user.title"],
    before: "profile: { title: Analyst }",
    after: "profile: { department: Engines }",
  }),
  oktaRow("one of several values", {
    mappings: ['emails[type eq "home"].value: user.secondEmail'],
    before: "profile: { secondEmail: ada@home.example }",
    after: "profile: { secondEmail: countess@home.example }",
  }),
  oktaRow("the manager's name in the enterprise extension", {
    mappings: [`${enterprise}:manager.value: user.managerId`],
    before: "profile: { managerId: m1 }",
    after: "profile: { managerId: m2 }",
  }),
  oktaRow("an attribute of the enterprise extension", {
    mappings: ["costCenter: user.costCenter"],
    before: 'profile: { costCenter: "7" }',
    after: 'profile: { costCenter: "8" }',
    path: `${enterprise}:costCenter`,
  }),
  oktaRow("the time", {
    mappings: ['title: user.title + " " + Time.now()'],
    before: "profile: { title: Analyst }",
    after: "profile: { title: Director }",
    why: "never-the-same",
  }),
  oktaRow("a custom extension that the target does not keep", {
    mappings: [`${docker}: user.dockerRole`],
    before: "profile: { dockerRole: editor }",
    after: "profile: { dockerRole: owner }",
    why: "not-kept",
  }),
];

function fixtureOf({ idp, mappings }: Row, ada: string): string {
  if (idp === "okta") {
    return [
      "idp: okta",
      "app:",
      "  mappings:",
      ...mappings.map((line) => `    ${line}`),
      `users: [{ email: ada@example.com, firstName: Ada, lastName: King, ${ada} }]`,
      "",
    ].join("\n");
  }
  return [
    "idp: entra",
    "app:",
    "  users:",
    "    mappings:",
    ...mappings.map((line) => `      ${line}`),
    "users:",
    `  - { mail: ada@example.com, displayName: Ada, assigned: true, ${ada} }`,
    "  - { mail: grace@example.com, displayName: Grace, mailNickname: grace, assigned: true }",
    "  - { mail: mary@example.com, displayName: Mary, mailNickname: mary, assigned: true }",
    "  - { mail: outside@example.com, displayName: Outside, assigned: false }",
    "",
  ].join("\n");
}

interface Compared {
  readonly status: number;
  readonly json: {
    readonly status: string;
    readonly changes: readonly { readonly kind: string; readonly attribute?: string }[];
    readonly notCompared: readonly {
      readonly attribute: string;
      readonly why: string;
      readonly users: number;
    }[];
  };
}

/** Before and after, and an Astro that holds what was provisioned before. */
async function provisioned(row: Row) {
  const cwd = await tempFolder({
    "before.yaml": fixtureOf(row, row.before),
    "after.yaml": fixtureOf(row, row.after),
  });
  const astro = await startWatchedAstro({ fixture: fixtureOf(row, row.before) });
  const run = (...words: string[]): Promise<CommandResult> =>
    runCommand([...words, ...astro.target], { cwd });
  const compare = async (file: string): Promise<Compared> => {
    const { status, stdout } = await run("diff", file, "--json");
    return { status, json: JSON.parse(stdout) };
  };
  const rehearsal = await run("simulate", row.idp, "before.yaml");
  return { astro, run, compare, rehearsal };
}

function pathOf({ path, mappings }: Row): string {
  return path ?? mappings[0]?.replace(/: .*/, "").trim() ?? "";
}

const nameOf = (row: Row): [string, Row] => [`${row.idp}: ${row.mapped}`, row];

test.each(rows.map(nameOf))("%s: what was rehearsed is the same at once", async (_, row) => {
  const { compare, rehearsal } = await provisioned(row);
  expect([rehearsal.status, rehearsal.stdout]).toEqual([
    0,
    expect.stringContaining("Astro matches the directory"),
  ]);
  const { status, json } = await compare("before.yaml");
  expect([status, json.status, json.changes]).toEqual([0, "same", []]);
});

const repeatable = rows.filter(({ why }) => why !== "never-the-same");

test.each(repeatable.map(nameOf))(
  "%s: where diff finds nothing, another rehearsal without a memory changes nothing",
  async (_, row) => {
    const { astro, run } = await provisioned(row);
    const held = await contentOf(astro);
    await run("simulate", row.idp, "before.yaml");
    expect(await contentOf(astro)).toEqual(held);
  },
);

test.each(rows.filter(({ why }) => why === undefined).map(nameOf))(
  "%s: another value of its source is a difference, and resync repairs it",
  async (_, row) => {
    const { run, compare } = await provisioned(row);
    const { status, json } = await compare("after.yaml");
    expect([status, json.status]).toEqual([2, "different"]);
    expect(json.changes.map(({ kind, attribute }) => `${kind} ${attribute}`)).toContain(
      `user-attribute-differs ${pathOf(row)}`,
    );
    const repaired = await run("resync", "--all", "--yes", "--from", "after.yaml");
    expect([repaired.status, repaired.stderr]).toEqual([0, expect.any(String)]);
    expect((await compare("after.yaml")).json.changes).toEqual([]);
  },
);

test.each(rows.filter(({ why }) => why !== undefined).map(nameOf))(
  "%s: another value of its source is named as not compared, once",
  async (_, row) => {
    const { run, compare } = await provisioned(row);
    const { status, json } = await compare("after.yaml");
    const named = json.notCompared.filter(({ attribute }) => attribute === pathOf(row));
    expect(named).toEqual([
      { attribute: pathOf(row), why: row.why, reason: expect.any(String), users: row.users ?? 1 },
    ]);
    expect([status, json.changes]).toEqual([0, []]);
    const text = (await run("diff", "after.yaml")).stdout;
    expect(text).toMatch(/^Not compared$/m);
    expect(text).toMatch(/^Astro matches the directory.*; not compared: .+\.$/m);
  },
);

test("another mapping of externalId is a difference, though nothing else has changed", async () => {
  const fixture = (source: string): string => `idp: entra
app: { users: { mappings: { externalId: ${source} } } }
users: [{ mail: ada@example.com, displayName: Ada, mailNickname: ada, assigned: true }]
`;
  const cwd = await tempFolder({
    "nickname.yaml": fixture("mailNickname"),
    "object-id.yaml": fixture("objectId"),
  });
  const astro = await startWatchedAstro({ fixture: fixture("mailNickname") });
  const run = (...words: string[]): Promise<CommandResult> =>
    runCommand([...words, ...astro.target], { cwd });
  await run("simulate", "entra", "nickname.yaml");
  const { status, stdout } = await run("diff", "object-id.yaml");
  expect([status, stdout]).toEqual([2, expect.stringContaining('externalId is "ada", should be "')]);
  expect((await run("resync", "--all", "--yes", "--from", "object-id.yaml")).status).toBe(0);
  expect((await run("diff", "object-id.yaml")).status).toBe(0);
});

test("of two users without accounts one the manager of the other: both are made, and the manager is set by the next run", async () => {
  const fixture = `idp: entra
app: { users: { mappings: { "${enterprise}:manager": manager } } }
users:
  - { mail: ada@example.com, displayName: Ada, assigned: true, profile: { manager: grace@example.com } }
  - { mail: grace@example.com, displayName: Grace, assigned: true }
`;
  const cwd = await tempFolder({ "company.yaml": fixture });
  const astro = await startWatchedAstro({ fixture });
  const run = (...words: string[]): Promise<CommandResult> =>
    runCommand([...words, ...astro.target], { cwd });
  const first = await run("resync", "--all", "--yes", "--from", "company.yaml");
  expect([first.status, first.stdout]).toEqual([
    1,
    expect.stringContaining("grace@example.com has no account"),
  ]);
  const between = await run("diff", "company.yaml");
  expect(between.stdout).toContain(`${enterprise}:manager is not set, should be "grace@example.com"\n`);
  expect((await run("resync", "--all", "--yes", "--from", "company.yaml")).status).toBe(0);
  expect((await run("diff", "company.yaml")).status).toBe(0);
});

test("an attribute that the target keeps for one account and lacks for another is a difference", async () => {
  const fixture = `idp: entra
app: { users: { mappings: { ${docker}: extensionAttribute3 } } }
users:
  - { mail: ada@example.com, displayName: Ada, assigned: true, profile: { extensionAttribute3: editor } }
  - { mail: grace@example.com, displayName: Grace, assigned: true, profile: { extensionAttribute3: owner } }
`;
  const cwd = await tempFolder({ "company.yaml": fixture });
  const astro = await startWatchedAstro({
    fixture,
    after: (_, answer) => {
      if (!answer.body.includes("ada@example.com")) return answer;
      const list = JSON.parse(answer.body);
      for (const user of list.Resources ?? [list]) {
        if (user.userName === "ada@example.com") user[dockerUrn] = { dockerRole: "editor" };
      }
      const headers = Object.entries(answer.headers).filter(([name]) => name !== "content-length");
      return { ...answer, headers: Object.fromEntries(headers), body: JSON.stringify(list) };
    },
  });
  const run = (...words: string[]): Promise<CommandResult> =>
    runCommand([...words, ...astro.target], { cwd });
  await run("simulate", "entra", "company.yaml");
  const { status, stdout } = await run("diff", "company.yaml");
  expect([status, stdout]).toEqual([2, expect.stringContaining(`grace@example.com  ${docker} is not set`)]);
});

test("without /Schemas nothing says that the target does not keep an attribute: it is a difference", async () => {
  const fixture = `idp: entra
app: { users: { mappings: { ${docker}: extensionAttribute3 } } }
users: [{ mail: ada@example.com, displayName: Ada, assigned: true, profile: { extensionAttribute3: editor } }]
`;
  const cwd = await tempFolder({ "company.yaml": fixture });
  const astro = await startWatchedAstro({
    fixture,
    before: ({ path }) => (path.startsWith("/Schemas") ? 404 : undefined),
  });
  const run = (...words: string[]): Promise<CommandResult> =>
    runCommand([...words, ...astro.target], { cwd });
  await run("simulate", "entra", "company.yaml");
  expect((await run("diff", "company.yaml")).status).toBe(2);
});

test("fixture validate warns of an attribute that the local Astro does not keep, once", async () => {
  const cwd = await tempFolder({
    "entra.yaml": `idp: entra
app: { users: { mappings: { ${docker}: extensionAttribute3 } } }
users:
  - { mail: ada@example.com, displayName: Ada, assigned: true, profile: { extensionAttribute3: editor } }
  - { mail: grace@example.com, displayName: Grace, assigned: true, profile: { extensionAttribute3: owner } }
`,
  });
  const { status, stdout } = await runCommand(["fixture", "validate", "entra.yaml", "--json"], { cwd });
  expect(status).toBe(0);
  const warnings = JSON.parse(stdout).files[0].warnings;
  expect(warnings.filter(({ code }: { code: string }) => code === "not-kept")).toEqual([
    { code: "not-kept", step: null, sentence: expect.stringContaining(docker) },
  ]);
});

/** Everything that it holds of accounts, but for when it was written. */
async function contentOf(astro: WatchedAstro): Promise<unknown> {
  const { Resources } = (await astro.behind.get("/Users")).body;
  return Resources.map((user: Record<string, unknown>) => ({ ...user, meta: undefined }));
}

test("a rehearsal that failed does not say that Astro matches the directory, in any format", async () => {
  const cwd = await tempFolder({
    "company.yaml": `idp: okta
users: [{ email: ada@example.com, firstName: Ada, lastName: King }]
timeline:
  - { name: nothing happens, do: [{ update: { user: ada@example.com, set: { displayName: Ada } } }], expect: { users: { ada@example.com: { active: false } } } }
`,
  });
  for (const format of ["text", "markdown", "junit"]) {
    const { status, stdout } = await runCommand(["simulate", "okta", "company.yaml", "-o", format], { cwd });
    expect(status).toBe(1);
    expect(stdout).not.toContain("Astro matches the directory");
  }
  const { stdout } = await runCommand(["simulate", "okta", "company.yaml"], { cwd });
  expect(stdout).toContain(
    "The rehearsal failed; the comparison at its end (1 active user and 0 Teams) found no further fault.\n",
  );
});
