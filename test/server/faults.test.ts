/** Faults of the local Astro, as a client meets them. */

import net from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { FaultSpec } from "../../src/fault/parse-faults.ts";
import { startServer, type AstroServer, type StartServerOptions } from "../../src/server/start.ts";
import { scimClient, type ScimClient } from "../support/scim-client.ts";

interface Faulty {
  readonly server: AstroServer;
  readonly client: ScimClient;
  /** The waits that were asked for, in milliseconds; none of them takes real time. */
  readonly waits: readonly number[];
}

async function start(faults: readonly FaultSpec[], options: StartServerOptions = {}): Promise<Faulty> {
  const waits: number[] = [];
  const wait = async (ms: number): Promise<void> => void waits.push(ms);
  const server = await startServer({ faults, wait, ...options });
  onTestFinished(() => server.close());
  return { server, client: scimClient(server), waits };
}

const userNames = async ({ server }: Faulty): Promise<readonly string[]> =>
  (await server.state()).users.map(({ userName }) => userName);

describe("a status", () => {
  test("stands in the place of the answer, with Retry-After, and nothing is written", async () => {
    const faulty = await start(["status=429,retry-after=2"]);
    const answer = await faulty.client.post("/Users", { userName: "ada@example.com" });
    expect(answer.status).toBe(429);
    expect(answer.headers["retry-after"]).toBe("2");
    expect(answer.headers["content-type"]).toBe("application/scim+json");
    expect(answer.body).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: "429",
      detail: "a fault that is set on this server",
    });
    expect(await userNames(faulty)).toEqual([]);
  });

  test("after the write it is answered although the user was made, as a gateway that lost patience does", async () => {
    const faulty = await start(["status=504,when=after-write"]);
    expect((await faulty.client.post("/Users", { userName: "ada@example.com" })).status).toBe(504);
    expect(await userNames(faulty)).toEqual(["ada@example.com"]);
  });

  test("401 names the scheme, as every 401 of this server", async () => {
    const { client } = await start(["status=401"]);
    expect((await client.get("/Schemas")).headers["www-authenticate"]).toBe('Bearer realm="Astro"');
  });
});

describe("whom a fault strikes", () => {
  test.each<readonly [spec: string, struck: readonly string[]]>([
    ["status=503", ["GET /Schemas", "GET /Users/x", "POST /Users", "DELETE /Groups/x"]],
    ["status=503,method=POST", ["POST /Users"]],
    ["status=503,path=/Users", ["GET /Users/x", "POST /Users"]],
    ["status=503,path=/Users,method=GET", ["GET /Users/x"]],
    ["status=503,path=/Users/x", ["GET /Users/x"]],
  ])("%s", async (spec, struck) => {
    const { client } = await start([spec]);
    const met: string[] = [];
    for (const request of ["GET /Schemas", "GET /Users/x", "POST /Users", "DELETE /Groups/x"]) {
      const [method = "", path = ""] = request.split(" ");
      if ((await client.send(method, `${path}?aadOptscim062020`)).status === 503) met.push(request);
    }
    expect(met).toEqual(struck);
  });

  test("nobody without the token: a stranger cannot use a fault up", async () => {
    const { server, client } = await start(["status=503,times=1"]);
    const stranger = scimClient({ url: server.url, token: "guessed" });
    expect((await stranger.get("/Schemas")).status).toBe(401);
    expect((await client.get("/Schemas")).status).toBe(503);
  });
});

