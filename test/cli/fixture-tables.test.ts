/** Fixtures whose users, groups and memberships are in files beside them. */

import { chmod, symlink, truncate, writeFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fakeIo } from "../support/fake-io.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const people = {
  okta: "email,firstName,lastName,profile.department\nada@example.com,Ada,Lovelace,R&D\ngrace@example.com,Grace,Hopper,\n",
  entra: "mail,displayName,department\nada@example.com,Ada Lovelace,R&D\ngrace@example.com,Grace Hopper,\n",
};
const groups = { okta: "name,push\nteam,true\n", entra: "name,assign\nteam,true\n" };
const memberships = "group,user\nteam,ada@example.com\nTeam,GRACE@example.com\n";

const timeline = `timeline:
  - name: Grace leaves the Team
    do: [{ remove: { user: grace@example.com, from: team } }]
    expect: { teams: { team: [ada@example.com] } }
`;

const inFiles = (idp: string, where = "") => `idp: ${idp}
users: { file: ${where}people.csv }
groups: { file: ${where}groups.csv }
memberships: { file: ${where}memberships.csv }
${timeline}`;

const inline = {
  okta: `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace, profile: { department: R&D } }
  - { email: grace@example.com, firstName: Grace, lastName: Hopper }
groups: [{ name: team, push: true, members: [ada@example.com, grace@example.com] }]
${timeline}`,
  entra: `idp: entra
users:
  - { mail: ada@example.com, displayName: Ada Lovelace, department: R&D }
  - { mail: grace@example.com, displayName: Grace Hopper }
groups: [{ name: team, assign: true, members: [ada@example.com, grace@example.com] }]
${timeline}`,
};

const folderOf = (idp: "okta" | "entra", more: Readonly<Record<string, string>> = {}) =>
  tempFolder({
    "f.yaml": inFiles(idp),
    "people.csv": people[idp],
    "groups.csv": groups[idp],
    "memberships.csv": memberships,
    ...more,
  });

describe.each(["okta", "entra"] as const)("a fixture of %s in files", (idp) => {
  test("is rehearsed request by request as one in a single file", async () => {
    const cwd = await folderOf(idp);
    const apart = await runCommand(["simulate", idp, "f.yaml", "-v"], { cwd, seed: 7 });
    await writeFile(join(cwd, "f.yaml"), inline[idp]);
    const whole = await runCommand(["simulate", idp, "f.yaml", "-v"], { cwd, seed: 7 });
    expect(apart).toEqual(whole);
    expect(apart.status).toBe(0);
  });

  test("is compared, served and validated from another folder", async () => {
    const cwd = await tempFolder({
      "sub/f.yaml": inFiles(idp, "data/"),
      "sub/data/people.csv": people[idp],
      "sub/data/groups.csv": groups[idp],
      "sub/data/memberships.csv": memberships,
    });
    const { status, stdout } = await runCommand(["fixture", "validate", "sub/f.yaml"], { cwd });
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining("2 users") });
    const compared = await runCommand(["diff", "sub/f.yaml"], { cwd });
    expect(compared.stdout).toContain("ada@example.com");
  });
});

