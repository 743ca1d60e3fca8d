/** The rate limits of an API token (Astro docs: API best practices): a second's worth at once, then evenly. */

import * as fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { astroRateLimits } from "../../../src/astro/rate-limits.ts";
import type { Caller } from "../../../src/server/api/caller.ts";
import { createRateLimiter, TooManyRequests, type RateLimiter } from "../../../src/server/api/rate-limits.ts";
import { startServer, type AstroServer, type StartServerOptions } from "../../../src/server/start.ts";
import { callerOf } from "../../support/caller.ts";
import { scimClient, type Answer } from "../../support/scim-client.ts";
import { seededWorld, type SeededWorld } from "../../support/seeded-world.ts";

const never = new AbortController().signal;

/** A server with the limits, in a world whose clock stands still unless it is asked to wait. */
async function limited(
  options: StartServerOptions = {},
): Promise<{ server: AstroServer; world: SeededWorld }> {
  const world = seededWorld();
  const server = await startServer({ world, behaviour: { rateLimits: "on" }, ...options });
  onTestFinished(() => server.close());
  return { server, world };
}

/** How many of so many requests in the same instant were taken. */
async function taken(count: number, send: () => Promise<Answer>): Promise<number> {
  let left = 0;
  for (let sent = 0; sent < count; sent += 1) {
    const { status } = await send();
    if (status !== 429) left += 1;
  }
  return left;
}

describe("a second's worth", () => {
  test.each([
    ["GET", 25],
    ["HEAD", 25],
    ["POST", 10],
    ["PUT", 10],
    ["PATCH", 10],
    ["DELETE", 5],
  ])("of %s is %i requests", async (method, perSecond) => {
    const { server, world } = await limited();
    const client = scimClient(server);
    const send = (): Promise<Answer> => client.send(method, "/Users/nobody");
    expect(await taken(30, send)).toBe(perSecond);
    // Evenly: a moment later there is one more, and a long time later no more than a second's worth.
    await world.timers.wait(1000 / perSecond, never);
    expect(await taken(2, send)).toBe(1);
    await world.timers.wait(60_000, never);
    expect(await taken(30, send)).toBe(perSecond);
  });

  test("of POST, PUT and PATCH is counted together, of the others apart", async () => {
    const { server } = await limited();
    const client = scimClient(server);
    const methods = ["POST", "PUT", "PATCH"];
    let next = 0;
    const write = (): Promise<Answer> => client.send(methods[(next += 1) % 3]!, "/Users/nobody");
    expect(await taken(20, write)).toBe(10);
    expect(await taken(30, () => client.get("/Users"))).toBe(25);
    expect(await taken(10, () => client.delete("/Users/nobody"))).toBe(5);
  });
});

test("what is refused changes nothing, is 429 in the API's form, and says when to try again", async () => {
  const { server } = await limited();
  const client = scimClient(server);
  for (let made = 0; made < 10; made += 1) await client.user(`user-${made}@example.com`);
  const { status, headers, body } = await client.post("/Users", { userName: "late@example.com" });
  expect([status, headers["retry-after"], body]).toEqual([
    429,
    "1",
    {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: "429",
      detail: "more than 10 requests a second with this API token (POST, PUT, PATCH)",
    },
  ]);
  expect((await client.get("/Users")).body.totalResults).toBe(10);
});

test("without a valid token nothing is counted, and the answer is 401 however often", async () => {
  const { server } = await limited();
  const stranger = scimClient({ ...server, token: "another" });
  for (let sent = 0; sent < 40; sent += 1) expect((await stranger.get("/Users")).status).toBe(401);
  expect((await scimClient(server).get("/Users")).status).toBe(200);
});

test("the control endpoint is not limited", async () => {
  const { server } = await limited({ control: true });
  const control = scimClient({ url: server.controlUrl!, token: server.token });
  expect(await taken(40, () => control.get("/state"))).toBe(40);
});

test("no window of a second sees more than two seconds' worth, and no token pays for another", () => {
  const arrivals = fc.array(fc.record({ waitMs: fc.nat(400), token: fc.nat(2) }), { maxLength: 200 });
  fc.assert(
    fc.property(arrivals, (requests) => {
      let nowMs = 0;
      const limiter = createRateLimiter({ limits: astroRateLimits, saysWhen: true, nowMs: () => nowMs });
      const served = new Map<number, number[]>();
      for (const { waitMs, token } of requests) {
        nowMs += waitMs;
        const times = served.get(token) ?? [];
        served.set(token, times);
        const recent = times.filter((at) => at > nowMs - 1000).length;
        const wasTaken = isTaken(limiter, { ...callerOf(), id: `c${token}` });
        if (wasTaken) times.push(nowMs);
        // Who is refused has had a second's worth not long ago.
        expect({ wasTaken, recent }).toSatisfy(() => wasTaken || recent >= 5);
        expect(times.filter((at) => at > nowMs - 1000).length).toBeLessThanOrEqual(10);
      }
    }),
  );
});

function isTaken(limiter: RateLimiter, caller: Caller): boolean {
  try {
    limiter.count(caller, "DELETE");
    return true;
  } catch (error) {
    if (error instanceof TooManyRequests) return false;
    throw error;
  }
}