describe("how often", () => {
  const statuses = async ({ client }: Faulty, count: number): Promise<string> => {
    const answers: number[] = [];
    for (let n = 0; n < count; n += 1) answers.push((await client.get("/ServiceProviderConfig")).status);
    return answers.map((status) => (status === 200 ? "." : "x")).join("");
  };

  test.each([
    ["status=503,every=3", "..x..x"],
    ["status=503,times=2", "xx...."],
    ["status=503,every=2,times=2", ".x.x.."],
    ["status=503,rate=1", "xxxxxx"],
  ])("%s strikes %s", async (spec, pattern) => {
    expect(await statuses(await start([spec]), 6)).toBe(pattern);
  });

  test("the same seed and the same requests make the same faults; another seed makes others", async () => {
    const spec = "status=503,rate=0.5";
    const first = await statuses(await start([spec], { faultSeed: 7 }), 24);
    expect(await statuses(await start([spec], { faultSeed: 7 }), 24)).toBe(first);
    expect(await statuses(await start([spec], { faultSeed: 8 }), 24)).not.toBe(first);
    expect(first).toMatch(/x/);
    expect(first).toMatch(/\./);
  });

  test("requests that a fault is not about do not change whom it strikes", async () => {
    const spec = "status=503,rate=0.5,path=/ServiceProviderConfig";
    const alone = await statuses(await start([spec]), 12);
    const among = await start([spec]);
    const struck: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      await among.client.get("/Schemas");
      struck.push(await statuses(among, 1));
    }
    expect(struck.join("")).toBe(alone);
  });

  test("a share of the requests that is close to the rate", async () => {
    const struck = (await statuses(await start(["status=503,rate=0.1"]), 300)).replaceAll(".", "").length;
    expect(struck).toBeGreaterThan(15);
    expect(struck).toBeLessThan(50);
  });

  test("for a time only", async () => {
    const clock = { now: new Date("2026-09-01T08:00:00Z") };
    const faulty = await start(["status=503,for=30s"], { now: () => clock.now });
    expect(await statuses(faulty, 2)).toBe("xx");
    clock.now = new Date("2026-09-01T08:00:30Z");
    expect(await statuses(faulty, 2)).toBe("..");
    expect(faulty.server.faults.list()).toMatchObject([{ struck: 2, expired: true }]);
  });

  test("of several faults each has its say: latencies add up, of a status the first one counts", async () => {
    const { client, waits } = await start(["latency=20ms", "latency=2s", "status=429", "status=503"]);
    expect((await client.get("/Schemas")).status).toBe(429);
    expect(waits).toEqual([2020]);
  });
});

describe("latency", () => {
  test("is waited before anything is carried out", async () => {
    const seen: number[] = [];
    const holder: { faulty?: Faulty } = {};
    holder.faulty = await start(["latency=250ms"], {
      wait: async (ms) => {
        seen.push(ms, (await holder.faulty!.server.state()).users.length);
      },
    });
    await holder.faulty.client.post("/Users", { userName: "ada@example.com" });
    expect(seen).toEqual([250, 0]);
  });

  test("a range is spread evenly, and repeatable", async () => {
    const waitsOf = async (): Promise<readonly number[]> => {
      const { client, waits } = await start(["latency=100ms..200ms"]);
      for (let n = 0; n < 20; n += 1) await client.get("/ServiceProviderConfig");
      return waits;
    };
    const waits = await waitsOf();
    expect(waits).toHaveLength(20);
    expect(new Set(waits).size).toBe(20);
    expect(waits.every((ms) => ms >= 100 && ms < 200)).toBe(true);
    expect(await waitsOf()).toEqual(waits);
  });

  test("closing the server ends every wait", async () => {
    const server = await startServer({ faults: ["latency=1h"] });
    const answer = scimClient(server).get("/ServiceProviderConfig");
    await expect.poll(() => server.faults.list()[0]?.struck).toBe(1);
    await server.close();
    expect((await answer).status).toBe(200);
  });
});