describe("what is wrong in a table", () => {
  const broken = {
    "people.csv": "email,status\nada@example.com,actve\nada@example.com,\n",
    "memberships.csv": "group,user\nteam,ada@example.com\ntaem,ada@example.com\nteam,eda@example.com\n",
  };

  test("is told with file, line and cell", async () => {
    const cwd = await folderOf("okta", broken);
    const { status, stderr } = await runCommand(["fixture", "validate", "f.yaml"], { cwd });
    expect(status).toBe(64);
    expect(stderr).toContain(
      'people.csv:2:17: "status" cannot be "actve". Did you mean "active"?\n    2 | ada@example.com,actve\n',
    );
    expect(stderr).toContain('memberships.csv:3:1: The fixture has no group "taem". Did you mean "team"?\n');
    expect(stderr).toContain(
      'memberships.csv:4:6: The fixture has no user "eda@example.com". Did you mean "ada@example.com"?\n',
    );
  });

  test("names the file of each mistake in JSON", async () => {
    const cwd = await folderOf("okta", broken);
    const { stdout } = await runCommand(["fixture", "validate", "f.yaml", "--json"], { cwd });
    const [file] = JSON.parse(stdout).files;
    expect(file.errors.map(({ place }: { place: unknown }) => place)).toContainEqual({
      file: "people.csv",
      line: 2,
      column: 17,
    });
  });

  test("marks the line of the table in a pull request", async () => {
    const cwd = await tempFolder({
      "sub/f.yaml": inFiles("okta"),
      "sub/people.csv": broken["people.csv"],
      "sub/groups.csv": groups.okta,
      "sub/memberships.csv": memberships,
    });
    const { stdout } = await runCommand(["fixture", "validate", "sub/f.yaml", "-o", "github"], { cwd });
    expect(stdout).toContain("::error file=sub/people.csv,line=2,col=17,");
  });

  test.each([
    ["an unknown column", { "people.csv": "email,name\na@example.com,A\n" }, "people.csv:1:7"],
    ["an open quote", { "people.csv": 'email\n"a@example.com\n' }, "people.csv:2:1"],
    ["no rows", { "groups.csv": "name,push\n" }, "groups.csv:1:1"],
    ["nothing at all", { "memberships.csv": "" }, "memberships.csv:1:1"],
    ["an unnamed member", { "memberships.csv": "group,user\nteam,\n" }, "memberships.csv:2:6"],
  ])("%s is refused by every command", async (_, files, place) => {
    const cwd = await folderOf("okta", files);
    for (const command of [["fixture", "validate"], ["simulate", "okta"], ["diff"]]) {
      const { status, stderr } = await runCommand([...command, "f.yaml"], { cwd });
      expect({ status, stderr }).toMatchObject({ status: 64, stderr: expect.stringContaining(place) });
    }
  });

  test.each([
    ["bytes that are no UTF-8", Buffer.from("email\nf\u00fc@example.com\n", "latin1"), "is not UTF-8 text"],
    ["UTF-16", Buffer.from("\uFEFFemail\nada@example.com\n", "utf16le"), "is not UTF-8 text"],
  ])("%s are refused", async (_, bytes, said) => {
    const cwd = await folderOf("okta");
    await writeFile(join(cwd, "people.csv"), bytes);
    const { status, stderr } = await runCommand(["fixture", "validate", "f.yaml"], { cwd });
    expect({ status, stderr }).toMatchObject({ status: 64, stderr: expect.stringContaining(said) });
  });

  test("a table that is too large is refused before it is read", async () => {
    const cwd = await folderOf("okta");
    await truncate(join(cwd, "people.csv"), 257 * 1024 * 1024);
    const { status, stderr } = await runCommand(["fixture", "validate", "f.yaml"], { cwd });
    expect({ status, stderr }).toMatchObject({
      status: 64,
      stderr: expect.stringContaining("A table may have up to 256 MiB."),
    });
  });

  test("a table that is written while it is read is refused", async () => {
    const cwd = await folderOf("okta");
    const io = fakeIo({ cwd });
    const open: typeof io.disk.open = async (path, how) => {
      const handle = await io.disk.open(path, how);
      if (!path.endsWith("people.csv")) return handle;
      const read: typeof handle.read = async (...into) => {
        await writeFile(path, `${people.okta}eve@example.com,Eve,Late,\n`);
        return handle.read(...into);
      };
      return Object.assign(Object.create(handle), {
        stat: () => handle.stat(),
        close: () => handle.close(),
        read,
      });
    };
    const changing = { ...io, disk: { ...io.disk, open } };
    const { status, stderr } = await runCommand(["fixture", "validate", "f.yaml"], { io: changing });
    expect({ status, stderr }).toMatchObject({
      status: 64,
      stderr: expect.stringContaining("it changed while it was being read"),
    });
  });
});

