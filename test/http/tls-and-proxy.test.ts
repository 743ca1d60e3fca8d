import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import type { Socket } from "node:net";

import { afterEach, describe, expect, test } from "vitest";

import { createSender } from "../../src/http/send.ts";
import type { SenderOptions } from "../../src/http/send.ts";
import type { WireAnswer, WireRequest } from "../../src/wire/exchange.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { longEnoughMs } from "../support/long-enough.ts";
import { startHttp, startHttps, startTcp, unusedPort } from "../support/loopback-server.ts";
import type { LoopbackServer } from "../support/loopback-server.ts";

const read: WireRequest = { method: "GET", path: "/Users", headers: {} };
const token = "token-for-the-server-only";
const pem = (name: string) => readFileSync(new URL(`../support/tls/${name}`, import.meta.url), "utf8");
const caPem = pem("ca.pem");
const server = { key: pem("server.key"), cert: pem("server.pem") };

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close();
});

async function send(baseUrl: string, options: Partial<SenderOptions> = {}): Promise<WireAnswer> {
  const sender = createSender({
    baseUrl,
    token,
    timeoutMs: longEnoughMs,
    timers: systemWorld().timers,
    connections: 2,
    signal: new AbortController().signal,
    ...options,
  });
  open.push(sender);
  return sender.send(read);
}

async function startTls(identity = server): Promise<LoopbackServer> {
  const started = await startHttps(identity, (request, response) => {
    response.end(
      JSON.stringify({ authorization: request.headers.authorization, host: request.headers.host }),
    );
  });
  open.push(started);
  return started;
}

describe("certificates", () => {
  test("an authority named with --ca is trusted", async () => {
    const { url } = await startTls();
    expect(await send(url, { caPem })).toMatchObject({ status: 200 });
  });

  test("it is trusted beside the usual ones, in a file that holds several", async () => {
    const { url } = await startTls();
    expect(await send(url, { caPem: `${pem("expired.pem")}\n${caPem}` })).toMatchObject({ status: 200 });
  });

  test("an authority nobody named is not trusted, and the sentence says what to do", async () => {
    const { url, port } = await startTls();
    const answer = await send(url);
    expect(answer).toMatchObject({ kind: "no-response", reason: "tls" });
    expect(answer).toHaveProperty("message", expect.stringContaining(`localhost:${port} is not trusted`));
    expect(answer).toHaveProperty("message", expect.stringContaining("--ca FILE"));
  });

  test("an expired certificate", async () => {
    const { url } = await startTls({ ...server, cert: pem("expired.pem") });
    const message = expect.stringContaining("has expired");
    expect(await send(url, { caPem })).toMatchObject({ reason: "tls", message });
  });

  test("plain HTTP where TLS is expected", async () => {
    const plain = await startHttp((_request, response) => response.end());
    open.push(plain);
    const message = expect.stringContaining("does the server use plain HTTP?");
    expect(await send(`https://127.0.0.1:${plain.port}`)).toMatchObject({ reason: "tls", message });
  });
});

describe("a proxy on the way to another machine", () => {
  /** A proxy that leads every tunnel to one port of this machine, whatever host was asked for. */
  async function startProxy(targetPort: number, refuseWith?: string) {
    const asked: { readonly to: string; readonly authorization: string | undefined }[] = [];
    const proxy = createServer();
    proxy.on("connect", (request, client: Socket) => {
      asked.push({ to: request.url ?? "", authorization: request.headers["proxy-authorization"] });
      if (refuseWith !== undefined) return client.end(`HTTP/1.1 ${refuseWith}\r\n\r\n`);
      const upstream = connect(targetPort, "127.0.0.1", () => {
        client.write("HTTP/1.1 200 Connection established\r\n\r\n");
        upstream.pipe(client).pipe(upstream);
      });
      client.on("error", () => upstream.destroy());
      upstream.on("error", () => client.destroy());
      return undefined;
    });
    const started = await startTcp((socket) => proxy.emit("connection", socket));
    open.push(started);
    return { port: started.port, asked };
  }

  test("the connection goes through HTTPS_PROXY in a tunnel: the proxy sees the host and never the token", async () => {
    const target = await startTls();
    const proxy = await startProxy(target.port);
    const answer = await send("https://scim.example.test/scim/v2/O", {
      caPem,
      proxyEnv: { HTTPS_PROXY: `http://user:pass%21@127.0.0.1:${proxy.port}` },
    });
    expect(answer).toMatchObject({
      status: 200,
      json: { authorization: `Bearer ${token}`, host: "scim.example.test" },
    });
    expect(proxy.asked).toEqual([
      { to: "scim.example.test:443", authorization: `Basic ${Buffer.from("user:pass!").toString("base64")}` },
    ]);
  });

  test("the certificate must be for the host that was asked for, not for the proxy", async () => {
    const target = await startTls();
    const proxy = await startProxy(target.port);
    const proxyEnv = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    expect(await send("https://other.example.test", { caPem, proxyEnv })).toEqual({
      kind: "no-response",
      reason: "tls",
      message: "The TLS certificate of other.example.test:443 is for another host name.",
    });
  });

  test("loopback is never proxied", async () => {
    const target = await startHttp((_request, response) => response.end());
    open.push(target);
    const proxyEnv = { HTTP_PROXY: `http://127.0.0.1:${await unusedPort()}` };
    expect(await send(target.url, { proxyEnv })).toMatchObject({ status: 200 });
  });

  test.each([
    ["407 Proxy Authentication Required", "(407); it requires a user name and password in HTTPS_PROXY."],
    ["502 Bad Gateway", "refused to connect to scim.example.test:443 (502)."],
  ])("a proxy that answers %s is named, without its password", async (status, sentence) => {
    const proxy = await startProxy(0, status);
    const answer = await send("https://scim.example.test", {
      proxyEnv: { HTTPS_PROXY: `http://user:hunter2@127.0.0.1:${proxy.port}` },
    });
    expect(answer).toMatchObject({ kind: "no-response", reason: "other" });
    expect(answer).toHaveProperty("message", expect.stringContaining(sentence));
    expect(answer).toHaveProperty("message", expect.stringContaining(`The proxy 127.0.0.1:${proxy.port}`));
    expect(JSON.stringify(answer)).not.toContain("hunter2");
  });

  test("a proxy that takes the connection and says nothing", async () => {
    const proxy = await startTcp(() => {});
    open.push(proxy);
    const proxyEnv = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    expect(await send("https://scim.example.test", { proxyEnv, timeoutMs: 200 })).toMatchObject({
      reason: "timeout",
      message: `scim.example.test:443 did not answer within 200 ms (through the proxy 127.0.0.1:${proxy.port}).`,
    });
  });

  test("a proxy that isn't there", async () => {
    const port = await unusedPort();
    const answer = await send("https://scim.example.test", {
      proxyEnv: { HTTPS_PROXY: `127.0.0.1:${port}` },
    });
    expect(answer).toEqual({
      kind: "no-response",
      reason: "refused",
      message: `The proxy 127.0.0.1:${port} for scim.example.test:443 refused the connection.`,
    });
  });
});
