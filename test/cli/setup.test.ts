/** `setup`: what is asked, what is taken without asking, and what is saved. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, onTestFinished, test } from "vitest";
import { startServer } from "../../src/programs/start-server.ts";
import type { Io } from "../../src/world/io.ts";
import { fakeIo, type FakeIo } from "../support/fake-io.ts";
import { setupShape } from "../support/json-shapes.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const org = "cknaqyipv05731evsry6cj4n0";
const url = `https://api.astronomer.io/scim/v2/${org}`;

/** A terminal on which each question is answered with the keys behind a part of it, once it stands there. */
function terminal(cwd: string, answers: readonly (readonly [question: string, keys: string])[]): FakeIo {
  const io = fakeIo({ isTTY: true, columns: 200, cwd });
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const waiting = [...answers];
  const stderr: Io["stderr"] = {
    ...io.stderr,
    write: (text) => {
      const [next] = waiting;
      if (next !== undefined && text.includes(next[0])) {
        waiting.shift();
        setImmediate(() => stdin.write(next[1]));
      }
      return io.stderr.write(text);
    },
  };
  return { ...io, stdin, stderr };
}

describe("the sheet", () => {
  test.each(["okta", "entra"])("of %s is printed without a terminal, and nothing is asked", async (idp) => {
    const { status, stdout, stderr } = await runCommand(["setup", idp, "--org", org]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain(idp === "okta" ? `${url}\n` : `${url}?aadOptscim062020\n`);
  });

  test.each(["okta", "entra"])("of %s has a placeholder where nobody named the organization", async (idp) => {
    const { stdout } = await runCommand(["setup", idp, "--yes"]);
    expect(stdout).toContain("https://api.astronomer.io/scim/v2/ORGANIZATION_ID");
    expect(stdout).toContain("Replace ORGANIZATION_ID with the ID that Astro shows.");
  });

  test.each(["text", "json", "markdown"])("never has the token in it: %s", async (format) => {
    const token = "eyJhbGciOiJub25lIn0.eyJwZXJtaXNzaW9ucyI6W119.c2VjcmV0";
    const { stdout, stderr } = await runCommand([
      "setup",
      "okta",
      "--org",
      org,
      "-o",
      format,
      "--token",
      token,
    ]);
    expect(stdout + stderr).not.toContain(token);
  });

  test("has the documented shape as JSON, and says the same as the text", async () => {
    const { stdout } = await runCommand(["setup", "entra", "--org", org, "--json"]);
    const sheet = setupShape.parse(JSON.parse(stdout));
    const text = (await runCommand(["setup", "entra", "--org", org])).stdout;
    const lines = sheet.sections.flatMap((section) => section.lines);
    const said = [
      ...sheet.sections.map(({ place }) => place),
      ...lines.flatMap((line) => (line.kind === "copy" ? [line.value] : [])),
      ...lines.flatMap((line) => (line.kind === "mapping" ? [`${line.source} → ${line.target}`] : [])),
    ];
    for (const each of said) expect(text).toContain(each);
  });

  test("finds the organization in the token, and no answer of it is asked for", async () => {
    const server = await startServer({});
    onTestFinished(() => server.close());
    const env = { ASTRO_SCIM_TOKEN: server.token };
    const { stdout } = await runCommand(["setup", "okta", "--yes", "--url", server.url], { env });
    expect(stdout).toContain(server.url);
    expect(stdout).not.toContain(server.token);
  });

  test("says where the SCIM integration is off in Astro, and where that cannot be read", async () => {
    const folder = await tempFolder({
      "off.yaml": "idp: okta\nusers: []\nastro:\n  organization: { isScimEnabled: false }\n",
    });
    const server = await startServer({ fixture: join(folder, "off.yaml") });
    const env = { ASTRO_SCIM_TOKEN: server.token };
    const { stdout } = await runCommand(["setup", "okta", "--json", "--url", server.url], { env });
    expect(setupShape.parse(JSON.parse(stdout)).warnings.map(({ kind }) => kind)).toEqual(["scim-off"]);
    await server.close();
    const away = await runCommand(["setup", "okta", "--json", "--url", server.url], { env });
    expect(away.status).toBe(0);
    expect(away.stderr).toContain("Whether the SCIM integration is on in Astro could not be read: ");
  });

  test("says where single sign-on uses another attribute, and that an attribute can be none", async () => {
    const words = ["setup", "entra", "--org", org, "--mail-attribute", "userPrincipalName"];
    const same = (await runCommand([...words])).stdout;
    expect(same).not.toContain("Known to fail");
    expect(same).not.toContain("A new app maps userPrincipalName: change it");
    const { stdout } = await runCommand([...words, "--sso-attribute", "mail"]);
    expect(stdout).toContain("userName is filled from userPrincipalName, and single sign-on uses mail");
    expect((await runCommand(["setup", "okta", "--mail-attribute", "a b"])).status).toBe(64);
  });

  test.each(["?aadOptScim062020", ""])(
    "says what is wrong with the Tenant URL that was entered: %s",
    async (end) => {
      const { stdout } = await runCommand(["setup", "entra", "--org", org, "--tenant-url", url + end]);
      expect(stdout).toContain(end === "" ? "has no aadOptscim062020" : "a flag that is not exactly");
    },
  );
});

describe("the conversation", () => {
  test("asks what nobody has answered, and saves the answers where that is wanted", async () => {
    const cwd = await tempFolder({});
    const io = terminal(cwd, [
      ["Which app do you set up?", "\r"],
      ["Astro organization ID", `${org}\r`],
      ["Attribute with the e-mail address", "login\r"],
      ["Does single sign-on to Astro use login, too?", "n\r"],
      ["Attribute that single sign-on uses (email)", "\r"],
      ["What do you provision?", "\r"],
      ["Save the answers as a profile", "y\r"],
      ["Name of the profile", "\r"],
    ]);
    const { status, stdout } = await runCommand(["setup", "okta"], { io });
    expect(status).toBe(0);
    expect(stdout).toContain("Okta username");
    expect(stdout).toContain("Known to fail");
    const text = await readFile(join(cwd, "astro-scim.yaml"), "utf8");
    expect(text).toContain(`  okta:\n    org: ${org}\n`);
    expect(text).toContain("mailAttribute: login");
    // The profile has the answers: nothing is asked any more.
    const again = await runCommand(["setup", "okta", "--profile", "okta"], { cwd });
    expect(again.stdout).toContain("Okta username");
  });

  test("asks nothing where flags have every answer, but whether to save them", async () => {
    const cwd = await tempFolder({});
    const io = terminal(cwd, [["Save the answers as a profile", "n\r"]]);
    const flags = [
      "--org",
      org,
      "--integration",
      "catalog",
      "--mail-attribute",
      "mail",
      "--sso-attribute",
      "mail",
    ];
    const { status, stderr } = await runCommand(["setup", "entra", ...flags, "--users-only"], { io });
    expect(status).toBe(0);
    expect(stderr).not.toContain("Which app");
    await expect(readFile(join(cwd, "astro-scim.yaml"))).rejects.toThrow("ENOENT");
  });

  test("ends with Ctrl-C, and saves nothing", async () => {
    const cwd = await tempFolder({});
    const io = terminal(cwd, [["Which app do you set up?", "\u0003"]]);
    expect((await runCommand(["setup", "okta"], { io })).status).toBe(130);
    await expect(readFile(join(cwd, "astro-scim.yaml"))).rejects.toThrow("ENOENT");
  });
});

describe("--save-profile", () => {
  test("keeps comments, and a rehearsal goes by the profile", async () => {
    const server = await startServer({});
    onTestFinished(() => server.close());
    const before = "# ours\nprofiles:\n  other: { org: o } # keep\n";
    const cwd = await tempFolder({
      "astro-scim.yaml": before,
      "company.yaml":
        "idp: okta\nusers:\n  - { email: ada@example.com, firstName: Ada, lastName: Lovelace }\n",
    });
    const env = { ASTRO_SCIM_TOKEN: server.token };
    const saved = await runCommand(["setup", "okta", "--url", server.url, "--save-profile", "okta"], {
      cwd,
      env,
    });
    expect(saved.status).toBe(0);
    const text = await readFile(join(cwd, "astro-scim.yaml"), "utf8");
    expect(text).toContain(before.trimEnd());
    expect(text).not.toContain(server.token);
    const words = ["simulate", "okta", "company.yaml", "--profile", "okta"];
    const rehearsed = await runCommand(words, { cwd, env });
    expect(rehearsed).toMatchObject({ status: 0 });
    const compared = await runCommand(["diff", "company.yaml", "--profile", "okta"], { cwd, env });
    expect(compared).toMatchObject({ status: 0 });
  });

  test("needs the organization, a name without spaces, and the same target as before", async () => {
    const cwd = await tempFolder({ "astro-scim.yaml": "profiles:\n  prod: { org: other }\n" });
    const save = (...words: readonly string[]) => runCommand(["setup", "okta", "--yes", ...words], { cwd });
    expect((await save("--save-profile", "x")).status).toBe(64);
    expect((await save("--org", org, "--save-profile", "a b")).status).toBe(64);
    expect((await save("--org", org, "--save-profile", "prod")).status).toBe(5);
    expect(await readFile(join(cwd, "astro-scim.yaml"), "utf8")).toBe("profiles:\n  prod: { org: other }\n");
  });

  test("keeps the comments and line ends of the profile itself", async () => {
    const before = `# ours\r\nprofiles:\r\n  a:\r\n    org: ${org} # Analytics\r\n    readOnly: true # for now\r\n`;
    const cwd = await tempFolder({ "astro-scim.yaml": before });
    const words = ["setup", "okta", "--yes", "--org", org, "--save-profile", "a"];
    expect((await runCommand(words, { cwd })).status).toBe(0);
    const after = await readFile(join(cwd, "astro-scim.yaml"), "utf8");
    expect(after.startsWith(`${before}    setup:\r\n`)).toBe(true);
    expect(after.replaceAll("\r\n", "")).not.toContain("\n");
  });

  test.each([
    ["has an alias", `profiles:\n  b: &b { org: ${org}, protect: [x@example.com] }\n  a: *b\n`],
    ["has an anchor", `profiles:\n  a: &a { org: ${org}, protect: [x@example.com] }\n  b: *a\n`],
    [
      "has an anchor in it",
      `profiles:\n  a: { org: ${org}, protect: &p [x@example.com] }\n  b: { org: ${org}, protect: *p }\n`,
    ],
  ])(
    "changes no profile that %s: another one would change, too, or lose what protects it",
    async (_what, text) => {
      const cwd = await tempFolder({ "astro-scim.yaml": text });
      const words = ["setup", "okta", "--yes", "--org", org, "--save-profile", "a"];
      const { status, stderr } = await runCommand(words, { cwd });
      expect({ status, stderr }).toEqual({
        status: 5,
        stderr: expect.stringContaining("Nothing was changed."),
      });
      expect(await readFile(join(cwd, "astro-scim.yaml"), "utf8")).toBe(text);
    },
  );
});
