/** A provider that lies: nothing that it leaves out or makes up ends as a smaller directory. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProvidedDirectory } from "../../src/directory/source.ts";
import type { AppError } from "../../src/ground/errors.ts";
import { oktaSource } from "../../src/sources/okta/okta-source.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { aDirectory, aGroup, anEntraUser, aUser } from "../support/builders.ts";
import { startEmulatedGraph, type EmulatedGraph } from "../support/emulated-graph.ts";
import { oktaToken, startEmulatedOkta, type EmulatedOkta } from "../support/emulated-okta.ts";
import { startLyingProxy, type Lie, type LyingProxy } from "../support/lying-proxy.ts";
import { oktaClient } from "../support/okta-answers.ts";
import { tryToReadEmulated } from "../support/read-emulated.ts";
import { seededWorld } from "../support/seeded-world.ts";

const at = (name: string): string => `${name}@example.com`;
const names = ["ada", "bob", "cleo", "dora", "eli", "fay"];
// Tests know what the emulators answer.
// oxlint-disable-next-line typescript/no-explicit-any
type Json = any;

/** Changes the JSON of the lists or objects whose path fits. */
function changing(path: RegExp, change: (body: Json) => Json, headers?: Record<string, string>): Lie {
  return (asked, told) =>
    path.test(asked.split("?")[0] ?? "") && told.status === 200
      ? { body: JSON.stringify(change(JSON.parse(told.body))), headers: { ...told.headers, ...headers } }
      : undefined;
}

/** The code of what was thrown, or how much was read. */
async function outcomeOf(read: () => Promise<ProvidedDirectory | AppError>): Promise<string> {
  const got = await read().catch((error: unknown) => error as AppError);
  if (got instanceof Error) return got.code;
  return `${got.directory.users.size} users`;
}

describe("Okta", () => {
  let emulated: EmulatedOkta;
  let proxy: LyingProxy;

  const read = async (): Promise<ProvidedDirectory> => {
    const client = oktaClient(proxy.url, { token: oktaToken, world: seededWorld({ seed: 1 }) });
    try {
      const source = oktaSource(client.api, { app: "Astro", now: systemWorld().clock.now });
      return await source.read(emulated.astro.url, new AbortController().signal);
    } finally {
      await client.close();
    }
  };

  beforeAll(async () => {
    emulated = await startEmulatedOkta({
      directory: aDirectory({
        users: names.map((name) => aUser(at(name))),
        groups: [aGroup("data", [at("ada"), at("bob")]), aGroup("ops", [at("cleo"), at("dora")])],
        assignedGroups: ["ops"],
      }),
      keep: true,
    });
    await emulated.company.settled();
    proxy = await startLyingProxy(emulated.okta.url);
  });
  afterAll(async () => {
    await proxy.close();
    await emulated.stop();
  });

  const appUsers = /^\/api\/v1\/apps\/[^/]+\/users$/;
  const appGroups = /^\/api\/v1\/apps\/[^/]+\/groups$/;
  const mappings = /group-push\/mappings$/;
  const members = /^\/api\/v1\/groups\/[^/]+\/users$/;
  const groups = /^\/api\/v1\/groups(?:\/[^/]+)?$/;
  const app = /^\/api\/v1\/apps(?:\/[^/]+)?$/;
  const without =
    (...keys: string[]) =>
    (list: Json) =>
      (Array.isArray(list) ? list : [list]).map((one: Json) =>
        Object.fromEntries(Object.entries(one).filter(([key]) => !keys.includes(key))),
      );

  test.each<[string, Lie]>([
    ["members are another group's, with one less", changing(members, (list) => list.slice(0, 1))],
    ["members are duplicated", changing(members, (list) => [...list, ...list])],
    [
      "one member has another's id",
      changing(members, (list) => list.map((one: Json) => ({ ...one, id: list[0].id }))),
    ],
    ["assigned groups without id", changing(appGroups, without("id"))],
    [
      "app users are each other's",
      changing(appUsers, (list) =>
        list.map((one: Json, index: number) => ({
          ...one,
          _embedded: list[(index + 1) % list.length]._embedded,
        })),
      ),
    ],
    [
      "app users with ids of a page before",
      changing(appUsers, (list) => list.map((one: Json) => ({ ...one, id: list[0].id }))),
    ],
    [
      "a next link to itself",
      changing(appUsers, (list) => list, { link: '</api/v1/apps/x/users?after=1>; rel="next"' }),
    ],
    [
      "400 in words for mappings",
      (path) =>
        mappings.test(path.split("?")[0]!)
          ? { status: 400, body: '{"errorCode":"E0000001","errorSummary":"no"}' }
          : undefined,
    ],
    [
      "groups are each other",
      changing(groups, (body) => (Array.isArray(body) ? [] : { ...body, id: "00gother" })),
    ],
    [
      "the count of members is less",
      changing(groups, (body) =>
        Array.isArray(body)
          ? body.map((one: Json) => ({ ...one, _embedded: { stats: { usersCount: 1 } } }))
          : body,
      ),
    ],
    [
      "the app lost features",
      changing(app, (body) =>
        Array.isArray(body) ? body.map(({ features: _features, ...one }: Json) => one) : body,
      ),
    ],
    [
      "the app has another id by label",
      changing(app, (body) => (Array.isArray(body) ? [...body, ...body] : body)),
    ],
  ])("%s", async (_what, lie) => {
    proxy.tell(lie);
    expect(await outcomeOf(read)).toBe("source-incomplete");
  });

  test("but the truth is read", async () => {
    proxy.tell(() => undefined);
    expect(await outcomeOf(read)).toBe("6 users");
  });
});

