/** `astro-scim serve`: what it starts with, what it prints, and that its flags are used exactly as given. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { unusedPort } from "../support/loopback-server.ts";
import { runCommand } from "../support/run-command.ts";
import { jwt, organizationToken } from "../support/astro-token.ts";
import { scimClient } from "../support/scim-client.ts";
import { startServing, startServingIn, type Serving } from "../support/serving.ts";
import { tempFolder } from "../support/temp-folder.ts";

test("the addresses, the token, and the Entra form of the URL, ready to be copied", async () => {
  const { io, url, token, stop } = await startServing("--port", "0");
  const { port, pathname } = new URL(url);
  const organization = pathname.split("/").at(-1) ?? "";
  expect(organization).toMatch(/^c[a-z0-9]{24}$/);
  expect(io.stdoutText()).toBe(
    "A local Astro is listening. Ctrl-C stops it and discards its data.\n" +
      `  SCIM URL       http://127.0.0.1:${port}/scim/v2/${organization}\n` +
      `  for Entra ID   http://127.0.0.1:${port}/scim/v2/${organization}?aadOptscim062020\n` +
      `  Astro API      http://127.0.0.1:${port}/v1\n` +
      `  organization   ${organization}\n` +
      `  API token      ${token}\n` +
      `  control        http://127.0.0.1:${port}/_control\n\n`,
  );
  expect(await stop()).toBe(0);
});

test("host, port, organization and token are used exactly as given, and a given token is not repeated", async () => {
  const port = await unusedPort();
  const { io } = await startServing(
    "--host",
    "127.0.0.1",
    "--port",
    `${port}`,
    "--org",
    "my-org",
    "--token",
    "given-token",
  );
  expect(io.stdoutText()).not.toContain("given-token");
  const client = scimClient({ url: `http://127.0.0.1:${port}/scim/v2/my-org`, token: "given-token" });
  expect((await client.get("/Users")).status).toBe(200);
});

describe("a token that the server will refuse is warned about, and not repeated", () => {
  test.each([
    ["has expired", organizationToken("my-org", { exp: 0 }), "expired at 1970-01-01T00:00:00.000Z"],
    ["is another organization's", organizationToken("another"), "is for another organization"],
    ["is a Workspace's", jwt({ permissions: ["workspaceId:w"] }), "is a Workspace API token"],
    ["is a Deployment's", jwt({ permissions: ["deploymentId:d"] }), "is a Deployment API token"],
  ])("one that %s", async (_why, token, fault) => {
    const { io, stop } = await startServing("--port", "0", "--org", "my-org", "--token", token);
    await stop();
    expect(io.stderrText()).toContain(
      `Warning: the token given with --token ${fault}. Every request with it is refused.\n`,
    );
    expect(io.stdoutText()).not.toContain(token);
  });

  test("one that it accepts is not", async () => {
    const { io, stop } = await startServing("--port", "0", "--token", organizationToken("my-org"));
    await stop();
    expect(io.stderrText()).not.toContain("Warning");
    expect(io.stdoutText()).toContain("organization   my-org\n");
  });
});

describe("--token-file", () => {
  test("its token is the only one that is accepted, and it is not printed", async () => {
    const folder = await tempFolder({ "token.txt": "token-of-a-file\n" });
    const { io, url } = await startServing("--port", "0", "--token-file", join(folder, "token.txt"));
    expect(io.stdoutText()).toContain("API token      the one given with --token-file\n");
    expect(io.stdoutText() + io.stderrText()).not.toContain("token-of-a-file");
    expect((await scimClient({ url, token: "token-of-a-file" }).get("/Users")).status).toBe(200);
    expect((await scimClient({ url, token: "another" }).get("/Users")).status).toBe(401);
  });

  test.each([
    ["is empty", "token.txt", "\n", /The token from .*token\.txt is empty\./],
    ["holds two lines", "token.txt", "one\ntwo\n", /token\.txt contains a line break\./],
    ["is not there", "other.txt", "one", /other\.txt can't be read: there is no such file\./],
    ["is a folder", ".", "one", /can't be read: it is a folder\./],
  ])("nothing is served if it %s", async (_what, name, content, sentence) => {
    const folder = await tempFolder({ "token.txt": content });
    const { status, stdout, stderr } = await runCommand([
      "serve",
      "--port",
      "0",
      "--token-file",
      join(folder, name),
    ]);
    expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
    expect(stderr).toMatch(sentence);
  });

  test("a token in place of the name is not repeated", async () => {
    const { status, stderr } = await runCommand([
      "serve",
      "--port",
      "0",
      "--token-file",
      "secret-1234567890",
    ]);
    expect(status).toBe(64);
    expect(stderr).not.toContain("secret-1234567890");
    expect(stderr).not.toContain("ASTRO_SCIM_TOKEN");
  });

  test("it does not go together with --token", async () => {
    const { status, stderr } = await runCommand(["serve", "--token", "one", "--token-file", "token.txt"]);
    expect(status).toBe(64);
    expect(stderr).toContain("--token and --token-file cannot be used together.");
  });

  test("--record does not write over it", async () => {
    const folder = await tempFolder({ "token.txt": "token-of-a-file\n" });
    const file = join(folder, "token.txt");
    const { status } = await runCommand(["serve", "--port", "0", "--token-file", file, "--record", file]);
    expect(status).toBe(64);
    expect(await readFile(file, "utf8")).toBe("token-of-a-file\n");
  });
});

describe("on more than this machine", () => {
  const open = ["--host", "0.0.0.0", "--port", "0"];

  test("it says what that means, and shows an address that a client can use", async () => {
    const { io, url, token } = await startServing(...open);
    const { port } = new URL(url);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect((await scimClient({ url, token }).get("/Users")).status).toBe(200);
    expect(io.stderrText()).toBe(
      "Warning: other machines can reach this server, because it listens on 0.0.0.0.\n" +
        `  - Anyone who can reach port ${port} of this machine can try tokens. With the right one they can read and\n` +
        "    change all data of the server. Do not use a token that can be guessed.\n" +
        "  - The token also gives access to /_control/: faults, requests, state and reset. --no-control disables it.\n" +
        "  - The traffic is plain HTTP: the token and all data can be read on the network. Put a TLS proxy in front.\n" +
        "  Without --host, only this machine can connect.\n",
    );
  });

  test("also with --json and --quiet, on standard error alone", async () => {
    const { io, url } = await startServing(...open, "--json", "--quiet");
    expect(JSON.parse(io.stdoutText())).toMatchObject({ url });
    expect(io.stderrText()).toContain("listens on 0.0.0.0");
  });

  test("without the control endpoint it does not speak of it", async () => {
    const { io } = await startServing(...open, "--no-control");
    expect(io.stderrText()).toContain("listens on 0.0.0.0");
    expect(io.stderrText()).not.toContain("control");
  });

  test.each(["127.0.0.1", "localhost"])("on %s it says nothing", async (host) => {
    const { io } = await startServing("--host", host, "--port", "0");
    expect(io.stderrText()).toBe("");
  });
});

test("each request is one line; --quiet leaves it out", async () => {
  const { io, url, token } = await startServing("--port", "0");
  await scimClient({ url, token }).get(
    `/Users?filter=${encodeURIComponent('userName eq "ada@example.com"')}`,
  );
  expect(io.stdoutText()).toMatch(
    /\n\d\d:\d\d:\d\d {2}GET {4}\/Users\?filter=userName eq "ada@example\.com" {2}200 {2}\d+ ms\n$/,
  );
  const quiet = await startServing("--port", "0", "--quiet");
  await scimClient(quiet).get("/Users");
  expect(quiet.io.stdoutText()).not.toContain("GET");
});

test("--json: one line, requests on standard error", async () => {
  const { io, url, token } = await startServing("--port", "0", "--json");
  expect(JSON.parse(io.stdoutText())).toEqual({
    schemaVersion: 1,
    url,
    tenantUrl: `${url}?aadOptscim062020`,
    apiUrl: `${new URL(url).origin}/v1`,
    organizationId: new URL(url).pathname.split("/").at(-1),
    token,
    controlUrl: `${new URL(url).origin}/_control`,
  });
  await scimClient({ url, token }).get("/Users");
  expect(io.stdoutText().trimEnd()).not.toContain("\n");
  expect(io.stderrText()).toContain("GET    /Users");
});

describe("what it starts with", () => {
  const names = async (serving: Serving): Promise<readonly string[]> => {
    const { body } = await scimClient(serving).get("/Users");
    return body.Resources.map(({ userName }: { readonly userName: string }) => userName).toSorted();
  };
  test.each<readonly [what: string, words: readonly string[], users: readonly string[]]>([
    ["nothing without a fixture", [], []],
    ["the fixture's astro part", ["fixtures/okta-small.yaml"], ["mary@example.com", "root@example.com"]],
    [
      "with --provisioned what the directory says at the end",
      ["fixtures/okta-small.yaml", "--provisioned"],
      ["grace@example.com", "jose@example.com", "mary@example.com", "root@example.com"],
    ],
    [
      "with --at what it says then",
      ["fixtures/okta-small.yaml", "--provisioned", "--at", "start"],
      ["ada@example.com", "grace@example.com", "jose@example.com", "mary@example.com", "root@example.com"],
    ],
  ])("%s", async (_what, words, users) => {
    expect(await names(await startServing("--port", "0", "--json", ...words))).toEqual(users);
  });

  /** What a provider has done by then: diff finds nothing to repair. */
  test.each([
    [
      "the account of a user who has been deleted is deactivated",
      `idp: okta
users:
  - { email: ada@example.com, firstName: Ada, lastName: Lovelace, displayName: Ada Lovelace }
  - { email: bob@example.com, firstName: Bob, lastName: Ross, displayName: Bob Ross }
astro:
  users: [{ email: bob@example.com }, { email: eve@example.com, active: false }]
timeline:
  - { name: Bob leaves, do: [{ deactivate: bob@example.com }] }
  - { name: Bob is deleted, do: [{ delete: bob@example.com }] }
`,
    ],
    [
      "an account with the provider's id of a user is the user's, in Teams of Astro's own, too",
      `idp: entra
app:
  scope: all
  users: { mappings: { externalId: { attribute: objectId } } }
users:
  - { mail: ada.king@example.com, displayName: Ada King, id: 5b9f7c1e-2d63-4c0a-8f7e-3a1b2c4d5e6f }
astro:
  users: [{ email: ada@example.com, externalId: 5b9f7c1e-2d63-4c0a-8f7e-3a1b2c4d5e6f }]
  teams: [{ name: local-team, members: [ada@example.com] }]
`,
    ],
  ])("with --provisioned %s", async (_rule, fixture) => {
    const cwd = await tempFolder({ "company.yaml": fixture });
    const words = ["company.yaml", "--provisioned", "--port", "0", "--json"];
    const { url, token } = await startServingIn({ cwd }, words);
    const { status, stdout } = await runCommand(["diff", "company.yaml", "--url", url, "--token", token], {
      cwd,
    });
    expect({ stdout, status }).toMatchObject({ stdout: expect.stringMatching(/^Astro matches/m), status: 0 });
  });

  test.each([
    ["an account that the provider never linked stays active", "{ email: ann@example.com }", "", "active"],
    [
      "one with the provider's id is deactivated",
      "{ email: ann@example.com, externalId: 00u1 }",
      "",
      "inactive",
    ],
    [
      "one that was assigned before is deactivated",
      "{ email: ann@example.com }",
      `timeline:
  - { name: Ann joins, do: [{ assign: ann@example.com }] }
  - { name: Ann leaves, do: [{ unassign: ann@example.com }] }
`,
      "inactive",
    ],
    [
      "the last Organization Owner stays active",
      "{ email: ann@example.com, role: ORGANIZATION_OWNER }",
      "",
      "active",
    ],
  ])("with --provisioned, of an unassigned user: %s", async (_rule, account, timeline, status) => {
    const fixture = `idp: okta
users: [{ email: ann@example.com, firstName: Ann, lastName: Lee, assigned: false }]
astro: { users: [${account}] }
${timeline}`;
    const cwd = await tempFolder({ "company.yaml": fixture });
    const serving = await startServingIn({ cwd }, ["company.yaml", "--provisioned", "--port", "0", "--json"]);
    const listed = await scimClient(serving).get("/Users");
    expect(listed.body).toMatchObject({
      Resources: [{ userName: "ann@example.com", active: status === "active" }],
    });
  });

  test("diff finds nothing to say about what is provisioned", async () => {
    const { url, token } = await startServing(
      "fixtures/okta-company.yaml",
      "--provisioned",
      "--port",
      "0",
      "--json",
    );
    const { status } = await runCommand([
      "diff",
      "fixtures/okta-company.yaml",
      "--url",
      url,
      "--token",
      token,
    ]);
    expect(status).toBe(0);
  });
});
