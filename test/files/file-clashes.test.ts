/** A file that a command writes is none that it reads, and none that it writes for something else, whatever it is called. */

import { existsSync, openSync } from "node:fs";
import { link, mkdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { fakeIo } from "../support/fake-io.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

const fixture = await readFile(shippedFixture("okta-small.yaml"), "utf8");
const recording = await readFile(new URL("../replay/tenant.har", import.meta.url), "utf8");

/** Without an operation; of the target of `local`. */
const limit = { planned: 0, total: 0, limit: 3 };
const plan = JSON.stringify({
  schemaVersion: 1,
  kind: "plan",
  savedAt: "2026-01-15T09:00:00.000Z",
  organization: null,
  source: { name: "f.yaml", fingerprint: "" },
  limits: { deletions: limit, removals: limit, renames: limit, allowEmpty: [] },
  plan: {
    schemaVersion: 1,
    target: { kind: "scim", baseUrl: "http://127.0.0.1:1/scim" },
    command: "diff",
    operations: [],
    leftOut: [],
    basis: {
      expectedUsers: 0,
      tolerated: 0,
      expectedTeams: 0,
      heldUsers: 0,
      heldTeams: 0,
      expectedMemberships: 0,
      heldMemberships: 0,
    },
    emptied: [],
    warnings: [],
    attributePaths: [],
    heldIds: { users: [], teams: [] },
    protectedKeys: [],
    responsibleFor: [],
    outside: { users: 0, teams: 0 },
  },
});

/** Every kind of input, and what it is called. */
const inputs = {
  "f.yaml": fixture,
  "token.txt": "secret-token-123",
  "ca.pem": "none",
  "extra.pem": "none",
  "r.har": recording,
  "okta.json": "{}",
  "plan.json": plan,
  "astro-scim.yaml":
    "profiles: { p: { url: 'http://127.0.0.1:1/scim', tokenEnv: T, from: f.yaml, ca: ca.pem } }",
  "home/.config/astro-scim/astro-scim.yaml": "profiles: {}",
  "home/.astro/config.yaml": "context: x",
};
type Input = keyof typeof inputs;

const env = (cwd: string): Record<string, string> => ({
  HOME: join(cwd, "home"),
  T: "secret-token-456",
  NODE_EXTRA_CA_CERTS: "extra.pem",
});

const local = ["--url", "http://127.0.0.1:1/scim", "--token-file", "token.txt"];
const simulate = ["simulate", "okta", "f.yaml"];

/** The command, the option whose file it writes, the input that would be lost, and how it is called. */
const clashes: readonly (readonly [argv: readonly string[], option: string, input: Input, named: RegExp])[] =
  [
    [simulate, "--trace", "f.yaml", /the fixture f\.yaml/],
    [[...simulate, ...local], "--state", "f.yaml", /the fixture f\.yaml/],
    [[...simulate, ...local], "--trace", "token.txt", /the token file token\.txt/],
    [[...simulate, ...local], "--state", "token.txt", /the token file token\.txt/],
    [[...simulate, ...local, "--ca", "ca.pem"], "--trace", "ca.pem", /the certificates of --ca, ca\.pem/],
    [simulate, "--trace", "extra.pem", /the certificates of NODE_EXTRA_CA_CERTS, extra\.pem/],
    [simulate, "--trace", "astro-scim.yaml", /the profiles in astro-scim\.yaml/],
    [
      simulate,
      "--trace",
      "home/.config/astro-scim/astro-scim.yaml",
      /the profiles in home\/\.config\/astro-scim\/astro-scim\.yaml/,
    ],
    [simulate, "--trace", "home/.astro/config.yaml", /the astro CLI's home\/\.astro\/config\.yaml/],
    [["diff", "--profile", "p"], "--trace", "f.yaml", /the fixture f\.yaml/],
    [["diff", "--profile", "p"], "--trace", "ca.pem", /the certificates of the profile, ca\.pem/],
    [["diff", "f.yaml", ...local, "--state", "okta.json"], "--trace", "okta.json", /--state okta\.json/],
    [["preflight", "f.yaml", "--terraform", "plan.json"], "--trace", "plan.json", /--terraform plan\.json/],
    [["resync", "--all", "--yes", "--from", "f.yaml"], "--trace", "f.yaml", /the fixture f\.yaml/],
    [["push-group", "--all", "--yes", "--from", "f.yaml"], "--trace", "f.yaml", /the fixture f\.yaml/],
    [["delete", "--all", "--yes", "--from", "f.yaml"], "--trace", "f.yaml", /the fixture f\.yaml/],
    [["diff", "f.yaml"], "--save", "f.yaml", /the fixture f\.yaml/],
    [["diff", "f.yaml", ...local], "--save", "token.txt", /the token file token\.txt/],
    [["resync", "--all", "--from", "f.yaml"], "--save", "f.yaml", /the fixture f\.yaml/],
    [["apply", "plan.json", "--yes", ...local], "--trace", "plan.json", /the plan plan\.json/],
    [["fixture", "export", "--from", "f.yaml", "--force"], "--out", "f.yaml", /the fixture f\.yaml/],
    [["replay", "r.har"], "--trace", "r.har", /the recording r\.har/],
    [["replay", "r.har", "--from", "f.yaml"], "--trace", "f.yaml", /the fixture f\.yaml/],
    [["users", ...local], "--trace", "token.txt", /the token file token\.txt/],
    [["api", "POST", "/Users", "--yes", "--input", "r.har", ...local], "--trace", "r.har", /--input r\.har/],
    [["serve", "f.yaml", "--port", "0"], "--record", "f.yaml", /the fixture f\.yaml/],
    [["serve", "--port", "0"], "--record", "astro-scim.yaml", /the profiles in astro-scim\.yaml/],
  ];

/** Other names of the same file. */
const namings: readonly (readonly [how: string, name: (cwd: string, input: string) => Promise<string>])[] = [
  ["the same name", async (_cwd, input) => input],
  ["another spelling", async (_cwd, input) => `./home/../${input}`],
  ["its absolute path", async (cwd, input) => join(cwd, input)],
  [
    "a symbolic link",
    async (cwd, input) => {
      await symlink(input, join(cwd, "link"));
      return "link";
    },
  ],
  [
    "a link to a link in a linked folder",
    async (cwd, input) => {
      await symlink(".", join(cwd, "here"));
      await symlink(join("here", input), join(cwd, "one"));
      await symlink("here/one", join(cwd, "two"));
      return "here/two";
    },
  ],
  [
    "a hard link",
    async (cwd, input) => {
      await link(join(cwd, input), join(cwd, "other"));
      return "other";
    },
  ],
];

const cases = clashes.flatMap(([argv, option, input, named]) =>
  namings.map(([how, name]) => ({ command: argv.join(" "), argv, option, input, named, how, name })),
);

describe("an output that names an input is refused, and the input stays as it is", () => {
  test.each(cases)("$command $option $input: $how", async ({ argv, option, input, named, name }) => {
    const cwd = await tempFolder(inputs);
    const written = await name(cwd, input);
    const { status, stdout, stderr } = await runCommand([...argv, option, written], { cwd, env: env(cwd) });
    expect(stderr).toMatch(new RegExp(`^Error: ${option}.* would overwrite ${named.source}\\.$`, "m"));
    expect(stderr).toContain(`Choose another file for ${option}.`);
    expect({ status, stdout }).toMatchObject({ status: 64 });
    expect(await readFile(join(cwd, input), "utf8")).toBe(inputs[input]);
    expect(stdout).not.toContain("listening");
  });

  test("also where one is a link to the other's place, which is not there yet", async () => {
    const cwd = await tempFolder({ "f.yaml": fixture });
    await symlink("okta.json", join(cwd, "t.har"));
    const astro = await startWatchedAstro({ fixture });
    const argv = ["simulate", "okta", "f.yaml", "--trace", "t.har", "--state", "okta.json", ...astro.target];
    const { status, stderr } = await runCommand(argv, { cwd });
    expect(stderr).toMatch(
      /^Error: --state okta\.json and --trace t\.har are the same file: each would overwrite the other\.$/m,
    );
    expect({ status, requests: astro.requests }).toEqual({ status: 64, requests: [] });
    expect(existsSync(join(cwd, "okta.json"))).toBe(false);
  });
});

describe("two outputs that name each other are refused before anything is written", () => {
  test.each([
    ["the same name", "o.json", "o.json"],
    ["another spelling", "o.json", "./x/../o.json"],
    // One file where the system does not tell the two apart, and nobody needs both.
    ["another case", "o.json", "O.JSON"],
    ["another spelling of an accent", "\u00E9.json", "e\u0301.json"],
  ])("%s", async (_how, trace, state) => {
    const cwd = await tempFolder({ "f.yaml": fixture });
    await mkdir(join(cwd, "x"));
    const astro = await startWatchedAstro({ fixture });
    const argv = ["simulate", "okta", "f.yaml", "--trace", trace, "--state", state, ...astro.target];
    const { status, stderr } = await runCommand(argv, { cwd });
    expect(stderr).toMatch(
      /^Error: --state.* and --trace .* are the same file: each would overwrite the other\.$/m,
    );
    expect({ status, requests: astro.requests }).toEqual({ status: 64, requests: [] });
    expect(existsSync(join(cwd, trace)) || existsSync(join(cwd, state))).toBe(false);
  });

  test.each([
    ["simulate --trace", ["simulate", "okta", "f.yaml", "--trace", "out.txt"]],
    ["serve --record", ["serve", "--port", "0", "--record", "out.txt"]],
  ])("%s into the file to which the shell sends standard output", async (_command, argv) => {
    const cwd = await tempFolder({ "f.yaml": fixture, "out.txt": "before" });
    const descriptor = openSync(join(cwd, "out.txt"), "r+");
    const io = fakeIo({ cwd, outputDescriptors: [{ use: "standard output", descriptor }] });
    const { status, stderr } = await runCommand(argv, { io });
    expect(stderr).toMatch(/^Error: --(?:trace|record) out\.txt and standard output are the same file/m);
    expect(status).toBe(64);
    expect(await readFile(join(cwd, "out.txt"), "utf8")).toBe("before");
  });
});

describe("what is not one file is none of it", () => {
  test("files of the same name in two folders, and a copy", async () => {
    const cwd = await tempFolder({ "f.yaml": fixture, "copy.yaml": fixture, "x/f.yaml": "" });
    for (const trace of ["copy.yaml", "x/f.yaml"]) {
      const { status } = await runCommand(["simulate", "okta", "f.yaml", "--trace", trace], { cwd });
      expect(status).toBe(0);
    }
    expect(await readFile(join(cwd, "f.yaml"), "utf8")).toBe(fixture);
  });

  test("a file of the same name as a shipped fixture that is read in its place", async () => {
    const cwd = await tempFolder({ "fixtures/x": "" });
    const argv = ["simulate", "okta", "fixtures/okta-small.yaml", "--trace", "fixtures/okta-small.yaml"];
    const { status } = await runCommand(argv, { cwd });
    expect(status).toBe(0);
    await rm(join(cwd, "fixtures/okta-small.yaml"));
    await writeFile(join(cwd, "fixtures/okta-small.yaml"), fixture);
    expect((await runCommand(argv, { cwd })).status).toBe(64);
    expect((await stat(join(cwd, "fixtures/okta-small.yaml"))).size).toBe(Buffer.byteLength(fixture));
  });
});
