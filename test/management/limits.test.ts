/** The client keeps within Okta's limits, and waits as long as an answer asks for. */

import { afterEach, describe, expect, test } from "vitest";
import * as z from "zod";
import type { AppError } from "../../src/ground/errors.ts";
import { createManagementApi } from "../../src/management/create-management-api.ts";
import { oktaDialect } from "../../src/management/okta/dialect.ts";
import type { Send, WireAnswer } from "../../src/wire/exchange.ts";
import { seededWorld } from "../support/seeded-world.ts";
import {
  oktaClient,
  oktaError,
  startOktaLike,
  type AnswerOkta,
  type OktaAnswer,
  type OktaClient,
  type OktaLike,
} from "../support/okta-answers.ts";

const anything = z.looseObject({});
const purpose = { reads: "an app", needs: "okta.apps.read" };

let server: OktaLike;
let client: OktaClient;
afterEach(async () => {
  await client.close();
  await server.close();
});

async function start(answer: AnswerOkta): Promise<void> {
  server = await startOktaLike(answer);
  client = oktaClient(server.url);
}

async function getApp(id = "0oa1"): Promise<unknown> {
  return client.api.get(`/api/v1/apps/${id}`, anything, purpose);
}

function secondsFromNow(seconds: number): number {
  return Math.floor(client.world.clock.now().getTime() / 1000) + seconds;
}

function limits(limit: number, remaining: number, resetInSeconds: number): Record<string, string> {
  return {
    "X-Rate-Limit-Limit": String(limit),
    "X-Rate-Limit-Remaining": String(remaining),
    "X-Rate-Limit-Reset": String(secondsFromNow(resetInSeconds)),
  };
}

function tooMany(headers: Record<string, string>): OktaAnswer {
  return {
    status: 429,
    headers,
    body: oktaError("E0000047", "API call exceeded rate limit due to too many requests."),
  };
}

describe("an answer 429", () => {
  test("for the rate is waited for until the window ends, and the wait is told", async () => {
    await start(({ number }) => (number === 1 ? tooMany(limits(100, 0, 30)) : { body: { id: "0oa1" } }));
    expect(await getApp()).toEqual({ id: "0oa1" });
    expect(client.world.waits).toEqual([31_000]);
    expect(client.waits).toEqual([
      { request: "GET /api/v1/apps/0oa1", why: "Okta answered 429", waitMs: 31_000 },
    ]);
  });

  test("is timed by the clock of the answer where ours is another one", async () => {
    await start(({ number }) => {
      const date = new Date(client.world.clock.now().getTime() + 3_600_000);
      const reset = { ...limits(100, 0, 3600 + 20), Date: date.toUTCString() };
      return number === 1 ? tooMany(reset) : { body: {} };
    });
    await getApp();
    expect(client.world.waits).toEqual([21_000]);
  });

  test("for too many at once is not waited for until Reset, but repeated soon", async () => {
    await start(({ number }) => (number === 1 ? tooMany(limits(0, 0, 60)) : { body: {} }));
    await getApp();
    const [wait = Infinity, ...others] = client.world.waits;
    expect(wait).toBeLessThanOrEqual(500);
    expect(others).toEqual([]);
  });

  test("with Retry-After alone is waited for as long as it says", async () => {
    await start(({ number }) => (number === 1 ? tooMany({ "Retry-After": "7" }) : { body: {} }));
    await getApp();
    expect(client.world.waits).toEqual([7000]);
  });

  test("is not waited for where it asks for an hour: the call is named", async () => {
    await start(() => tooMany(limits(100, 0, 3600)));
    const error = (await getApp().catch((reason: unknown) => reason)) as AppError;
    expect(error.code).toBe("source-incomplete");
    expect(error.message).toContain("GET /api/v1/apps/0oa1");
    expect(error.message).toContain("429, E0000047");
    expect(client.world.waits).toEqual([]);
  });

  test("that comes again and again ends after five requests", async () => {
    await start(() => tooMany(limits(100, 0, 10)));
    const error = (await getApp().catch((reason: unknown) => reason)) as AppError;
    expect(error.code).toBe("source-incomplete");
    expect(server.requests).toHaveLength(5);
  });
});