describe("Graph", () => {
  let graph: EmulatedGraph;
  let proxy: LyingProxy;
  const read = async (): Promise<ProvidedDirectory | AppError> =>
    tryToReadEmulated({ emulator: { ...graph.emulator, url: proxy.url } });

  beforeAll(async () => {
    graph = await startEmulatedGraph({
      directory: aDirectory({
        users: names.map((name) => anEntraUser(at(name))),
        groups: [aGroup("data", [at("ada"), at("bob")]), aGroup("ops", [at("cleo"), at("dora")])],
        assignedUsers: [at("eli")],
        assignedGroups: ["data", "ops"],
        pushedGroups: [],
      }),
      keep: true,
    });
    proxy = await startLyingProxy(graph.emulator.url);
  });
  afterAll(async () => {
    await proxy.close();
    await graph.stop();
  });

  const value = (change: (list: Json[]) => Json[]) => (body: Json) =>
    Array.isArray(body.value) ? { ...body, value: change(body.value) } : body;
  const counted = (change: (list: Json[]) => Json[]) => (body: Json) => {
    const list = change(body.value);
    return {
      ...body,
      value: list,
      ...(body["@odata.count"] === undefined ? {} : { "@odata.count": list.length }),
    };
  };
  const users = /^\/v1\.0\/users$/;
  const members = /\/members\/microsoft\.graph\.user$/;
  const assigned = /\/appRoleAssignedTo$/;
  const group = /^\/v1\.0\/groups\/[^/]+$/;
  const schema = /\/schema$/;
  test.each<[string, Lie]>([
    [
      "users one short",
      changing(
        users,
        value((list) => list.slice(0, -1)),
      ),
    ],
    [
      "members one short",
      changing(
        members,
        value((list) => list.slice(0, -1)),
      ),
    ],
    [
      "assignments one short",
      changing(
        assigned,
        value((list) => list.slice(0, -1)),
      ),
    ],
    [
      "an error beside an empty list",
      changing(members, () => ({ error: { code: "UnknownError", message: "no" }, value: [] })),
    ],
    [
      "users duplicated",
      changing(
        users,
        counted((list) => [...list, ...list]),
      ),
    ],
    [
      "members of another group",
      changing(
        members,
        value((list) => list.map((one) => ({ ...one, id: "id-eli" }))),
      ),
    ],
    ["group is another", changing(group, (body) => ({ ...body, id: "other" }))],
    [
      "next link to itself",
      changing(users, (body) => ({ ...body, "@odata.nextLink": `${proxy.url}/v1.0/users?$top=999&x=1` })),
    ],
    [
      "404 members",
      (path) =>
        members.test(path.split("?")[0]!)
          ? { status: 404, body: '{"error":{"code":"Request_ResourceNotFound","message":"x"}}' }
          : undefined,
    ],
    [
      "schema without mappings",
      changing(schema, (body) => ({
        ...body,
        synchronizationRules: body.synchronizationRules.map((one: Json) => ({ ...one, objectMappings: [] })),
      })),
    ],
  ])("%s", async (_what, lie) => {
    proxy.tell(lie);
    expect(await outcomeOf(read)).toBe("source-incomplete");
  });

  test("but the truth is read", async () => {
    proxy.tell(() => undefined);
    expect(await outcomeOf(read)).toBe("6 users");
  });
});
