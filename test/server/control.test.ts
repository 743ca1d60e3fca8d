/** The control endpoint and what a program reads of a running server: requests, state, reset. */

import { request } from "undici";
import { describe, expect, onTestFinished, test } from "vitest";
import type { AstroSeed, SeedUser } from "../../src/astro/seed.ts";
import { startServer, type AstroServer, type StartServerOptions } from "../../src/server/start.ts";
import { scimClient, type ScimClient } from "../support/scim-client.ts";

interface Controlled {
  readonly server: AstroServer;
  readonly client: ScimClient;
  /** The same kind of client, for `/_control`. */
  readonly control: ScimClient;
}

async function start(options: StartServerOptions = {}): Promise<Controlled> {
  const server = await startServer({ control: true, keepRequests: 5, ...options });
  onTestFinished(() => server.close());
  const control = scimClient({ url: server.controlUrl ?? "", token: server.token });
  return { server, client: scimClient(server), control };
}

const ada: SeedUser = {
  userName: "ada@example.com",
  email: "ada@example.com",
  displayName: "Ada Lovelace",
  givenName: undefined,
  familyName: undefined,
  profileUrl: undefined,
  active: true,
  role: "ORGANIZATION_OWNER",
  externalId: "00u1",
};
const seed: AstroSeed = { users: [ada], teams: [{ name: "data-platform", members: ["ada@example.com"] }] };

describe("who gets in", () => {
  test("only with the token of the server", async () => {
    const { server } = await start();
    const stranger = scimClient({ url: server.controlUrl ?? "", token: "guessed" });
    for (const [method, path] of [
      ["GET", "/faults"],
      ["PUT", "/faults"],
      ["DELETE", "/faults"],
      ["GET", "/requests"],
      ["DELETE", "/requests"],
      ["GET", "/state"],
      ["POST", "/reset"],
      ["GET", "/nothing"],
    ] as const) {
      expect((await stranger.send(method, path)).status).toBe(401);
    }
  });

  test("nobody where it is off", async () => {
    const server = await startServer();
    onTestFinished(() => server.close());
    expect(server.controlUrl).toBeUndefined();
    const { port, token } = server;
    const control = scimClient({ url: `http://127.0.0.1:${port}/_control`, token });
    expect((await control.get("/state")).status).toBe(404);
  });

  test("no page that a browser has open: it has no token, and is not allowed to send one", async () => {
    const { server } = await start();
    const { controlUrl = "" } = server;
    const origin = "https://elsewhere.example";
    const simple = { origin, "content-type": "text/plain", "sec-fetch-site": "cross-site" };
    const reset = await request(`${controlUrl}/reset`, { method: "POST", headers: simple, body: "" });
    expect(reset.statusCode).toBe(401);
    const faults = '{"faults":["status=500"]}';
    const set = await request(`${controlUrl}/faults`, { method: "PUT", headers: simple, body: faults });
    expect(set.statusCode).toBe(401);
    expect(server.faults.list()).toEqual([]);
    const preflight = await request(`${controlUrl}/reset`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization",
      },
    });
    expect(preflight.statusCode).toBe(401);
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    await Promise.all([reset, set, preflight].map(({ body }) => body.dump()));
  });

  test("discovery says nothing of it", async () => {
    const { client } = await start();
    for (const path of ["/ServiceProviderConfig", "/ResourceTypes", "/Schemas"]) {
      expect((await client.get(path)).text).not.toContain("_control");
    }
  });

  test("a method that a path has not: 405, with those it has", async () => {
    const { control } = await start();
    const answer = await control.post("/faults", {});
    expect(answer.status).toBe(405);
    expect(answer.headers["allow"]).toBe("GET, HEAD, PUT, DELETE");
    expect((await control.get("/nothing")).status).toBe(404);
  });
});

