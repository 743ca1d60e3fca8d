/** `--ca`, `HTTPS_PROXY` and compressed answers reach the connection of a command. */

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { describe, expect, onTestFinished, test } from "vitest";
import { startHttp, startHttps, startTcp, type LoopbackServer } from "../support/loopback-server.ts";
import { runCommand } from "../support/run-command.ts";
import { tempFolder } from "../support/temp-folder.ts";

const tls = (name: string) => fileURLToPath(new URL(`../support/tls/${name}`, import.meta.url));
const identity = {
  key: readFileSync(tls("server.key"), "utf8"),
  cert: readFileSync(tls("server.pem"), "utf8"),
};
const token = "transport-token";

/** A server without anybody in it. */
const empty: RequestListener = (_request, response) => {
  const list = {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: 0,
    Resources: [],
  };
  response.writeHead(200, { "content-type": "application/scim+json", "content-encoding": "gzip" });
  response.end(gzipSync(JSON.stringify(list)));
};

async function until<Server extends LoopbackServer>(starting: Promise<Server>): Promise<Server> {
  const server = await starting;
  onTestFinished(server.close);
  return server;
}

/** `diff` of a directory without anybody in it. */
async function diff(url: string, words: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const cwd = await tempFolder({
    "own.yaml": "idp: okta\norganization: cknaqyipv05731evsry6cj4n0\nusers: []\n",
  });
  return runCommand(["diff", "own.yaml", "--url", url, "--token", token, ...words], { cwd, env });
}

test("a compressed answer is understood", async () => {
  const { url } = await until(startHttp(empty));
  expect((await diff(url)).status).toBe(0);
});

describe("a private authority", () => {
  test("is not trusted, and the message says what to do; exit status 3", async () => {
    const { url } = await until(startHttps(identity, empty));
    const { status, stderr } = await diff(url);
    expect(stderr).toMatch(/^Error: .*localhost:\d+ is not trusted .*\n.*--ca.*\n$/m);
    expect(status).toBe(3);
  });

  test("is trusted with --ca", async () => {
    const { url } = await until(startHttps(identity, empty));
    expect((await diff(url, ["--ca", tls("ca.pem")])).status).toBe(0);
  });
});

describe("a proxy", () => {
  /** Refuses every tunnel and notes where it should have led. */
  async function startRefusingProxy() {
    const asked: string[] = [];
    const proxy = createServer();
    proxy.on("connect", (request, client: Socket) => {
      asked.push(`${request.url} ${JSON.stringify(request.headers)}`);
      client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    });
    const { port } = await until(startTcp((socket) => proxy.emit("connection", socket)));
    return { port, asked };
  }

  test("HTTPS_PROXY is asked for the target and never sees the token; what it refuses is said; exit status 3", async () => {
    const { port, asked } = await startRefusingProxy();
    const env = { HTTPS_PROXY: `http://user:pa55word@127.0.0.1:${port}` };
    const { status, stderr } = await diff("https://scim.example.com/v2", [], env);
    expect(asked.length).toBeGreaterThan(0);
    for (const request of asked) {
      expect(request).toMatch(/^scim\.example\.com:443 /);
      expect(request).not.toContain(token);
    }
    expect(stderr).toMatch(
      /^Error: .*The proxy 127\.0\.0\.1:\d+ refused to connect to scim\.example\.com:443 \(407\)/m,
    );
    expect(stderr).not.toContain("pa55word");
    expect(status).toBe(3);
  });

  test("loopback goes past it", async () => {
    const { port, asked } = await startRefusingProxy();
    const { url } = await until(startHttp(empty));
    const { status } = await diff(url, [], {
      HTTP_PROXY: `http://127.0.0.1:${port}`,
      ALL_PROXY: `http://127.0.0.1:${port}`,
    });
    expect(status).toBe(0);
    expect(asked).toEqual([]);
  });

  test("an address that is none is said without what it holds; exit status 64", async () => {
    const { status, stderr } = await diff("https://scim.example.com/v2", [], {
      HTTPS_PROXY: "socks5://u:pa55word@h:1",
    });
    expect(stderr).toMatch(/^Error: HTTPS_PROXY is not the URL of an HTTP proxy\.\n.*\n$/m);
    expect(stderr).not.toContain("pa55word");
    expect(status).toBe(64);
  });
});
