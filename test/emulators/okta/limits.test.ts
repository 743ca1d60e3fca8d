/** Rate and concurrency limits of the emulated Okta, and its lists that lag behind. */

import { describe, expect, test } from "vitest";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { startEmulatedOkta, type OktaAnswer } from "../../support/emulated-okta.ts";
import { seededWorld } from "../../support/seeded-world.ts";

const seeded = seededWorld({ seed: 5 });

const [ada, bob] = ["ada@example.com", "bob@example.com"];
const directory = aDirectory({ users: [aUser(ada), aUser(bob)], groups: [aGroup("data", [ada])] });

const left = ({ headers }: OktaAnswer): readonly (string | readonly string[] | undefined)[] => [
  headers["x-rate-limit-limit"],
  headers["x-rate-limit-remaining"],
];

describe("the rate limit", () => {
  test("is on every answer, each part of the API for itself", async () => {
    const { get, app, send } = await startEmulatedOkta({
      directory,
      switches: { rateLimit: { requests: 5, windowSeconds: 60 } },
    });
    expect(left(await get("/api/v1/apps"))).toEqual(["5", "4"]);
    expect(left(await get(`${app}/users`))).toEqual(["5", "3"]);
    expect(left(await get("/api/v1/groups"))).toEqual(["5", "4"]);
    expect(left(await get(`${app}/users/00u-nobody`))).toEqual(["5", "2"]);
    expect(left(await send("GET", "/api/v1/apps", { authorization: "SSWS wrong" }))).toEqual(["5", "1"]);
    expect(left(await get("/api/v1/nothing"))[0]).toBe("5");
  });

  test("refuses what is beyond it until the window is over", async () => {
    let ms = Date.UTC(2026, 0, 1);
    const { get } = await startEmulatedOkta({
      directory,
      switches: { rateLimit: { requests: 2, windowSeconds: 60 } },
      apiWorld: { clock: { now: () => new Date(ms), monotonicMs: () => ms } },
    });
    await get("/api/v1/apps");
    ms += 59_000;
    expect((await get("/api/v1/apps")).status).toBe(200);
    const refused = await get("/api/v1/apps");
    expect([refused.status, refused.body.errorCode, ...left(refused)]).toEqual([429, "E0000047", "2", "0"]);
    expect(refused.headers["x-rate-limit-reset"]).toBe(String(Date.UTC(2026, 0, 1, 0, 1) / 1000));
    ms += 1000;
    expect(left(await get("/api/v1/apps"))).toEqual(["2", "1"]);
  });
});

test("one more than the simultaneous requests is refused with a limit and a remainder of 0", async () => {
  const waiting: (() => void)[] = [];
  const wait = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
  const { get, switches } = await startEmulatedOkta({
    directory,
    switches: { concurrency: 2, latencyMs: 1 },
    apiWorld: { timers: { ...seeded.timers, wait } },
  });
  const held = [get("/api/v1/apps"), get("/api/v1/groups")];
  await expect.poll(() => waiting.length).toBe(2);
  const refused = await get("/api/v1/apps");
  expect([refused.status, refused.body.errorCode, ...left(refused)]).toEqual([429, "E0000047", "0", "0"]);
  for (const resolve of waiting) resolve();
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
  switches.latencyMs = 0;
  expect((await get("/api/v1/apps")).status).toBe(200);
});

describe("lists and searches", () => {
  const lists: readonly (readonly [path: string, before: readonly string[], after: readonly string[]])[] = [
    ["/users", ["00u-ada", "00u-bob"], ["00u-ada"]],
    ["/api/v1/groups/00g-data/users", ["00u-ada"], ["00u-ada", "00u-bob"]],
    ['/api/v1/groups?search=profile.name eq "data"', ["00g-data"], []],
  ];

  test.each(lists)("lag behind by requests: %s", async (path, before, after) => {
    const { get, app, company, switches } = await startEmulatedOkta({ directory });
    const ids = async () =>
      (await get(path.startsWith("/api") ? path : app + path)).body.map(({ id }: { id: string }) => id);
    switches.lag = { requests: 2 };
    expect(await ids()).toEqual(before);
    company.act({ kind: "unassign-user", user: bob });
    company.act({ kind: "add-member", group: "data", user: bob });
    company.act({ kind: "rename-group", group: "data", name: "other" });
    expect([await ids(), await ids()]).toEqual([before, before]);
    expect(await ids()).toEqual(after);
  });

  test("lag behind by time, and single objects do not", async () => {
    let ms = Date.UTC(2026, 0, 1);
    const clock = { now: () => new Date(ms), monotonicMs: () => ms };
    const { get, app, company } = await startEmulatedOkta({
      directory,
      switches: { lag: { ms: 5000 } },
      world: { ...seeded, clock },
    });
    ms += 10_000;
    company.act({ kind: "unassign-user", user: bob });
    const ids = async () => (await get(`${app}/users`)).body.map(({ id }: { id: string }) => id);
    ms += 4999;
    expect(await ids()).toEqual(["00u-ada", "00u-bob"]);
    expect((await get(`${app}/users/00u-bob`)).status).toBe(404);
    ms += 1;
    expect(await ids()).toEqual(["00u-ada"]);
  });
});