describe("faults", () => {
  test("are put, read and deleted; a text and settings mean the same", async () => {
    const clock = new Date("2026-09-01T08:00:00Z");
    const { client, control } = await start({ now: () => clock });
    const put = await control.put("/faults", {
      seed: 7,
      faults: ["status=503,path=/Users,for=30s", { latency: "1ms", method: "PUT" }],
    });
    expect(put.status).toBe(200);
    expect(put.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect((await client.get("/Users")).status).toBe(503);
    expect((await control.get("/faults")).body).toEqual({
      schemaVersion: 1,
      seed: 7,
      faults: [
        {
          settings: { status: 503, path: "/Users", for: "30s" },
          matched: 1,
          struck: 1,
          expiresAt: "2026-09-01T08:00:30.000Z",
          expired: false,
        },
        {
          settings: { latency: "1ms", method: "PUT" },
          matched: 0,
          struck: 0,
          expiresAt: null,
          expired: false,
        },
      ],
    });
    expect((await control.delete("/faults")).status).toBe(204);
    expect((await client.get("/Users")).status).toBe(200);
  });

  test("are put as curl puts them, which calls every body a form", async () => {
    const { server, control } = await start();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const text = '{ "faults": ["status=503,for=30s"] }';
    expect((await control.send("PUT", "/faults", { headers, text })).status).toBe(200);
    expect(server.faults.list()).toHaveLength(1);
  });

  test("do not reach the control endpoint itself", async () => {
    const { control } = await start({ faults: ["cut=before-write"] });
    expect((await control.delete("/faults")).status).toBe(204);
  });

  test.each<readonly [body: unknown, detail: RegExp]>([
    [undefined, /send \{ "faults"/],
    [{}, /send \{ "faults"/],
    [["status=503"], /send \{ "faults"/],
    [{ faults: ["stauts=503"] }, /Unknown key "stauts"\. Did you mean "status"\?/],
    [{ faults: [7] }, /Fault 1: It must be text or an object/],
    [{ faults: [], seed: -1 }, /"seed" must be a whole number/],
    [{ faults: [], seed: "x" }, /"seed" must be a whole number/],
  ])("%j is refused, and nothing changes", async (body, detail) => {
    const { server, control } = await start({ faults: ["latency=1ms"] });
    const answer = await control.put("/faults", body);
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toMatch(detail);
    expect(server.faults.list()).toHaveLength(1);
  });
});

describe("the requests that were received", () => {
  test("come with their answers, in their order, without token and password", async () => {
    const { server, client, control } = await start();
    const password = "correct horse battery staple";
    const id = await client.user("ada@example.com", { password });
    await client.patch(`/Users/${id}`, { op: "replace", path: "password", value: password });
    const query = `/Users?filter=${encodeURIComponent('userName eq "nobody"')}`;
    await client.get(query);
    await client.send("POST", "/Users", { text: `{"userName": "x", "password": "${password}"` });
    await scimClient({ url: server.url, token: "a-foreign-token" }).get("/Users");

    const { text, body } = await control.get("/requests");
    expect(text).not.toContain(password);
    expect(text).not.toContain(server.token);
    expect(text).not.toContain("a-foreign-token");
    expect(
      body.requests.map((one: Shown) => [one.request.method, one.request.path, one.answer.status]),
    ).toEqual([
      ["POST", "/Users", 201],
      ["PATCH", `/Users/${id}`, 200],
      ["GET", query, 200],
      ["POST", "/Users", 400],
      ["GET", "/Users", 401],
    ]);
    expect(body.requests[0]).toMatchObject({
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      request: {
        headers: { authorization: "[redacted]", "content-type": "application/scim+json" },
        body: { userName: "ada@example.com", password: "[redacted]" },
      },
      answer: { headers: { etag: 'W/"1"' }, body: { userName: "ada@example.com" } },
    });
    expect(server.requests().map(({ request: { path } }) => path)).toHaveLength(5);
  });

  test("are the last ones; what is asked of the control endpoint is not among them", async () => {
    const { server, client, control } = await start({ keepRequests: 2 });
    for (const path of ["/Users/1", "/Users/2", "/Users/3"]) await client.get(path);
    await control.get("/state");
    expect(server.requests().map(({ request: { path } }) => path)).toEqual(["/Users/2", "/Users/3"]);
    expect((await control.delete("/requests")).status).toBe(204);
    expect(server.requests()).toEqual([]);
  });

  test("are not kept where nobody asked for it", async () => {
    const { server, client } = await start({ keepRequests: 0 });
    await client.get("/Users");
    expect(server.requests()).toEqual([]);
  });

  test("tell of a connection that a fault cut", async () => {
    const { server, client } = await start({ faults: ["cut=after-write"] });
    await expect(client.get("/Users")).rejects.toThrow(/ECONNRESET|closed/);
    await expect
      .poll(() => server.requests())
      .toMatchObject([{ answer: { kind: "no-response", reason: "reset" } }]);
  });

  test("tell of the body of a request that a fault answered", async () => {
    const { server, client } = await start({ faults: ["status=503"] });
    await client.post("/Users", { userName: "ada@example.com" });
    await expect.poll(() => server.requests()).toHaveLength(1);
    expect(server.requests()[0]?.request.body).toEqual({ userName: "ada@example.com" });
  });

  test("tell of a request to another path by its whole path", async () => {
    const { server } = await start();
    const authorization = `Bearer ${server.token}`;
    await (
      await request(`http://127.0.0.1:${server.port}/elsewhere`, { headers: { authorization } })
    ).body.dump();
    expect(server.requests()[0]?.request.path).toBe("/elsewhere");
  });

  test("have the body of an answer that came in pieces", async () => {
    const users = Array.from({ length: 1200 }, (_, at) => ({
      ...ada,
      userName: `${at}@example.com`,
      email: `${at}@example.com`,
    }));
    const members = users.map(({ userName }) => userName);
    const { server, client } = await start({ seed: { users, teams: [{ name: "all", members }] } });
    const { body, headers } = await client.get("/Groups");
    expect(headers["transfer-encoding"]).toBe("chunked");
    await expect.poll(() => server.requests()).toMatchObject([{ answer: { json: body as object } }]);
  });
});

interface Shown {
  readonly request: { readonly method: string; readonly path: string };
  readonly answer: { readonly status: number };
}

describe("state", () => {
  test("is users with roles, and Teams with members, as they are now", async () => {
    const { server, client, control } = await start({ seed });
    const grace = await client.user("grace@example.com", { title: "Rear Admiral" });
    const state = await server.state();
    expect(state).toMatchObject({
      users: [
        { userName: "ada@example.com", active: true, role: "ORGANIZATION_OWNER", teams: ["data-platform"] },
        { id: grace, userName: "grace@example.com", role: "ORGANIZATION_MEMBER", teams: [] },
      ],
      teams: [{ name: "data-platform", members: ["ada@example.com"] }],
    });
    expect(state.users[1]?.attributes["title"]).toBe("Rear Admiral");
    expect((await control.get("/state")).body).toEqual({ schemaVersion: 1, ...state });
  });
});

describe("reset", () => {
  test("brings back what was held at the start, the faults of then, and no requests", async () => {
    const { server, client, control } = await start({ seed, faults: ["status=503,every=2,path=/Groups"] });
    const [before] = (await server.state()).users;
    await client.user("grace@example.com");
    await client.patch(`/Users/${before?.id ?? ""}`, { op: "replace", value: { title: "Countess" } });
    server.faults.set(["latency=1ms"], { seed: 9 });

    expect((await control.post("/reset", undefined)).status).toBe(204);
    const state = await server.state();
    expect(state.users.map(({ userName, attributes }) => [userName, attributes["title"]])).toEqual([
      ["ada@example.com", undefined],
    ]);
    expect(state.teams).toMatchObject([{ name: "data-platform", members: ["ada@example.com"] }]);
    expect(server.faults).toMatchObject({ seed: 1 });
    expect(server.faults.list()).toMatchObject([{ settings: { status: 503, every: 2 }, matched: 0 }]);
    expect(server.requests()).toEqual([]);
    expect((await client.get("/Users")).body.totalResults).toBe(1);
  });
});
