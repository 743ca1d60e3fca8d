/** The commands that start, check and make up fixtures. */

import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { editorSchema } from "../../src/assembly/files/editor-schema.ts";
import { fixtureJsonSchema } from "../../src/fixture/schema/json-schema.ts";
import { fakeIo } from "../support/fake-io.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { terminal } from "../support/terminal.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));

describe("fixture generate", () => {
  test.each([
    ["okta", "12", "5"],
    ["okta", "8", "0"],
    ["entra", "12", "5"],
    ["entra", "8", "0"],
  ])(
    "what it makes up for %s ends a rehearsal as expected: %s users, %s groups",
    async (idp, users, groups) => {
      const cwd = await tempFolder();
      const size = ["--users", users, "--groups", groups, "--steps", "5", "--churn", "25", "--seed", "11"];
      const made = await runCommand(["fixture", "generate", "--idp", idp, ...size, "--out", "made.yaml"], {
        cwd,
      });
      expect(made).toMatchObject({ status: 0, stderr: "" });
      expect(made.stdout).toContain(`Next: astro-scim simulate ${idp} made.yaml\n`);
      const { status, stdout } = await runCommand(["simulate", idp, "made.yaml"], { cwd });
      expect({ status, shown: status === 0 ? "" : stdout }).toEqual({ status: 0, shown: "" });
    },
  );

  test("without --out the file is on standard output, the same each time, and nothing else is", async () => {
    const argv = ["fixture", "generate", "--idp", "okta", "--users", "5", "--groups", "3"];
    const [one, other] = [await runCommand(argv), await runCommand(argv)];
    expect(one).toEqual({ status: 0, stdout: other.stdout, stderr: "" });
    // Nobody knows where it will be, and where the schema is from there.
    expect(one.stdout).not.toContain("yaml-language-server");
    const { stdout } = await runCommand(["fixture", "generate", "--idp", "okta", "--seed", "2"]);
    expect(stdout).not.toBe(one.stdout);
  });

  describe.each(["okta", "entra"])("of more people than one file should hold, for %s", (idp) => {
    const size = ["--users", "2001", "--groups", "4", "--steps", "1", "--churn", "1"];
    const argv = ["fixture", "generate", "--idp", idp, ...size];
    const tables = ["made.groups.csv", "made.memberships.csv", "made.people.csv"];

    test("is written with tables, which the next command that it names is for", async () => {
      const cwd = await tempFolder({ "sub/x": "" });
      const made = await runCommand([...argv, "--out", "sub/made.yaml"], { cwd });
      expect(made).toMatchObject({ status: 0, stderr: "" });
      expect((await readdir(join(cwd, "sub"))).toSorted()).toEqual([...tables, "made.yaml", "x"]);
      const [, next = ""] = /^Next: astro-scim (.*)$/m.exec(made.stdout) ?? [];
      expect(next).toBe(`simulate ${idp} sub/made.yaml`);
      const checked = await runCommand(["fixture", "validate", "sub/made.yaml"], { cwd });
      expect(checked).toMatchObject({ status: 0, stdout: expect.stringContaining("2,001 users") });
    });

    test("is refused on standard output", async () => {
      const { status, stdout, stderr } = await runCommand(argv);
      expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
      expect(stderr).toContain("A company of 2,001 users needs several files; nothing was written.");
      expect(stderr).toContain("Add --out my-company.yaml");
    });

    test.each([...tables, "made.yaml"])(
      "is not written where %s is there, except with --force",
      async (there) => {
        const cwd = await tempFolder({ [there]: "mine" });
        const refused = await runCommand([...argv, "--out", "made.yaml"], { cwd });
        expect(refused).toMatchObject({
          status: expect.any(Number),
          stderr: expect.stringContaining(`${there} already exists; nothing was written.`),
        });
        expect(refused.status).not.toBe(0);
        expect(await readdir(cwd)).toEqual([there]);
        expect(await runCommand([...argv, "--out", "made.yaml", "--force"], { cwd })).toMatchObject({
          status: 0,
        });
        expect(await readFile(join(cwd, there), "utf8")).not.toBe("mine");
      },
    );
  });

  test("a file that appears while several are written is kept, and the others are taken back", async () => {
    const cwd = await tempFolder();
    const io = fakeIo({ cwd });
    const link: typeof io.disk.link = async (from, to) => {
      if (to.endsWith("made.yaml")) await writeFile(to, "mine");
      return io.disk.link(from, to);
    };
    const argv = [
      "fixture",
      "generate",
      "--idp",
      "okta",
      "--users",
      "2001",
      "--steps",
      "0",
      "--out",
      "made.yaml",
    ];
    const { status, stderr } = await runCommand(argv, { io: { ...io, disk: { ...io.disk, link } } });
    expect(status).not.toBe(0);
    expect(stderr).toContain("made.yaml already exists; nothing was written.");
    expect(await readdir(cwd)).toEqual(["made.yaml"]);
    expect(await readFile(join(cwd, "made.yaml"), "utf8")).toBe("mine");
  });

  test.each([
    ["sure from the numbers", ["--users", "100000", "--steps", "260", "--churn", "100"]],
    ["seen from the text", ["--users", "2000", "--groups", "4", "--steps", "14", "--churn", "60"]],
  ])("a timeline that no command would read is refused: %s", async (_, size) => {
    const cwd = await tempFolder();
    const argv = ["fixture", "generate", "--idp", "okta", ...size, "--out", "made.yaml"];
    const { status, stderr } = await runCommand(argv, { cwd });
    expect(status).toBe(64);
    expect(stderr).toContain("is too large: the YAML file may have 4 MiB.");
    expect(await readdir(cwd)).toEqual([]);
  });

  test.each([
    ["an identity provider is missing", [], "--idp"],
    ["a number out of range", ["--idp", "okta", "--churn", "101"], "from 0 to 100"],
    ["no users", ["--idp", "okta", "--users", "0"], "from 1 to"],
  ])("wrong usage is 64: %s", async (_, flags, said) => {
    const { status, stderr } = await runCommand(["fixture", "generate", ...flags]);
    expect(status).toBe(64);
    expect(stderr).toContain(said);
  });
});