describe("a connection that is cut", () => {
  test("before the write: nothing is written", async () => {
    const faulty = await start(["cut=before-write"]);
    await expect(faulty.client.post("/Users", { userName: "ada@example.com" })).rejects.toThrow(
      /ECONNRESET|closed/,
    );
    expect(await userNames(faulty)).toEqual([]);
  });

  test("after the write: the user was made, and nobody says so", async () => {
    const faulty = await start(["cut=after-write"]);
    await expect(faulty.client.post("/Users", { userName: "ada@example.com" })).rejects.toThrow(
      /ECONNRESET|closed/,
    );
    expect(await userNames(faulty)).toEqual(["ada@example.com"]);
  });

  test("in the middle of the answer: half of what Content-Length announces", async () => {
    const faulty = await start(["cut=mid-answer"]);
    const raw = await rawGet(faulty.server, "/ServiceProviderConfig");
    const [head = "", body = ""] = raw.split("\r\n\r\n");
    const announced = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    expect(head).toMatch(/^HTTP\/1.1 200 OK/);
    expect(Buffer.byteLength(body)).toBe(Math.floor(announced / 2));
  });

  test("does not disturb the connection after it", async () => {
    const { client } = await start(["cut=after-write,times=1"]);
    await expect(client.get("/Schemas")).rejects.toThrow(/ECONNRESET|closed/);
    expect((await client.get("/Schemas")).status).toBe(200);
  });

  test.each([["cut=before-write"], ["cut=mid-answer"]])("%s is told of, once", async (spec) => {
    const statuses: (number | undefined)[] = [];
    const { client } = await start([spec], { onServed: ({ status }) => statuses.push(status) });
    await expect(client.get("/Schemas")).rejects.toThrow(/ECONNRESET|closed/);
    await expect.poll(() => statuses).toEqual([spec === "cut=before-write" ? undefined : 200]);
  });
});

test("a client that gives up waiting is told of, once", async () => {
  const statuses: (number | undefined)[] = [];
  const onServed = (served: { status: number | undefined }): void => void statuses.push(served.status);
  const server = await startServer({ faults: ["latency=1h"], onServed });
  const socket = net.connect(server.port, "127.0.0.1");
  const { pathname } = new URL(server.url);
  socket.write(
    `GET ${pathname}/Schemas HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${server.token}\r\n\r\n`,
  );
  await expect.poll(() => server.faults.list()[0]?.struck).toBe(1);
  socket.destroy();
  await expect.poll(() => statuses).toEqual([undefined]);
  await server.close();
  expect(statuses).toEqual([undefined]);
});