describe("half of a bucket", () => {
  test("is all that is used in a window", async () => {
    let windowEnd = 0;
    let sent = 0;
    const used: number[] = [];
    await start(() => {
      const now = secondsFromNow(0);
      if (now >= windowEnd) {
        if (sent > 0) used.push(sent);
        [windowEnd, sent] = [now + 60, 0];
      }
      sent += 1;
      return { body: {}, headers: limits(20, 20 - sent, windowEnd - now) };
    });
    for (let at = 0; at < 35; at += 1) await getApp(`0oa${at}`);
    expect(used.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...used)).toBe(10);
    expect(client.waits.map(({ why }) => why)).toContain("half of Okta's rate limit is used");
  });

  test("that others have used is left to them: what remains is spread over the window", async () => {
    let end = 0;
    await start(({ number }) => {
      if (number === 1) end = secondsFromNow(40);
      return { body: {}, headers: limits(100, 41 - number, end - secondsFromNow(0)) };
    });
    for (let at = 0; at < 5; at += 1) await getApp();
    expect(client.world.waits.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...client.world.waits)).toBeLessThan(2000);
  });

  test.each([
    ["in milliseconds", (seconds: number) => seconds * 1000],
    ["years ahead", (seconds: number) => seconds + 1_000_000_000],
  ])("is not waited for where the end of the window is %s", async (_, told) => {
    await start(() => ({
      body: {},
      headers: { ...limits(4, 3, 0), "X-Rate-Limit-Reset": String(told(secondsFromNow(60))) },
    }));
    for (let at = 0; at < 8; at += 1) await getApp();
    expect(client.world.waits.length).toBeLessThan(20);
  });

  test("of a bucket that is refused for years is not waited for: each call is named", async () => {
    await start(() => tooMany(limits(100, 0, 1_000_000_000)));
    const outcomes = await Promise.allSettled([getApp("0oa1"), getApp("0oa2"), getApp("0oa3")]);
    outcomes.push(...(await Promise.allSettled([getApp("0oa4")])));
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected", "rejected"]);
    expect(client.world.waits.length).toBeLessThan(20);
  });

  test("is one for all calls whose answers tell the same window", async () => {
    let end = 0;
    await start(({ number }) => {
      if (number === 1) end = secondsFromNow(60);
      return { body: [], headers: limits(20, 20 - number, end - secondsFromNow(0)) };
    });
    const paths = ["/api/v1/apps", "/api/v1/apps/0oa1/groups", "/api/v1/groups", "/api/v1/groups/00g1/users"];
    for (let round = 0; round < 3; round += 1) {
      for (const path of paths) await client.api.list(path, anything, purpose);
    }
    const before = server.requests.findIndex(({ number }) => number > 10);
    expect(before).toBe(10);
    expect(client.world.waits[0]).toBeGreaterThan(55_000);
  });
});

describe("requests under way at once", () => {
  const ok: WireAnswer = { kind: "response", status: 200, headers: {}, text: "{}", json: {} };
  const tooManyAtOnce: WireAnswer = {
    kind: "response",
    status: 429,
    headers: { "x-rate-limit-limit": "0", "x-rate-limit-remaining": "0" },
    text: "",
    json: undefined,
  };

  /** Sends 24 requests at once; whatever is under way when all is still is answered together. */
  async function widths(
    concurrency: number,
    answerTo: (width: number) => WireAnswer,
  ): Promise<readonly number[]> {
    const underWay: ((answer: WireAnswer) => void)[] = [];
    const send: Send = async () => new Promise((resolve) => underWay.push(resolve));
    const { clock, timers, random } = seededWorld({ seed: 1 });
    const api = createManagementApi(send, {
      dialect: oktaDialect,
      baseUrl: "https://acme.okta.com",
      concurrency,
      signal: new AbortController().signal,
      now: clock.now,
      sleep: timers.wait,
      random: random.number,
      onWait: () => {},
    });
    const found: number[] = [];
    let isDone = false;
    const all = Promise.all(
      Array.from({ length: 24 }, async (_, at) => api.get(`/api/v1/apps/0oa${at}`, anything, purpose)),
    ).finally(() => {
      isDone = true;
    });
    for (;;) {
      await new Promise((resolve) => void setImmediate(resolve));
      if (isDone) break;
      const batch = underWay.splice(0);
      if (batch.length > 0) found.push(batch.length);
      for (const answer of batch) answer(answerTo(batch.length));
    }
    await all;
    return found;
  }

  test("are as many as allowed at most", async () => {
    expect(await widths(3, () => ok)).toEqual(Array.from({ length: 8 }, () => 3));
  });

  test("are halved where Okta says that there are too many, and everything is read", async () => {
    expect(await widths(8, (width) => (width > 3 ? tooManyAtOnce : ok))).toEqual([8, 4, ...twelveTimes(2)]);
  });

  function twelveTimes(count: number): readonly number[] {
    return Array.from({ length: 12 }, () => count);
  }
});