describe("which files a fixture may name", () => {
  test.each([
    ["../people.csv", "cannot leave the fixture's folder"],
    ["a/../../people.csv", "cannot leave the fixture's folder"],
    ["/etc/people.csv", "must be a relative path"],
    ["C:/people.csv", "must be a relative path"],
    ["'..\\people.csv'", "must separate folders with /"],
    ["people.xlsx", "must end with .csv, .ndjson or .jsonl"],
    ["''", "is empty"],
    ["nobody.csv", "there is no such file"],
    ["folder.csv", "it is a folder"],
  ])("not %s", async (name, said) => {
    const cwd = await tempFolder({ "f.yaml": `idp: okta\nusers: { file: ${name} }\n`, "folder.csv/x": "" });
    const { status, stderr } = await runCommand(["fixture", "validate", "f.yaml"], { cwd });
    expect(status).toBe(64);
    expect(stderr).toContain(said);
    expect(stderr).toContain("f.yaml:2:");
  });

  test("no link that leaves the folder, also by way of a folder; a link within it may", async () => {
    const elsewhere = await tempFolder({ "secret.csv": "email\nroot@example.com\n" });
    const cwd = await tempFolder({
      "f.yaml": "idp: okta\nusers: { file: people.csv }\n",
      "g.yaml": "idp: okta\nusers: { file: way/secret.csv }\n",
      "h.yaml": "idp: okta\nusers: { file: same.csv }\n",
      "real.csv": "email\nada@example.com\n",
    });
    await symlink(join(elsewhere, "secret.csv"), join(cwd, "people.csv"));
    await symlink(elsewhere, join(cwd, "way"));
    await symlink("real.csv", join(cwd, "same.csv"));
    for (const file of ["f.yaml", "g.yaml"]) {
      const { status, stderr } = await runCommand(["fixture", "validate", file], { cwd });
      expect(status).toBe(64);
      expect(stderr).toContain("leaves the fixture's folder");
      expect(stderr).not.toContain("root@");
    }
    expect(await runCommand(["fixture", "validate", "h.yaml"], { cwd })).toMatchObject({ status: 0 });
  });

  test.skipIf(process.getuid?.() === 0)("one that may not be read is named", async () => {
    const cwd = await folderOf("okta");
    await chmod(join(cwd, "people.csv"), 0);
    const { stderr } = await runCommand(["fixture", "validate", "f.yaml"], { cwd });
    expect(stderr).toContain("permission denied");
  });

  test("a mistyped key of it has a hint", async () => {
    const cwd = await tempFolder({ "f.yaml": "idp: okta\nusers: { flie: people.csv }\n" });
    const { stderr } = await runCommand(["fixture", "validate", "f.yaml"], { cwd });
    expect(stderr).toContain('Did you mean "file"?');
  });
});

test.each([
  ["simulate", ["simulate", "okta", "f.yaml", "--trace", "people.csv"]],
  ["diff", ["diff", "f.yaml", "--trace", "memberships.csv"]],
  ["serve", ["serve", "f.yaml", "--port", "0", "--record", "groups.csv"]],
])("%s writes no trace over a table", async (_, argv) => {
  const cwd = await folderOf("okta");
  const { status, stderr } = await runCommand(argv, { cwd });
  expect({ status, stderr }).toMatchObject({
    status: 64,
    stderr: expect.stringContaining("would overwrite the fixture's table"),
  });
  expect(await readFile(join(cwd, "people.csv"), "utf8")).toBe(people.okta);
});

describe("while much is read", () => {
  const rows = Array.from({ length: 45_000 }, (_, index) => `u${index}@example.com,true\n`);
  const large = {
    "f.yaml": "idp: okta\nusers: { file: people.csv }\n",
    "people.csv": `email,assigned\n${rows.join("")}`,
  };

  test("a terminal shows the file and its rows, and that it is checked", async () => {
    const cwd = await tempFolder(large);
    const { status, stderr } = await runCommand(["fixture", "validate", "f.yaml"], { cwd, isTTY: true });
    expect(status).toBe(0);
    expect(stderr).toContain("reading people.csv");
    expect(stderr).toContain("checking f.yaml");
  });

  test("elsewhere it is one line for each file, and none with --quiet", async () => {
    const cwd = await tempFolder(large);
    const told = await runCommand(["fixture", "validate", "f.yaml"], { cwd });
    expect(told.stderr).toBe("Reading people.csv\n");
    const long = `# ${"x".repeat(300_000)}\nidp: okta\nusers: [{ email: ada@example.com }]\n`;
    await writeFile(join(cwd, "long.yaml"), long);
    const yaml = await runCommand(["diff", "long.yaml"], { cwd });
    expect(yaml.stderr).toMatch(/^Reading long.yaml\n/);
    expect((await runCommand(["diff", "long.yaml", "--quiet"], { cwd })).stderr).toBe("");
  });

  test("nothing is said of what is small", async () => {
    const cwd = await folderOf("okta");
    const shown = await runCommand(["fixture", "validate", "f.yaml"], { cwd, isTTY: true });
    expect(shown.stderr).toBe("");
  });
});