describe("fixture new", () => {
  test.each([
    ["okta", "manual"],
    ["okta", "catalog"],
    ["okta", "wizard"],
    ["entra", "non-gallery"],
    ["entra", "gallery"],
  ])(
    "what it writes for %s, %s, is valid without a warning, and ends a rehearsal as expected",
    async (idp, integration) => {
      const cwd = await tempFolder();
      const flags = [
        "--idp",
        idp,
        "--integration",
        integration,
        "--domain",
        "astro.example",
        "--with-timeline",
      ];
      const made = await runCommand(["fixture", "new", "mine.yaml", ...flags], { cwd });
      expect(made).toMatchObject({ status: 0, stderr: "" });
      expect(made.stdout).toContain(`Next: astro-scim simulate ${idp} mine.yaml\n`);
      const checked = await runCommand(["fixture", "validate", "mine.yaml"], { cwd });
      expect(checked.status).toBe(0);
      expect(checked.stdout).not.toContain("!");
      expect(checked.stdout).toContain("2 steps");
      expect((await runCommand(["simulate", idp, "mine.yaml"], { cwd })).status).toBe(0);
    },
  );

  test("with --assigned-before somebody waits for Provision User, and the rehearsal ends as expected", async () => {
    const cwd = await tempFolder();
    const argv = ["fixture", "new", "mine.yaml", "--idp", "okta", "--assigned-before"];
    expect(await runCommand(argv, { cwd })).toMatchObject({ status: 0 });
    const checked = await runCommand(["fixture", "validate", "mine.yaml"], { cwd });
    expect(checked.status).toBe(0);
    expect(checked.stdout).toContain("1 user was assigned before Provisioning was switched on");
    expect((await runCommand(["simulate", "okta", "mine.yaml"], { cwd })).status).toBe(0);
  });

  /** Where an editor looks: from the fixture, whatever the working folder is. */
  describe("the schema that it names is there", () => {
    const schemaOf = async (file: string): Promise<unknown> => {
      const [, reference = ""] =
        /^# yaml-language-server: \$schema=(\S+)$/m.exec(await readFile(file, "utf8")) ?? [];
      expect(isAbsolute(reference)).toBe(false);
      return JSON.parse(await readFile(resolve(dirname(file), reference), "utf8"));
    };
    const ofProject = "node_modules/astro-scim/dist/fixture/fixture.schema.json";

    test.each([
      ["in the folder of the project", "mine.yaml", "", `./${ofProject}`],
      ["below it", "a/b/mine.yaml", "", `../../${ofProject}`],
      ["as named from another folder", "../a/b/mine.yaml", "elsewhere", `../../${ofProject}`],
    ])("of a project that has the package: %s", async (_where, file, from, reference) => {
      const folder = await tempFolder({
        "a/b/x": "",
        "elsewhere/x": "",
        [ofProject]: '{"of": "the project"}',
      });
      for (const command of [
        ["new", file],
        ["generate", "--out", file, "--force"],
      ]) {
        const cwd = join(folder, from);
        const { stdout } = await runCommand(["fixture", ...command, "--idp", "okta"], { cwd });
        expect(stdout).not.toContain("schema");
        expect(await readFile(join(cwd, file), "utf8")).toContain(`$schema=${reference}\n`);
        expect(await schemaOf(join(cwd, file))).toEqual({ of: "the project" });
      }
    });

    test("in a clone", async () => {
      const { reference } = await editorSchema(fakeIo({ cwd: repository }), "fixtures/okta/mine.yaml");
      const isBuilt = existsSync(join(repository, "dist/fixture/fixture.schema.json"));
      expect(reference).toBe(
        isBuilt ? "../../dist/fixture/fixture.schema.json" : "./astro-scim-fixture.schema.json",
      );
    });

    test("elsewhere it is written beside, and replaced the next time; that is said", async () => {
      const cwd = await tempFolder({ "sub/astro-scim-fixture.schema.json": "of an older version" });
      const { stdout } = await runCommand(["fixture", "new", "sub/mine.yaml", "--idp", "entra"], { cwd });
      expect(stdout).toContain(
        "\n  with sub/astro-scim-fixture.schema.json, for completion and checks in your editor\n",
      );
      expect(await schemaOf(join(cwd, "sub/mine.yaml"))).toEqual(fixtureJsonSchema());
      const other = await runCommand(["fixture", "new", "sub/other.yaml", "--idp", "okta"], { cwd });
      expect(other.status).toBe(0);
    });

    test("nothing is written where the fixture cannot be; the message names the fixture", async () => {
      const cwd = await tempFolder({ "sub/x": "" });
      const { status, stderr } = await runCommand(["fixture", "new", "nowhere/mine.yaml", "--idp", "okta"], {
        cwd,
      });
      expect({ status, stderr }).toMatchObject({
        status: 1,
        stderr: expect.stringContaining(
          "Error: nowhere/mine.yaml cannot be written: there is no such folder.",
        ),
      });
      expect(await readdir(cwd)).toEqual(["sub"]);
    });

    test("generate writes none beside, and names none then", async () => {
      const cwd = await tempFolder();
      await runCommand(["fixture", "generate", "--idp", "okta", "--out", "made.yaml"], { cwd });
      expect(await readdir(cwd)).toEqual(["made.yaml"]);
      expect(await readFile(join(cwd, "made.yaml"), "utf8")).not.toContain("$schema");
    });
  });

  /** Each default as the help promises it, and the options that say the same. */
  describe.each<readonly [idp: string, file: string, integration: string, others: readonly string[]]>([
    ["okta", "okta.yaml", "manual", ["--no-assigned-before"]],
    ["entra", "entra.yaml", "non-gallery", []],
  ])("--yes with --idp %s", (idp, file, integration, others) => {
    const explicit = [
      ["the name of the file", [file]],
      ["--integration", ["--integration", integration]],
      ["--domain", ["--domain", "example.com"]],
      ["--with-timeline", ["--with-timeline"]],
      ...others.map((option) => [option, [option]] as const),
    ] as const;

    test.each(explicit)("takes the default of %s", async (_what, words) => {
      const [one, other] = [await tempFolder(), await tempFolder()];
      // At a terminal: it must not ask.
      const io = fakeIo({ cwd: one, isTTY: true });
      expect(await runCommand(["fixture", "new", "--idp", idp, "--yes"], { io })).toMatchObject({
        status: 0,
      });
      await runCommand(["fixture", "new", "--idp", idp, "--yes", ...words], { cwd: other });
      const text = await readFile(join(one, file), "utf8");
      expect(text).toBe(await readFile(join(other, file), "utf8"));
      expect(text).not.toMatch(/^organization:/m);
    });

    test("the help promises them", async () => {
      const { stdout } = await runCommand(["fixture", "new", "--help"]);
      const help = stdout.replaceAll(/\s+/g, " ");
      for (const promise of [
        "(default: okta.yaml or entra.yaml)",
        `${integration} (default)`,
        "(default: example.com)",
        "--no-assigned-before Okta: no user was assigned before (default)",
        "with expectations (default)",
        "(default: the example in Astro's documentation)",
      ]) {
        expect(help).toContain(promise);
      }
    });
  });

  test.each([
    [["--yes"], "--idp is required with --yes."],
    [[], "--idp is required when not on a terminal."],
  ])("--idp has no default: %j", async (words, message) => {
    const cwd = await tempFolder();
    const { status, stderr } = await runCommand(["fixture", "new", ...words], { cwd });
    expect(stderr).toContain(
      `Error: ${message}\nAdd --idp okta or --idp entra; all other options have defaults. Nothing was written.\n`,
    );
    expect(status).toBe(64);
    expect(await readdir(cwd)).toEqual([]);
  });

  describe.each(["okta", "entra"])("with users and groups of one's own, for %s", (idp) => {
    const own = [
      [
        "--user",
        "Ada King <ada@corp.example>",
        "--group",
        "data: ADA@corp.example, grace.hopper@corp.example",
      ],
      ["--group", "on-call: mary@corp.example", "--group", "empty"],
    ].flat();

    test.each([[[]], [["--no-with-timeline"]], [idp === "okta" ? ["--assigned-before"] : []]])(
      "it is valid and ends a rehearsal as expected: %j",
      async (flags) => {
        const cwd = await tempFolder();
        const argv = ["fixture", "new", "mine.yaml", "--idp", idp, ...own, ...flags, "--yes"];
        const made = await runCommand(argv, { cwd });
        expect(made).toMatchObject({ status: 0, stderr: "" });
        expect(made.stdout).toContain("Wrote mine.yaml with 3 users and 3 groups.\n");
        expect((await runCommand(["fixture", "validate", "mine.yaml"], { cwd })).status).toBe(0);
        const { status, stdout } = await runCommand(["simulate", idp, "mine.yaml"], { cwd });
        expect({ status, shown: status === 0 ? "" : stdout }).toEqual({ status: 0, shown: "" });
      },
    );

    test("each user is there once, with a name where one is known", async () => {
      const cwd = await tempFolder();
      await runCommand(["fixture", "new", "mine.yaml", "--idp", idp, ...own, "--yes"], { cwd });
      const text = await readFile(join(cwd, "mine.yaml"), "utf8");
      expect(text.match(/displayName: (?:Ada King|Grace Hopper|Mary)\b/g)).toHaveLength(3);
      expect(text).toContain("members: [ada@corp.example, grace.hopper@corp.example]");
      expect(text).toContain("email: root@corp.example");
    });
  });

  test("nobody is asked where there is no terminal, and everything but --idp has a default", async () => {
    const cwd = await tempFolder();
    expect(
      await runCommand(["fixture", "new", "--idp", "entra", "--no-with-timeline"], { cwd }),
    ).toMatchObject({ status: 0 });
    const text = await readFile(join(cwd, "entra.yaml"), "utf8");
    expect(text).toContain("integration: non-gallery");
    expect(text).toContain("ada@example.com");
    expect(text).not.toContain("\ntimeline:");
  });

  test("without --idp and without a terminal nothing is written, and what to add is said", async () => {
    const cwd = await tempFolder();
    const { status, stderr, stdout } = await runCommand(["fixture", "new", "mine.yaml"], { cwd });
    expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
    expect(stderr).toContain("Add --idp okta or --idp entra");
    expect(await readdir(cwd)).toEqual([]);
  });

  test.each([
    [
      "an integration of the other provider",
      ["--idp", "okta", "--integration", "gallery"],
      "does not exist for --idp okta",
    ],
    [
      "what only Okta has",
      ["--integration", "gallery", "--assigned-before"],
      "--assigned-before does not exist for --idp entra",
    ],
    ["no organization ID", ["--idp", "okta", "--organization", "acme"], "is not an organization ID"],
    ["no domain", ["--idp", "okta", "--domain", "a b"], "is not a domain"],
    ["a user without an address", ["--idp", "okta", "--user", "Ada"], '"Ada" is not an e-mail address.'],
    ["a member without one", ["--idp", "okta", "--group", "data: ada"], '"ada" is not an e-mail address.'],
    ["a group without a name", ["--idp", "okta", "--group", ": a@b.c"], "is empty"],
    ["a group twice", ["--idp", "okta", "--group", "A: a@b.c", "--group", "a: a@b.c"], "is given twice"],
    ["groups and nobody", ["--idp", "okta", "--group", "data:"], "no user is given"],
  ])("wrong usage is 64: %s", async (_, flags, said) => {
    const cwd = await tempFolder();
    const { status, stderr } = await runCommand(["fixture", "new", "mine.yaml", ...flags], { cwd });
    expect(status).toBe(64);
    expect(stderr).toContain(said);
    expect(await readdir(cwd)).toEqual([]);
  });

  describe("at a terminal", () => {
    const organization = "cm2v7q0x4000108l5hk3e9wzt";
    const down = "\u001B[B";

    test("asks for another name where the file exists; the answers are kept", async () => {
      const cwd = await tempFolder();
      await writeFile(join(cwd, "okta.yaml"), "mine");
      const flags = ["--idp", "okta", "--integration", "manual", "--organization", organization];
      const given = [...flags, "--domain", "corp.example", "--no-assigned-before", "--no-with-timeline"];
      const io = terminal(
        [
          { question: "File to write", keys: "\r" },
          { question: "exists already. Enter another name.", keys: "2.yaml\r" },
        ],
        { cwd },
      );
      const { status } = await runCommand(["fixture", "new", ...given], { io });
      expect({ status, text: await readFile(join(cwd, "okta.yaml"), "utf8") }).toEqual({
        status: 0,
        text: "mine",
      });
      expect(await readFile(join(cwd, "2.yaml"), "utf8")).toContain("corp.example");
    });

    test("asks for everything, and writes what was answered", async () => {
      const cwd = await tempFolder();
      const io = terminal(
        [
          { question: "Which identity provider?", keys: `${down}\r` },
          { question: "Which type of Astro app?", keys: `${down}\r` },
          { question: "organization ID", keys: `${organization}\r` },
          { question: "E-mail addresses of some users", keys: "\r" },
          { question: "Domain", keys: "corp.example\r" },
          { question: "timeline", keys: "n\r" },
          { question: "File to write", keys: "mine.yaml\r" },
        ],
        { cwd },
      );
      expect(await runCommand(["fixture", "new"], { io })).toMatchObject({ status: 0 });
      const text = await readFile(join(cwd, "mine.yaml"), "utf8");
      expect(text).toContain("idp: entra\n");
      expect(text).toContain(`organization: ${organization}\n`);
      expect(text).toContain("integration: gallery");
      expect(text).toContain("ada@corp.example");
      expect(text).not.toContain("\ntimeline:");
    });

    test("does not ask for what the flags say; Enter is the default", async () => {
      const cwd = await tempFolder();
      const io = terminal(
        [
          { question: "before Provisioning", keys: "\r" },
          { question: "timeline", keys: "\r" },
        ],
        { cwd },
      );
      const flags = ["--integration", "wizard", "--organization", organization, "--domain", "corp.example"];
      expect(await runCommand(["fixture", "new", "mine.yaml", ...flags], { io })).toMatchObject({
        status: 0,
      });
      const text = await readFile(join(cwd, "mine.yaml"), "utf8");
      expect(text).toContain("\ntimeline:");
      expect(text).not.toContain(", assignment: sso-only");
    });

    test("of Okta it asks whether people were assigned before Provisioning was switched on", async () => {
      const cwd = await tempFolder();
      const io = terminal({ question: "before Provisioning was switched on?", keys: "y\r" }, { cwd });
      const flags = ["--integration", "manual", "--organization", organization, "--domain", "corp.example"];
      const argv = ["fixture", "new", "mine.yaml", ...flags, "--with-timeline"];
      expect(await runCommand(argv, { io })).toMatchObject({ status: 0 });
      const text = await readFile(join(cwd, "mine.yaml"), "utf8");
      expect(text).toContain("displayName: Grace Hopper, assignment: sso-only }");
      expect(text).toContain("- provision: grace@corp.example");
    });

    test("takes users and groups; without members a group has all users", async () => {
      const cwd = await tempFolder();
      const io = terminal(
        [
          { question: "E-mail addresses of some users", keys: "ada@corp.example, grace\r" },
          { question: '"grace" is not an e-mail address', keys: "@corp.example\r" },
          { question: "Name of a group to push", keys: "data\r" },
          { question: "Members of data", keys: "\r" },
          { question: "Name of another group to push", keys: "DATA\r" },
          { question: "is given twice", keys: `${"\u007F".repeat(4)}on-call\r` },
          { question: "Members of on-call", keys: "Mary Jackson <mary@corp.example>\r" },
          { question: "Name of another group to push", keys: "\r" },
        ],
        { cwd },
      );
      const flags = ["--integration", "manual", "--organization", organization, "--no-assigned-before"];
      const argv = ["fixture", "new", "mine.yaml", ...flags, "--with-timeline"];
      expect(await runCommand(argv, { io })).toMatchObject({ status: 0 });
      const text = await readFile(join(cwd, "mine.yaml"), "utf8");
      expect(text).toContain("{ name: data, push: true, members: [ada@corp.example, grace@corp.example] }");
      expect(text).toContain("{ name: on-call, push: true, members: [mary@corp.example] }");
      expect(text).toContain("displayName: Mary Jackson");
      expect((await runCommand(["simulate", "okta", "mine.yaml"], { cwd })).status).toBe(0);
    });

    test("asks again where an answer will not do", async () => {
      const cwd = await tempFolder();
      const io = terminal(
        [
          { question: "organization ID", keys: "acme\r" },
          { question: "is not an organization ID", keys: `${"\u007F".repeat(4)}${organization}\r` },
        ],
        { cwd },
      );
      const flags = [
        "--idp",
        "okta",
        "--integration",
        "manual",
        "--domain",
        "corp.example",
        "--no-assigned-before",
        "--with-timeline",
      ];
      expect(await runCommand(["fixture", "new", "mine.yaml", ...flags], { io })).toMatchObject({
        status: 0,
      });
      expect(await readFile(join(cwd, "mine.yaml"), "utf8")).toContain(`organization: ${organization}\n`);
    });

    test("Ctrl-C at a question writes nothing and is 130", async () => {
      const cwd = await tempFolder();
      const io = terminal({ question: "Which identity provider?", keys: "\u0003" }, { cwd });
      expect((await runCommand(["fixture", "new"], { io })).status).toBe(130);
      expect(await readdir(cwd)).toEqual([]);
    });

    test("--yes asks nothing", async () => {
      const cwd = await tempFolder();
      const io = terminal([], { cwd });
      expect(await runCommand(["fixture", "new", "--idp", "okta", "--yes"], { io })).toMatchObject({
        status: 0,
        stderr: "",
      });
      expect((await readdir(cwd)).toSorted()).toEqual(["astro-scim-fixture.schema.json", "okta.yaml"]);
    });
  });
});

