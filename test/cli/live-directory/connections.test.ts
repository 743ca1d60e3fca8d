/** How a command reaches a live directory: with the token of the Azure CLI, with `--ca`, and through `HTTPS_PROXY`. */

import { chmod, readFile, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Socket } from "node:net";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { readFixture } from "../../../src/fixture/read.ts";
import { adminToken, startEmulatedGraph } from "../../support/emulated-graph.ts";
import { startHttps, startTcp, type LoopbackServer } from "../../support/loopback-server.ts";
import { runCommand } from "../../support/run-command.ts";
import { startServingIn } from "../../support/serving.ts";
import { tempFolder } from "../../support/temp-folder.ts";

async function until<Server extends LoopbackServer>(starting: Promise<Server>): Promise<Server> {
  const server = await starting;
  onTestFinished(server.close);
  return server;
}

describe.skipIf(process.platform === "win32")("az login", () => {
  const fixture = readFixture(
    "company.yaml",
    "idp: entra\nusers: [{ mail: ada@example.com, displayName: Ada }]\ngroups: [{ name: data, assign: true, members: [ada@example.com] }]\n",
  );

  /** An `az` on the PATH that notes its arguments and does this. */
  async function run(script: string) {
    const graph = await startEmulatedGraph({ directory: fixture.start, app: fixture.app });
    const folder = await tempFolder();
    const az = join(folder, "az");
    await writeFile(az, `#!/bin/sh\necho "$@" > "${folder}/arguments"\n${script}\n`);
    await chmod(az, 0o755);
    const env = {
      PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
      ASTRO_SCIM_TOKEN: graph.astro.token,
    };
    const { url } = graph.emulator;
    const source = [
      "--from",
      "entra",
      "--entra-cloud",
      url,
      "--entra-tenant",
      graph.tenantId,
      "--entra-app",
      "Astro",
    ];
    const result = await runCommand(["diff", ...source, "--url", graph.astro.url], { env });
    return {
      ...result,
      asked: await readFile(join(folder, "arguments"), "utf8"),
      url,
      tenant: graph.tenantId,
    };
  }

  test("its user's token reads Microsoft Graph, and is not shown", async () => {
    const { status, stdout, stderr, asked, url, tenant } = await run(
      `echo '{"accessToken":"${adminToken}","expires_on":4102444800}'`,
    );
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringContaining("the token of the Azure CLI's user is used"),
    });
    expect(asked).toBe(`account get-access-token --resource ${url} --tenant ${tenant} --output json\n`);
    expect(stdout + stderr).not.toContain(adminToken);
  });

  test("nobody who is signed in is an error with what to do; exit status 4", async () => {
    const { status, stderr } = await run(
      "echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1",
    );
    expect(stderr).toContain("az login");
    expect(status).toBe(4);
  });
});

const tls = (name: string) => fileURLToPath(new URL(`../../support/tls/${name}`, import.meta.url));
const okta = (url: string) => ["--from", "okta", "--okta-url", url, "--okta-app", "Astro"];

async function target() {
  const { url, token } = await startServingIn({}, ["--port", "0"]);
  return { words: ["--url", url], env: { ASTRO_SCIM_TOKEN: token, OKTA_CLIENT_TOKEN: "00secretOfOkta" } };
}

test.each([
  ["without --ca is not trusted", [], 3, "--ca"],
  ["with --ca is asked", ["--ca", tls("ca.pem")], 4, "E0000011"],
] as const)("an Okta behind a private authority %s", async (_rule, words, exit, message) => {
  const identity = {
    key: readFileSync(tls("server.key"), "utf8"),
    cert: readFileSync(tls("server.pem"), "utf8"),
  };
  const server = await until(
    startHttps(identity, (_request, response) => {
      response.writeHead(401, { "content-type": "application/json" });
      response.end(JSON.stringify({ errorCode: "E0000011", errorSummary: "Invalid token provided" }));
    }),
  );
  const { words: astro, env } = await target();
  const { status, stderr } = await runCommand(["diff", ...okta(server.url), ...astro, ...words], { env });
  expect(stderr).toContain(message);
  expect(status).toBe(exit);
});

test("HTTPS_PROXY is asked for the Okta, and never sees the token", async () => {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on("connect", (request, client: Socket) => {
    asked.push(`${request.url} ${JSON.stringify(request.headers)}`);
    client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
  });
  const { port } = await until(startTcp((socket) => proxy.emit("connection", socket)));
  const { words, env } = await target();
  const { status, stderr } = await runCommand(["diff", ...okta("https://acme.okta.example"), ...words], {
    env: { ...env, HTTPS_PROXY: `http://127.0.0.1:${port}` },
  });
  expect(stderr).toContain("refused to connect to acme.okta.example:443 (407)");
  expect(status).toBe(3);
  expect(asked.length).toBeGreaterThan(0);
  expect(
    asked.filter((line) => !line.startsWith("acme.okta.example:443 ") || line.includes("00secret")),
  ).toEqual([]);
});
