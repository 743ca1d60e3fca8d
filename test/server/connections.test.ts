/** Slow, half-open and too many connections (RFC 9110 §15.5.9: 408), with limits that are short enough for a test. */

import { once } from "node:events";
import net from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { AstroSeed, SeedUser } from "../../src/astro/seed.ts";
import type { HttpLimits } from "../../src/server/http/limits.ts";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import { seedUser } from "../support/seed-user.ts";

async function start(limits: Partial<HttpLimits>, seed?: AstroSeed): Promise<AstroServer> {
  const server = await startServer({ limits, ...(seed === undefined ? {} : { seed }) });
  onTestFinished(() => server.close());
  return server;
}

/** A bare connection on which something may be written, and what came back when the server has closed it. */
async function connect(server: AstroServer): Promise<{ socket: net.Socket; end: Promise<string> }> {
  const socket = net.connect(server.port, "127.0.0.1");
  socket.setEncoding("utf8");
  socket.on("error", () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  let text = "";
  socket.on("data", (chunk) => (text += String(chunk)));
  const end = once(socket, "close").then(() => text);
  return { socket, end };
}

function manyLongNames(count: number): readonly SeedUser[] {
  return Array.from({ length: count }, (_, at) => {
    const email = `user.${at}@example.com`;
    return seedUser(email, { displayName: "x".repeat(100_000) });
  });
}

function head(server: AstroServer, line: string, ...headers: string[]): string {
  const path = new URL(server.url).pathname;
  const lines = [line.replace(" /", ` ${path}/`), "Host: x", `Authorization: Bearer ${server.token}`];
  return `${[...lines, ...headers].join("\r\n")}\r\n\r\n`;
}

describe("a connection is closed", () => {
  test("that never says anything", async () => {
    const server = await start({ headersTimeoutMs: 60 });
    const { end } = await connect(server);
    expect(await end).toMatch(/^HTTP\/1\.1 408 /);
  });

  test("whose request line comes a byte at a time", async () => {
    const server = await start({ headersTimeoutMs: 120 });
    const { socket, end } = await connect(server);
    socket.write("GET /");
    const drip = setInterval(() => socket.write("a"), 10);
    onTestFinished(() => clearInterval(drip));
    expect(await end).toMatch(/^HTTP\/1\.1 408 /);
  });

  test("whose header fields come one at a time", async () => {
    const server = await start({ headersTimeoutMs: 120 });
    const { socket, end } = await connect(server);
    socket.write("GET /Users HTTP/1.1\r\nHost: x\r\n");
    const drip = setInterval(() => socket.write("X-More: y\r\n"), 10);
    onTestFinished(() => clearInterval(drip));
    expect(await end).toMatch(/^HTTP\/1\.1 408 /);
  });

  test("whose body comes too slowly, and nothing is written", async () => {
    const server = await start({ headersTimeoutMs: 60, requestTimeoutMs: 150 });
    const { socket, end } = await connect(server);
    socket.write(head(server, "POST /Users HTTP/1.1", "Content-Length: 1000"));
    const drip = setInterval(() => socket.write("{"), 10);
    onTestFinished(() => clearInterval(drip));
    const answer = await end;
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain("urn:ietf:params:scim:api:messages:2.0:Error");
    expect((await server.state()).users).toEqual([]);
  });

  test("on which no other request comes", async () => {
    const server = await start({ keepAliveTimeoutMs: 50 });
    const { socket, end } = await connect(server);
    socket.write(head(server, "GET /ServiceProviderConfig HTTP/1.1"));
    expect(await end).toMatch(/^HTTP\/1\.1 200 /);
  });

  test("whose client does not take its answer: another one gets in then", async () => {
    const patient = await startStuck({});
    expect(await askAnother(patient)).toBe("");
    const server = await startStuck({ idleTimeoutMs: 100 });
    await expect.poll(() => askAnother(server)).toMatch(/^HTTP\/1\.1 200 /);
  });
});

/** A server whose only connection is taken by a client that asks for much and reads nothing. */
async function startStuck(limits: Partial<HttpLimits>): Promise<AstroServer> {
  const seed = { users: manyLongNames(80), teams: [] };
  const server = await start({ ...limits, maxConnections: 1 }, seed);
  const { socket } = await connect(server);
  socket.pause();
  // Far more than the buffers of the system hold.
  socket.write(head(server, "GET /Users HTTP/1.1").repeat(5));
  return server;
}

/** What a client gets that comes beside those who are there. */
async function askAnother(server: AstroServer): Promise<string> {
  const { socket, end } = await connect(server);
  socket.write(head(server, "GET /ServiceProviderConfig HTTP/1.1", "Connection: close"));
  return end;
}

test("one connection carries as many requests as it likes", async () => {
  const server = await start({});
  const { socket, end } = await connect(server);
  const requests = Array.from({ length: 150 }, () => head(server, "GET /ServiceProviderConfig HTTP/1.1"));
  socket.write(requests.join("") + head(server, "GET /ServiceProviderConfig HTTP/1.1", "Connection: close"));
  expect((await end).match(/HTTP\/1\.1 200 OK/g)).toHaveLength(151);
});

test("more connections than allowed are closed at once, and the ones that are open go on", async () => {
  const server = await start({ maxConnections: 1 });
  const first = await connect(server);
  const second = await connect(server);
  expect(await second.end).toBe("");
  first.socket.write(head(server, "GET /ServiceProviderConfig HTTP/1.1", "Connection: close"));
  expect(await first.end).toMatch(/^HTTP\/1\.1 200 /);
});

test("who does not take an answer keeps nobody from closing the server", async () => {
  const users = manyLongNames(5_000).map((user) => ({ ...user, displayName: undefined }));
  const members = users.map(({ userName }) => userName);
  const teams = Array.from({ length: 40 }, (_, at) => ({ name: `team-${at}`, members }));
  const server = await startServer({ limits: { closeTimeoutMs: 50 }, seed: { users, teams } });
  const socket = net.connect(server.port, "127.0.0.1");
  socket.on("error", () => {});
  // Nobody reads on; 40 MB are far more than the buffers of the system hold.
  socket.write(head(server, "GET /Groups HTTP/1.1"));
  await once(socket, "readable");
  await expect(server.close()).resolves.toBeUndefined();
  socket.destroy();
});

test("what is half-open does not keep a server from being closed, what is being answered does", async () => {
  const server = await startServer({ faults: ["latency=1h"] });
  const silent = await connect(server);
  const begun = await connect(server);
  begun.socket.write("GET /Users HTTP/1.1\r\nHost: x\r\n");
  const half = await connect(server);
  half.socket.write(head(server, "POST /Users HTTP/1.1", "Content-Length: 1000"));
  const whole = await connect(server);
  whole.socket.write(head(server, "GET /ServiceProviderConfig HTTP/1.1"));
  await expect.poll(() => server.faults.list()[0]?.struck).toBe(1);
  await server.close();
  expect(await Promise.all([silent.end, begun.end, half.end])).toEqual(["", "", ""]);
  expect(await whole.end).toMatch(/^HTTP\/1\.1 200 /);
});