describe.each([
  [
    "fixture new",
    ["fixture", "new", "mine.yaml", "--idp", "okta"],
    ["astro-scim-fixture.schema.json", "mine.yaml"],
  ],
  ["fixture generate", ["fixture", "generate", "--idp", "okta", "--out", "mine.yaml"], ["mine.yaml"]],
])("the file of %s", (_, argv, files) => {
  test("is not written over one that is there", async () => {
    const cwd = await tempFolder({ "mine.yaml": "mine" });
    const { status, stderr } = await runCommand(argv, { cwd });
    expect(status).toBe(5);
    expect(stderr).toContain("mine.yaml already exists; nothing was written.");
    expect(stderr).toContain("--force");
    expect(await readFile(join(cwd, "mine.yaml"), "utf8")).toBe("mine");
  });

  test("is with --force, and nothing else is left beside it", async () => {
    const cwd = await tempFolder({ "mine.yaml": "mine" });
    expect((await runCommand([...argv, "--force"], { cwd })).status).toBe(0);
    expect(await readFile(join(cwd, "mine.yaml"), "utf8")).toContain("idp: okta");
    expect((await readdir(cwd)).toSorted()).toEqual(files);
  });

  test("in a folder that is not there: one sentence, status 1", async () => {
    const cwd = await tempFolder();
    const words = argv.map((word) => (word === "mine.yaml" ? "none/mine.yaml" : word));
    const { status, stderr } = await runCommand(words, { cwd });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Error: none\/mine\.yaml cannot be written: there is no such folder\.\n/);
  });
});

