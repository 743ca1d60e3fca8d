/** Another SCIM server as the directory, over real HTTP. */

import { describe, expect, onTestFinished, test } from "vitest";
import { compareWithAstro } from "../../../src/assembly/compare.ts";
import { scimSource } from "../../../src/sources/scim/scim-source.ts";
import { startServer } from "../../../src/server/start.ts";
import { createSender } from "../../../src/http/send.ts";
import { systemWorld } from "../../../src/world/system-world.ts";
import { refusalOf } from "../../support/directory-in-files.ts";
import { longEnoughMs } from "../../support/long-enough.ts";
import { scimServerWith, type Reply } from "../../support/scim-server-with.ts";

const { signal } = new AbortController();

interface Person {
  readonly userName: string;
  readonly active?: boolean;
}

async function astroWith(people: readonly Person[], teams: Readonly<Record<string, readonly string[]>> = {}) {
  const users = people.map(({ userName, active = true }, at) => ({
    userName,
    externalId: undefined,
    email: userName,
    givenName: "Given",
    familyName: "Family",
    displayName: "Given Family",
    active,
    role: at === 0 ? ("ORGANIZATION_OWNER" as const) : ("ORGANIZATION_MEMBER" as const),
  }));
  const server = await startServer({
    world: systemWorld(),
    seed: { users, teams: Object.entries(teams).map(([name, members]) => ({ name, members })) },
  });
  const sender = createSender({
    baseUrl: server.url,
    token: server.token,
    timeoutMs: longEnoughMs,
    timers: systemWorld().timers,
    connections: 4,
    signal,
  });
  onTestFinished(async () => {
    await sender.close();
    await server.close();
  });
  return { url: server.url, send: sender.send };
}

const ada = { userName: "ada@example.com" };
const grace = { userName: "grace@example.com" };
const left = { userName: "lin@example.com", active: false };

async function driftBetween(from: Awaited<ReturnType<typeof astroWith>>, to: typeof from) {
  const provided = await scimSource(from).read(to.url, signal);
  return compareWithAstro(
    provided,
    {
      send: to.send,
      baseUrl: to.url,
      target: { kind: "in-process" },
      apis: undefined,
    },
    { protect: [], responsibleFor: [], signal, api: "scim" },
  );
}

describe("the directory", () => {
  test("has active accounts as assigned users and groups as pushed groups, by their userNames", async () => {
    const server = await astroWith([ada, grace, left], { Engineers: [ada.userName, left.userName] });
    const { directory, app, remembered, notEvaluated } = await scimSource(server).read(undefined, signal);
    expect([...directory.assignedUsers]).toEqual([ada.userName, grace.userName]);
    expect(directory.users.get(left.userName)).toMatchObject({ status: "deactivated" });
    expect([...directory.pushedGroups]).toEqual(["Engineers"]);
    expect([...(directory.groups.get("Engineers")?.members ?? [])]).toEqual([ada.userName]);
    expect(app).toMatchObject({ idp: "okta", applicationUsername: "user.login" });
    expect(remembered).toBeUndefined();
    expect(notEvaluated).toMatchObject([{ attribute: "profileUrl" }]);
  });

  test("is the same as a server that holds the same", async () => {
    const teams = { Engineers: [ada.userName, grace.userName] };
    const drift = await driftBetween(
      await astroWith([ada, grace], teams),
      await astroWith([ada, grace, left], teams),
    );
    expect(drift.status).toBe("same");
  });

  test("differs where the other server lacks somebody, has somebody else, or another member", async () => {
    const from = await astroWith([ada, grace], { Engineers: [ada.userName, grace.userName] });
    const to = await astroWith([ada, { userName: "who@example.com" }], { Engineers: [ada.userName] });
    const { changes } = await driftBetween(from, to);
    expect(changes.map(({ kind }) => kind).toSorted()).toEqual([
      "team-members-differ",
      "user-left-over",
      "user-missing",
    ]);
  });

  test("is not the target itself", async () => {
    const server = await astroWith([ada]);
    expect(await refusalOf(scimSource(server).read(`${server.url}/`, signal))).toBe(
      `[usage] The directory and the target are the same server: ${server.url}.`,
    );
  });
});

describe("what is incomplete is refused", () => {
  const list = (...resources: readonly object[]): Reply => ({
    status: 200,
    json: { totalResults: resources.length, Resources: resources },
  });
  const user = (id: string, userName: string) => ({ id, userName, active: true });
  const users = list(user("1", "ada@example.com"), user("2", "grace@example.com"));
  const group = (members: readonly object[] | undefined) => list({ id: "g", displayName: "G", members });

  test.each<
    readonly [string, { readonly users?: Reply; readonly groups?: Reply; readonly one?: Reply }, string]
  >([
    ["a page that failed", { users: { status: 500, json: {} } }, "could not be read in full"],
    [
      "fewer users than announced",
      { users: { status: 200, json: { totalResults: 3, Resources: [user("1", "a")] } } },
      "3 resources were announced, but 1 were returned",
    ],
    [
      "two accounts with one userName",
      { users: list(user("1", "ada"), user("2", "ADA")) },
      "several accounts or groups have the name",
    ],
    [
      "a member who is not in the list of users",
      {
        groups: group([{ value: "7" }]),
        one: {
          status: 404,
          json: { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: "404" },
        },
      },
      "has members who are not in the list of users",
    ],
    [
      "groups whose members nobody shows",
      { groups: group(undefined), one: list() },
      "does not show who is in",
    ],
  ])("%s", async (_, replies, message) => {
    const server = await scimServerWith(({ path }) => {
      if (path === "/Users") return replies.users ?? users;
      if (path === "/Groups") return replies.groups ?? list();
      if (path === "/Groups/g") return { status: 200, json: { id: "g", displayName: "G" } };
      return replies.one ?? { status: 404, json: {} };
    });
    onTestFinished(async () => server.close());
    const refusal = await refusalOf(
      scimSource({ url: server.target, send: server.send }).read(undefined, signal),
    );
    expect(refusal).toContain("[source-incomplete]");
    expect(refusal).toContain(message);
  });

  test("a token that is refused", async () => {
    const server = await scimServerWith(() => ({ status: 401, json: {} }));
    onTestFinished(async () => server.close());
    const reading = scimSource({ url: server.target, send: server.send }).read(undefined, signal);
    expect(await refusalOf(reading)).toContain("[unauthorized]");
  });
});
