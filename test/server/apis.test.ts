/** The HTTP server serves any list of APIs: each has its own paths, bodies, errors and guests, and knows nothing of the others. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseFaults } from "../../src/fault/parse-faults.ts";
import { ScimError } from "../../src/scim/error.ts";
import type { Api } from "../../src/server/api/api.ts";
import { createAuthenticator } from "../../src/server/api/auth.ts";
import { Faults } from "../../src/server/faults/faults.ts";
import { createHttpApp } from "../../src/server/http/http.ts";
import { defaultLimits } from "../../src/server/http/limits.ts";
import type { RawExchange } from "../../src/server/log/received.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { guestWith } from "../support/caller.ts";
import { scimClient, type ScimClient } from "../support/scim-client.ts";

const now = (): Date => new Date("2026-01-31T09:30:00Z");

/** An API that tells who was admitted, which body came, and how a parameter is called. */
function echo(prefix: string, token: string, isForClients: boolean): Api<string> {
  return {
    prefix,
    location: `it is at ${prefix}`,
    mediaType: `application/vnd.of-${token}+json`,
    form: {
      mediaType: "application/json",
      acceptsBody: (mediaType) => mediaType === `text/of-${token}`,
      queryName: (name) => `${token}-${name}`,
    },
    authenticator: createAuthenticator([guestWith(token)], now),
    rateLimiter: undefined,
    admit: ({ organization = "one" }) => {
      if (organization === "closed") throw new ScimError(403, "closed");
      return organization;
    },
    routes: [
      {
        method: "POST",
        path: "/things/:id",
        handler: async (context, { params, query, body }) => ({
          status: 200,
          text: JSON.stringify({ context, id: params["id"], query, body }),
        }),
      },
    ],
    refusedRoutes: [],
    errorBody: ({ message }, requestId) => ({
      mediaType: `application/problem-of-${token}`,
      body: { [token]: message, hasId: requestId !== "" },
    }),
    isForClients,
  };
}

const exchanges: RawExchange[] = [];
const served: string[] = [];
const app = createHttpApp({
  apis: [echo("/first/:organization", "a", true), echo("/second", "b", false)],
  now: () => new Date(),
  newRequestId: () => "id",
  limits: defaultLimits,
  observers: {
    onServed: ({ url }) => served.push(url),
    onExchange: (exchange) => exchanges.push(exchange),
    onReceived: undefined,
    onFault: (error) => {
      throw error;
    },
    clock: { ...systemWorld().clock, now },
  },
  onFault: (error) => {
    throw error;
  },
  faults: new Faults({ now, faults: parseFaults(["status=503,path=/things/7"]), seed: 1 }),
  writes: { add: () => {} },
  patience: { ...systemWorld().timers, wait: async () => {}, signal: new AbortController().signal },
});
let first: ScimClient;
let second: ScimClient;

beforeAll(async () => {
  const origin = await app.listen({ host: "127.0.0.1", port: 0 });
  first = scimClient({ url: `${origin}/first`, token: "a" });
  second = scimClient({ url: `${origin}/second`, token: "b" });
});
afterAll(() => app.close());

const ofType = (name: string, text: string): { headers: Record<string, string>; text: string } => ({
  headers: { "content-type": `text/of-${name}` },
  text,
});

describe("each API has its own", () => {
  test.each([
    ["the first", () => first, "/one/things/1?q=2", "a", "one"],
    ["the second", () => second, "/things/1?q=2", "b", "one"],
  ])("routes, bodies, names and media type: %s", async (_which, client, path, token, context) => {
    const answer = await client().send("POST", path, ofType(token, "[1]"));
    expect(answer.headers["content-type"]).toBe(`application/vnd.of-${token}+json`);
    expect(answer.body).toEqual({ context, id: "1", query: [[`${token}-q`, "2"]], body: [1] });
  });

  test.each([
    ["the first", () => first, "/one/things/1", "a", "b"],
    ["the second", () => second, "/things/1", "b", "a"],
  ])("errors: %s", async (_which, client, path, token, other) => {
    const answer = await client().send("POST", path, ofType(other, "[1]"));
    expect(answer.status).toBe(415);
    expect(answer.headers["content-type"]).toBe(`application/problem-of-${token}`);
    expect(answer.body).toEqual({
      [token]: `the Content-Type must be application/json, not text/of-${other}`,
      hasId: true,
    });
  });

  test("guests: by token, and by what its path names", async () => {
    const headers = { authorization: "Bearer a" };
    expect((await second.send("POST", "/things/1", { headers })).body).toMatchObject({
      b: expect.stringContaining("not valid") as string,
    });
    expect((await first.post("/closed/things/1", undefined)).status).toBe(403);
  });

  test("methods", async () => {
    const answer = await second.get("/things/1");
    expect([answer.status, answer.headers["allow"]]).toEqual([405, "POST"]);
  });
});

test("what belongs to none is answered by the first", async () => {
  const { origin } = new URL("/", app.listeningOrigin);
  const answer = await scimClient({ url: origin, token: "a" }).get("/third");
  expect([answer.status, answer.body]).toEqual([
    404,
    { a: "there is nothing at /third; it is at /first/:organization", hasId: true },
  ]);
});

test("faults meet, and exchanges are kept of, what clients send alone", async () => {
  exchanges.length = 0;
  served.length = 0;
  expect((await first.post("/one/things/7", undefined)).status).toBe(503);
  expect((await second.post("/things/7", undefined)).status).toBe(200);
  await expect.poll(() => served).toEqual(["/first/one/things/7", "/second/things/7"]);
  expect(exchanges.map(({ url }) => url)).toEqual(["/first/one/things/7"]);
});