test("a file that came to be there while the questions were asked is kept", async () => {
  const cwd = await tempFolder();
  const meanwhile = async (): Promise<void> => writeFile(join(cwd, "mine.yaml"), "theirs");
  const io = terminal({ question: "timeline", keys: "\r", meanwhile }, { cwd });
  const flags = [
    "--idp",
    "okta",
    "--integration",
    "manual",
    "--domain",
    "a.example",
    "--no-assigned-before",
    "--organization",
    "cm2v7q0x4000108l5hk3e9wzt",
  ];
  expect((await runCommand(["fixture", "new", "mine.yaml", ...flags], { io })).status).toBe(5);
  expect(await readFile(join(cwd, "mine.yaml"), "utf8")).toBe("theirs");
  expect(await readdir(cwd)).toEqual(["mine.yaml"]);
});

describe("fixture validate", () => {
  const right = "idp: okta\nusers: [{ email: ada@example.com, assigned: false }]\n";
  const wrong = "idp: okta\nusers:\n  - { email: ada }\n";
  const miscalled =
    "idp: okta\napp: { mappings: { displayName: nope() } }\nusers: [{ email: ada@example.com }]\n";

  test("a shipped fixture: what is in it, and what to do next", async () => {
    expect(
      await runCommand(["fixture", "validate", "fixtures/okta-small.yaml"], { cwd: await tempFolder() }),
    ).toEqual({
      status: 0,
      stdout:
        "✓ fixtures/okta-small.yaml is valid, Okta: 5 users (4 assigned to the app), 2 groups (2 Teams), " +
        "2 steps (2 with expectations)\nNext: astro-scim simulate okta fixtures/okta-small.yaml\n",
      stderr: "",
    });
  });

  test("warnings leave the status at 0", async () => {
    const cwd = await tempFolder({ "right.yaml": right });
    const { status, stdout } = await runCommand(["fixture", "validate", "right.yaml"], { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain(
      "  ! no user is assigned to the app, so Okta provisions no users at the start.\n",
    );
  });

  test.each([
    ["a mistake, with its place", { "wrong.yaml": wrong }, "wrong.yaml:3:14"],
    ["a mapping that is wrong", { "wrong.yaml": miscalled }, "nope"],
    ["a file that is not there", {}, "there is no such file"],
  ])("%s is 64", async (_, files: Readonly<Record<string, string>>, said) => {
    const cwd = await tempFolder(files);
    const { status, stdout, stderr } = await runCommand(["fixture", "validate", "wrong.yaml"], { cwd });
    expect(status).toBe(64);
    expect(stderr).toContain(said);
    expect(stdout).toBe("Next: astro-scim fixture validate wrong.yaml\n");
  });

  test("the files behind a broken one are checked, too, and all are in the JSON (docs/json.md)", async () => {
    const cwd = await tempFolder({ "right.yaml": right, "wrong.yaml": wrong });
    const { status, stdout } = await runCommand(
      ["fixture", "validate", "wrong.yaml", "right.yaml", "--json"],
      { cwd },
    );
    expect(status).toBe(64);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      status: "invalid",
      files: [
        {
          file: "wrong.yaml",
          status: "invalid",
          error: {
            message: expect.stringContaining("ada"),
            hint: null,
            place: { file: "wrong.yaml", line: 3, column: 14 },
          },
          errors: [
            {
              message: expect.stringContaining("ada"),
              hint: null,
              place: { file: "wrong.yaml", line: 3, column: 14 },
            },
          ],
        },
        {
          file: "right.yaml",
          status: "valid",
          provider: "okta",
          counts: { users: 1, groups: 0, assigned: 0, teams: 0, steps: 0, expectations: 0 },
          warnings: [
            {
              code: "settings",
              step: null,
              sentence: "no user is assigned to the app, so Okta provisions no users at the start.",
            },
          ],
        },
      ],
    });
  });

  const manyMistakes = `idp: okta\nusers:\n${Array.from({ length: 7 }, (_, index) => `  - { emial: user${index}@example.com }\n`).join("")}`;

  test("all mistakes of a file are shown, and are in the JSON with their places (docs/json.md)", async () => {
    const cwd = await tempFolder({ "wrong.yaml": manyMistakes, "gone.yaml/x": "" });
    const { stderr } = await runCommand(["fixture", "validate", "wrong.yaml"], { cwd });
    expect(stderr).toMatch(/^Error: wrong.yaml has 7 mistakes:\n/);
    expect(stderr.match(/Unknown key "emial"\. Did you mean "email"\?/g)).toHaveLength(7);
    const { stdout } = await runCommand(["fixture", "validate", "wrong.yaml", "none.yaml", "--json"], {
      cwd,
    });
    const { files } = JSON.parse(stdout) as { files: readonly { error: object; errors: object[] }[] };
    expect(files[0]?.error).toMatchObject({ place: null });
    expect(files[0]?.errors).toEqual(
      [3, 4, 5, 6, 7, 8, 9].map((line) => ({
        message: 'Unknown key "emial".',
        hint: 'Did you mean "email"?',
        place: { file: "wrong.yaml", line, column: 7 },
      })),
    );
    expect(files[1]?.errors).toEqual([expect.objectContaining({ place: null })]);
  });

  test("-o github annotates each mistake in its line, and each warning at its file", async () => {
    const cwd = await tempFolder({ "a,b.yaml": wrong, "right.yaml": right });
    const { status, stdout } = await runCommand(
      ["fixture", "validate", "a,b.yaml", "right.yaml", "-o", "github"],
      { cwd },
    );
    expect(status).toBe(64);
    expect(stdout.split("\n")).toEqual([
      '::error file=a%2Cb.yaml,line=3,col=14,title=astro-scim fixture validate::"email" is not an e-mail address: "ada".',
      "::warning file=right.yaml,title=astro-scim fixture validate::no user is assigned to the app, so Okta provisions no users at the start.",
      "",
    ]);
  });

  test("a name with control characters cannot move the cursor", async () => {
    const cwd = await tempFolder({
      "f.yaml":
        'idp: okta\nusers: [{ email: a@example.com, assigned: false }]\ngroups: [{ name: "x\\u001b[2J", push: true, members: [a@example.com] }]\n',
    });
    const { stdout } = await runCommand(["fixture", "validate", "f.yaml"], { cwd });
    expect(stdout).toContain("x\\u{1b}[2J");
    expect(stdout).not.toContain("\u001B");
  });
});
