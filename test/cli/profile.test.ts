/** `profile`: which profiles there are, what is in them, and which one is read by default. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../src/programs/start-server.ts";
import { fakeIo } from "../support/fake-io.ts";
import { profileShape, profilesShape } from "../support/json-shapes.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const file = `# Ours; ask Ada before you change it.
profiles:
  # the real one
  prod:
    org: cknaqyipv05731evsry6cj4n0 # do not touch
    tokenEnv: ASTRO_PROD_TOKEN
    directory:
      okta: { url: https://acme.okta.com, app: Astro, tokenEnv: OKTA_PROD_TOKEN }
`;

interface Place {
  readonly cwd: string;
  readonly run: (...words: readonly string[]) => Promise<CommandResult>;
}

async function place(files: Readonly<Record<string, string>> = { "astro-scim.yaml": file }): Promise<Place> {
  const cwd = await tempFolder(files);
  const state = await tempFolder({});
  const config = await tempFolder({});
  const env = { XDG_STATE_HOME: state, XDG_CONFIG_HOME: config, ASTRO_PROD_TOKEN: "secret-token" };
  return { cwd, run: (...words) => runCommand(words, { cwd, env }) };
}

describe("profile list and show", () => {
  test("list profiles, and say where none is", async () => {
    const { run } = await place();
    const { stdout } = await run("profile");
    expect(stdout).toContain("NAME");
    expect(stdout).toMatch(
      /prod .*okta .*https:\/\/api\.astronomer\.io\/scim\/v2\/cknaqyipv05731evsry6cj4n0/,
    );
    const { run: elsewhere } = await place({});
    expect((await elsewhere("profile", "list")).stdout).toContain("There is no profile yet.");
  });

  test("list profiles below each other on a narrow terminal, in which the table does not fit", async () => {
    const cwd = await tempFolder({ "astro-scim.yaml": file });
    const { stdout } = await runCommand(["profile"], {
      io: fakeIo({ cwd, env: { NO_COLOR: "1" }, isTTY: true, columns: 80 }),
    });
    expect(stdout.split("\n")).toEqual([
      " prod",
      "   DIRECTORY  okta",
      "   TARGET     https://api.astronomer.io/scim/v2/cknaqyipv05731evsry6cj4n0",
      `   FILE       ${join(cwd, "astro-scim.yaml")}`,
      "",
    ]);
  });

  test("show names of variables, whether they are set, and no secret", async () => {
    const { run } = await place();
    const { stdout } = await run("profile", "show", "prod");
    expect(stdout).toMatch(/tokenEnv +ASTRO_PROD_TOKEN/);
    expect(stdout).toMatch(/variable ASTRO_PROD_TOKEN +is set/);
    expect(stdout).toMatch(/variable OKTA_PROD_TOKEN +is not set/);
    expect(stdout).not.toContain("secret-token");
  });

  test("have a documented shape as JSON", async () => {
    const { run } = await place();
    const { profiles } = profilesShape.parse(JSON.parse((await run("profile", "list", "--json")).stdout));
    const { profile } = profileShape.parse(
      JSON.parse((await run("profile", "show", "prod", "--json")).stdout),
    );
    expect(profiles).toEqual([profile]);
  });

  test("hide a password in an address", async () => {
    const { run } = await place({
      "astro-scim.yaml": "profiles:\n  x:\n    url: https://ada:pass-word@scim.example/v2\n",
    });
    for (const words of [["list"], ["show", "x"], ["show", "x", "--json"], ["list", "--json"]]) {
      const { stdout, stderr } = await run("profile", ...words);
      expect(stdout + stderr).not.toContain("pass-word");
    }
  });

  test("suggest the profile that is meant", async () => {
    const { run } = await place();
    const { status, stderr } = await run("profile", "show", "pord");
    expect(status).toBe(64);
    expect(stderr).toContain('Did you mean "prod"?');
  });
});

describe("profile add", () => {
  test("keeps comments, and what others wrote", async () => {
    const { cwd, run } = await place();
    const added = await run("profile", "add", "local", "--url", "http://127.0.0.1:8888/scim/v2/my-org");
    expect(added.status).toBe(0);
    const text = await readFile(join(cwd, "astro-scim.yaml"), "utf8");
    expect(text).toContain(file.trimEnd());
    expect(text).toContain("  local:\n    url: http://127.0.0.1:8888/scim/v2/my-org\n");
  });

  test.each(["", "# nothing yet\n", "profiles:\n", "profiles: {}\n"])("begins with %j", async (before) => {
    const { cwd, run } = await place({ "astro-scim.yaml": before });
    const { status, stderr } = await run("profile", "add", "a", "--org", "cknaqyipv05731evsry6cj4n0");
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const text = await readFile(join(cwd, "astro-scim.yaml"), "utf8");
    expect((await run("profile", "show", "a")).status).toBe(0);
    expect(text.includes("# nothing yet")).toBe(before.includes("# nothing yet"));
  });

  test("refuses another target, a name that needs quotes, an address that is none, and no target at all", async () => {
    const { cwd, run } = await place();
    const statuses = [
      await run("profile", "add", "prod", "--org", "other"),
      await run("profile", "add", "two words", "--org", "other"),
      await run("profile", "add", "x", "--url", "nonsense"),
      await run("profile", "add", "x"),
      await run("profile", "add", "x", "--org", "o", "--okta-app", "A", "--entra-app", "B"),
    ].map(({ status }) => status);
    expect(statuses).toEqual([5, 64, 64, 64, 64]);
    expect(await readFile(join(cwd, "astro-scim.yaml"), "utf8")).toBe(file);
  });

  test("does not touch a file that is not valid", async () => {
    const { cwd, run } = await place({ "astro-scim.yaml": "profiles:\n  x: { token: abc }\n" });
    expect((await run("profile", "add", "y", "--org", "o")).status).toBe(64);
    expect(await readFile(join(cwd, "astro-scim.yaml"), "utf8")).toContain("token: abc");
  });

  test("writes to the configuration folder with --user", async () => {
    const { run } = await place({});
    expect((await run("profile", "add", "mine", "--org", "o", "--user")).status).toBe(0);
    expect((await run("profile", "show", "mine")).stdout).toMatch(/file .*astro-scim\/astro-scim\.yaml/);
  });
});

describe("profile use", () => {
  async function withServer(): Promise<Place & { readonly url: string }> {
    const server = await startServer({});
    onTestFinished(() => server.close());
    const at = await place({ "astro-scim.yaml": `profiles:\n  local:\n    url: ${server.url}\n` });
    await writeFile(join(at.cwd, "token.txt"), server.token);
    const state = await tempFolder({});
    const env = { XDG_STATE_HOME: state, ASTRO_SCIM_TOKEN: server.token };
    return { cwd: at.cwd, url: server.url, run: (...words) => runCommand(words, { cwd: at.cwd, env }) };
  }

  test("is read where no target is named, and never written to", async () => {
    const { run, cwd } = await withServer();
    expect((await run("profile", "use", "local")).status).toBe(0);
    const listed = await run("teams");
    expect(listed.status).toBe(0);
    expect(listed.stderr).toContain('Using the default profile "local" of ./astro-scim.yaml');
    expect((await run("profile", "list")).stdout).toMatch(/local +yes/);
    // What could write goes by its own target: here the Astro inside the process, and no target at all.
    await writeFile(join(cwd, "company.yaml"), "idp: okta\nusers:\n  - { email: ada@example.com }\n");
    const dryRun = await run("resync", "--all", "--dry-run", "--from", "company.yaml");
    expect(dryRun.stderr).not.toContain("default profile");
    const written = await run("api", "POST", "/Groups", "--field", "displayName=x");
    expect(written.stderr).toContain("Commands that write need an explicit target");
  });

  test("ends with --none, and says it where the profile is gone", async () => {
    const { run, cwd } = await withServer();
    await run("profile", "use", "local");
    await writeFile(join(cwd, "astro-scim.yaml"), "profiles: {}\n");
    const gone = await run("teams");
    expect(gone.status).toBe(64);
    expect(gone.stderr).toContain("is not in");
    expect((await run("profile", "use", "--none")).status).toBe(0);
    expect((await run("diff", "--quiet")).stderr).not.toContain("default profile");
  });

  test("wants a name or --none", async () => {
    const { run } = await place();
    expect((await run("profile", "use")).status).toBe(64);
    expect((await run("profile", "use", "prod", "--none")).status).toBe(64);
    expect((await run("profile", "use", "pord")).status).toBe(64);
  });
});