describe("a body", () => {
  test("truncated: well framed, and half the JSON", async () => {
    const { client } = await start(["body=truncated"]);
    const answer = await client.get("/ServiceProviderConfig");
    expect(answer.headers["content-length"]).toBe(String(answer.text.length));
    expect(answer.text).toMatch(/^\{"schemas"/);
    expect(answer.body).toBeUndefined();
  });

  test.each([
    ["body=html", 200, "text/html; charset=utf-8", /^<!doctype html>/],
    ["body=html,status=502", 502, "text/html; charset=utf-8", /502/],
    ["body=text,status=503", 503, "text/plain; charset=utf-8", /upstream/],
    ["body=empty", 200, "application/scim+json", /^$/],
    ["content-type=text/html", 200, "text/html", /^\{"schemas"/],
    ["content-type=text/html,body=text", 200, "text/html", /upstream/],
  ])("%s: status %d as %s", async (spec, status, contentType, text) => {
    const { client } = await start([spec]);
    const answer = await client.get("/ServiceProviderConfig");
    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toBe(contentType);
    expect(answer.text).toMatch(text);
  });

  test("what is refused is an answer, too", async () => {
    const { client } = await start(["body=html"]);
    const answer = await client.get("/Users/nobody");
    expect(answer.status).toBe(404);
    expect(answer.text).toMatch(/^<!doctype html>/);
  });

  test("an answer without a body stays as it is", async () => {
    const { client } = await start(["body=html,method=DELETE"]);
    const id = await client.user("ada@example.com");
    const answer = await client.delete(`/Users/${id}`);
    expect([answer.status, answer.text]).toEqual([204, ""]);
  });
});

test("slow: the whole answer, at the rate that was asked for", async () => {
  const faulty = await start(["slow=500"]);
  const answer = await faulty.client.get("/ServiceProviderConfig");
  expect(answer.body.schemas).toEqual(["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"]);
  expect(answer.headers["content-length"]).toBe(String(answer.text.length));
  const waited = faulty.waits.reduce((sum, ms) => sum + ms, 0);
  expect(waited).toBeGreaterThan((answer.text.length / 500) * 1000 - 200);
  expect(waited).toBeLessThanOrEqual((answer.text.length / 500) * 1000);
});

describe("a program switches faults while the server runs", () => {
  test("set, list, clear", async () => {
    const { server, client } = await start([]);
    expect((await client.get("/Schemas")).status).toBe(200);
    server.faults.set([{ status: 503, times: 5 }, "latency=10ms,path=/Users"]);
    expect((await client.get("/Schemas")).status).toBe(503);
    expect(server.faults.list()).toEqual([
      { settings: { status: 503, times: 5 }, matched: 1, struck: 1, expiresAt: undefined, expired: false },
      {
        settings: { latency: "10ms", path: "/Users" },
        matched: 0,
        struck: 0,
        expiresAt: undefined,
        expired: false,
      },
    ]);
    server.faults.clear();
    expect((await client.get("/Schemas")).status).toBe(200);
    expect(server.faults.list()).toEqual([]);
  });

  test("change: those that stay go on with their counts and times, the others begin or end", async () => {
    const { server, client } = await start(["status=503,times=1", "latency=1ms"]);
    await client.get("/Schemas");
    server.faults.change([{ times: 1, status: 503 }, "status=429"]);
    expect(server.faults.list()).toMatchObject([
      { settings: { status: 503 }, struck: 1, expired: true },
      { settings: { status: 429 }, struck: 0 },
    ]);
    expect((await client.get("/Schemas")).status).toBe(429);
    expect(() => server.faults.change(["nothing"])).toThrow("not key=value");
    expect(server.faults.list()).toHaveLength(2);
  });

  test("what is no fault changes nothing", async () => {
    const { server } = await start(["status=503"]);
    expect(() => server.faults.set(["stauts=429"])).toThrow(/Unknown key "stauts"/);
    expect(server.faults.list()).toHaveLength(1);
  });

  test.each([
    ["/v1", "Known are "],
    ["/v1/organizations/o/users", "Write path=/users."],
    ["/scim/v2/o/Users", "Write path=/Users."],
    ["/user", "Did you mean /users?"],
    ["/Groups/g/members", "Did you mean /Groups?"],
  ])("no request has the path %s", async (path, advice) => {
    const { server } = await start(["status=503"]);
    const refusal = expect.objectContaining({
      code: "usage",
      message: `Fault "status=500,path=${path}": no request has a path that begins with ${path}.`,
      hint: expect.stringContaining(advice),
    });
    await expect(startServer({ faults: [`status=500,path=${path}`] })).rejects.toEqual(refusal);
    for (const set of [server.faults.set, server.faults.change]) {
      expect(() => set.call(server.faults, [`status=500,path=${path}`])).toThrow("no request has a path");
    }
    expect(server.faults.list()).toMatchObject([{ settings: { status: 503 } }]);
  });

  test.each(["/Users/x", "/Bulk", "/Me", "/.search", "/users/self", "/organizations", "/teams/t/members/m"])(
    "requests can have the path %s",
    async (path) => {
      const { server } = await start([`status=503,path=${path}`]);
      expect(server.faults.list()).toHaveLength(1);
    },
  );

  test("a server is not started with what is no fault", async () => {
    await expect(startServer({ faults: ["status=ok"] })).rejects.toMatchObject({ code: "usage" });
  });
});

async function rawGet(server: AstroServer, path: string): Promise<string> {
  const url = new URL(server.url + path);
  const socket = net.connect(server.port, "127.0.0.1");
  socket.setEncoding("utf8");
  socket.write(`GET ${url.pathname} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${server.token}\r\n\r\n`);
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  return text;
}
