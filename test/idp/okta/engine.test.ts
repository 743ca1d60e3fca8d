import { describe, expect, test } from "vitest";

import type { Action } from "../../../src/directory/action.ts";
import { expectedState } from "../../../src/idp/expected/expected-state.ts";
import { documentedOktaSettings, type OktaIntegration } from "../../../src/directory/app-settings.ts";
import { simulatedClock } from "../../../src/idp/run/clock.ts";
import { testOktaCredentials, type OktaWorld } from "../../../src/idp/okta/engine.ts";
import type { WireAnswer, WireRequest } from "../../../src/wire/exchange.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { lineOf, list, noResponse, scimError, text } from "../../support/conversation.ts";
import { outcomes, rehearse } from "../../support/okta-rehearsal.ts";
import { tinyScim } from "../../support/tiny-scim.ts";

const ada = "ada@example.com";
const grace = "grace@example.com";
const alan = "alan@example.com";

function company() {
  return aDirectory({
    users: [aUser(ada), aUser(grace), aUser(alan)],
    groups: [aGroup("data", [ada, grace]), aGroup("ops", [alan])],
  });
}

/** A server that refuses what the predicate says, until it is told to recover. */
function failing(refuses: (line: string) => boolean, answer: WireAnswer = text(500)) {
  let broken = true;
  const server = tinyScim({
    intercept: (request: WireRequest) => (broken && refuses(lineOf(request)) ? answer : undefined),
  });
  return {
    server,
    recover: () => {
      broken = false;
    },
  };
}

describe("what an update of a group tells (GroupUpdate)", () => {
  const quiet = { added: [], removed: [], renamedFrom: undefined };
  const actions: readonly Action[] = [
    { kind: "add-member", group: "ops", user: ada },
    { kind: "remove-member", group: "data", user: grace },
    { kind: "rename-group", group: "data", name: "platform" },
    { kind: "push-now", group: "data" },
  ];
  const updates = [
    { ...quiet, added: [ada] },
    { ...quiet, removed: [grace] },
    { ...quiet, renamedFrom: "data" },
    quiet,
  ];

  test.each<OktaIntegration>(["manual", "catalog"])("%s", async (integration) => {
    const rehearsal = rehearse(company(), tinyScim().send, { integration });
    await rehearsal.run();
    for (const [index, action] of actions.entries()) {
      const { reports } = await rehearsal.act(action);
      expect(reports.map(({ outcome }) => outcome)).toEqual([
        { kind: "done", did: "updated", group: updates[index] },
      ]);
    }
  });

  test("a name that Okta does not push is no new name", async () => {
    const rehearsal = rehearse(company(), tinyScim().send, { renameGroups: false });
    await rehearsal.run();
    await rehearsal.act({ kind: "rename-group", group: "data", name: "platform" });
    const { reports } = await rehearsal.act({ kind: "push-now", group: "data" });
    expect(reports).toMatchObject([{ outcome: { group: quiet } }]);
  });
});

describe("how far an interrupted job had come", () => {
  /** Stops the run at that request: while it is on its way, or as it is answered. */
  async function stoppedAt(line: RegExp, answered: boolean) {
    const stop = new AbortController();
    const server = tinyScim({
      intercept: (request) => {
        if (!line.test(lineOf(request))) return undefined;
        stop.abort();
        return answered ? undefined : noResponse("aborted");
      },
    });
    const directory = aDirectory({ users: [aUser(ada)], groups: [aGroup("data", [ada])] });
    const rehearsal = rehearse(directory, server.send, {}, { signal: stop.signal });
    return (await rehearsal.run()).reports.at(-1)?.outcome;
  }

  const lookup = "GET /Users?filter=userName%20eq%20%22ada%40example.com%22&startIndex=1&count=100";
  test.each<[event: string, line: RegExp, answered: boolean, outcome: object]>([
    ["answered a read", /^GET .Users/, true, { after: lookup, wrote: "nothing" }],
    ["reading", /^GET .Users/, false, { after: lookup, wrote: "nothing" }],
    ["writing", /^POST .Users/, false, { after: "POST /Users", wrote: "unknown" }],
    ["written, and more to write", /^POST .Groups/, true, { after: "POST /Groups", wrote: "something" }],
  ])("%s", async (_event, line, answered, outcome) => {
    expect(await stoppedAt(line, answered)).toEqual({ kind: "interrupted", ...outcome });
  });

  test("waiting after a 429: the write that was refused is none", async () => {
    const stop = new AbortController();
    const clock = {
      now: () => new Date("2026-09-01T08:00:00Z"),
      wait: async () => stop.abort(),
    };
    const { server } = failing((line) => line === "POST /Users", scimError(429, "slow down"));
    const world = { signal: stop.signal, clock };
    const { reports } = await rehearse(aDirectory({ users: [aUser(ada)] }), server.send, {}, world).run();
    expect(reports).toMatchObject([
      { outcome: { kind: "interrupted", after: "POST /Users", wrote: "nothing" } },
    ]);
  });
});

describe("the first run", () => {
  test.each<[integration: OktaIntegration, group: string[]]>([
    ["manual", ["POST /Groups", "GET /Groups/Groups-3", "PUT /Groups/Groups-3"]],
    ["catalog", ["POST /Groups", "PATCH /Groups/Groups-3", "PATCH /Groups/Groups-3"]],
  ])("users first, then groups, in the order of the directory (%s)", async (integration, group) => {
    const server = tinyScim();
    const directory = aDirectory({
      users: [aUser(ada), aUser(grace)],
      groups: [aGroup("data", [ada, grace])],
    });
    const summary = await rehearse(directory, server.send, { integration }).run();
    const lookup = (path: string, name: string, value: string) =>
      `GET ${path}?filter=${name}%20eq%20%22${value}%22&startIndex=1&count=100`;
    expect(server.lines).toEqual([
      lookup("/Users", "userName", "ada%40example.com"),
      "POST /Users",
      lookup("/Users", "userName", "grace%40example.com"),
      "POST /Users",
      lookup("/Groups", "displayName", "data"),
      ...group,
    ]);
    expect(summary).toMatchObject({ requests: 8, interrupted: false, notBegun: [] });
    expect(outcomes(summary)).toEqual([
      `assign ${ada}: created`,
      `assign ${grace}: created`,
      "push-group data: created",
    ]);
    expect(server.members("data")).toEqual([ada, grace]);
  });

  test("tells what is planned, begun and finished", async () => {
    const rehearsal = rehearse(aDirectory({ users: [aUser(ada)] }), tinyScim().send);
    await rehearsal.run();
    expect(rehearsal.events.map((event) => event.kind)).toEqual([
      "jobs-planned",
      "job-started",
      "job-finished",
    ]);
    expect(rehearsal.events[2]).toMatchObject({
      report: { subject: { kind: "user", objectId: "00u-ada", name: ada }, requests: 2 },
    });
  });

  test("who is not to have an account is not looked for", async () => {
    const server = tinyScim();
    const directory = aDirectory({
      users: [aUser(ada, { status: "suspended" }), aUser(grace, { status: "deactivated" }), aUser(alan)],
      assignedUsers: [ada],
    });
    expect(outcomes(await rehearse(directory, server.send).run())).toEqual([]);
    expect(server.lines).toEqual([]);
  });

  test("only members that are provisioned are pushed (Okta: Group Push prerequisites)", async () => {
    const server = tinyScim();
    const users = [aUser(ada), aUser(grace), aUser(alan, { status: "suspended" })];
    const directory = aDirectory({
      users,
      groups: [aGroup("data", [ada, grace, alan])],
      assignedUsers: [ada, alan],
    });
    await rehearse(directory, server.send).run();
    expect(server.members("data")).toEqual([ada]);
  });

  test("a user that fails stops no other, and is left out of its groups without a word", async () => {
    const { server } = failing((line) => line.includes("grace"));
    const rehearsal = rehearse(company(), server.send);
    expect(outcomes(await rehearsal.run())).toEqual([
      `assign ${ada}: created`,
      `assign ${grace}: failed`,
      `assign ${alan}: created`,
      "push-group data: created",
      "push-group ops: created",
    ]);
    expect(server.members("data")).toEqual([ada]);
    expect([...rehearsal.memory.tasks.values()]).toMatchObject([
      { what: "assign", subject: { key: grace }, since: new Date("2026-09-01T08:00:00Z") },
    ]);
  });

  test("a user that cannot be mapped is a task, and no request", async () => {
    const server = tinyScim();
    const rehearsal = rehearse(
      aDirectory({ users: [aUser(ada, { profile: { email: null } })] }),
      server.send,
    );
    await rehearsal.run();
    expect(server.lines).toEqual([]);
    expect(rehearsal.memory.tasks.get("00u-ada")?.sentence).toBe(
      `Automatic provisioning of user ${ada} to app Astro failed: the user has no userName: user.email is empty`,
    );
  });

  test("a second user of one userName is refused before anything is sent", async () => {
    const server = tinyScim();
    const directory = aDirectory({
      users: [aUser(ada), aUser(grace, { profile: { email: "ADA@example.com" } })],
    });
    const rehearsal = rehearse(directory, server.send);
    await rehearsal.run();
    expect(server.writes()).toEqual(["POST /Users"]);
    expect(rehearsal.memory.tasks.get("00u-grace")?.sentence).toContain(
      `The username ADA@example.com is already used by ${ada}.`,
    );
  });

  test("a second group of one name is refused before anything is sent", async () => {
    const server = tinyScim();
    const rehearsal = rehearse(aDirectory({ groups: [aGroup("data"), aGroup("DATA")] }), server.send);
    await rehearsal.run();
    expect(server.writes()).toEqual(["POST /Groups", "PUT /Groups/Groups-1"]);
    expect(rehearsal.memory.tasks.get("00g-DATA")?.sentence).toContain("The group data is already pushed");
  });

  test("a wrong mapping is an error before anything is sent", async () => {
    const server = tinyScim();
    const run = rehearse(company(), server.send, { mappings: { jobTitle: "user.jobTitle" } }).run();
    await expect(run).rejects.toMatchObject({ code: "invalid-file" });
    expect(server.lines).toEqual([]);
  });
});

describe("memory", () => {
  test.each<OktaIntegration>(["manual", "catalog"])(
    "with it an unchanged directory sends nothing (%s)",
    async (integration) => {
      const server = tinyScim();
      const rehearsal = rehearse(company(), server.send, { integration });
      await rehearsal.run();
      server.forget();
      await rehearsal.run();
      expect(server.lines).toEqual([]);
    },
  );

  test.each<[OktaIntegration, string[]]>([
    [
      "manual",
      [
        "PUT /Users/Users-1",
        "PUT /Users/Users-2",
        "PUT /Users/Users-3",
        "PUT /Groups/Groups-4",
        "PUT /Groups/Groups-5",
      ],
    ],
    [
      "catalog",
      [
        "PUT /Users/Users-1",
        "PUT /Users/Users-2",
        "PUT /Users/Users-3",
        "PATCH /Groups/Groups-4",
        "PATCH /Groups/Groups-4",
        "PATCH /Groups/Groups-5",
        "PATCH /Groups/Groups-5",
      ],
    ],
  ])(
    "without it a filled server is linked to, and ends in the same state (%s)",
    async (integration, writes) => {
      const server = tinyScim();
      const rehearsal = rehearse(company(), server.send, { integration });
      await rehearsal.run();
      const before = server.state();
      server.forget();
      rehearsal.forget();
      const summary = await rehearsal.run();
      expect(server.writes()).toEqual(writes);
      expect(outcomes(summary).every((outcome) => outcome.endsWith("linked"))).toBe(true);
      expect(server.state()).toEqual(before);
    },
  );

  test("a changed directory sends the difference: joiner, leaver, mover, new name, new profile", async () => {
    const server = tinyScim();
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    rehearsal.become(
      aDirectory({
        users: [aUser(ada, { profile: { displayName: "Ada L." } }), aUser(grace), aUser("new@example.com")],
        groups: [{ ...aGroup("data", ["new@example.com", ada]), name: "data platform" }, aGroup("ops")],
      }),
    );
    const summary = await rehearsal.run();
    expect(outcomes(summary)).toEqual([
      `push-profile ${ada}: updated`,
      "assign new@example.com: created",
      `deactivate ${alan}: deactivated`,
      "update-group data platform: updated",
    ]);
    expect(server.members("data platform")).toEqual([ada, "new@example.com"]);
    expect(server.user(alan)).toMatchObject({ active: false });
  });
});

describe("what an administrator's action causes (Okta: Understanding SCIM)", () => {
  test.each<[rule: string, action: Action, writes: string[]]>([
    ["unassigning: the user alone, no group", { kind: "unassign-user", user: ada }, ["PUT /Users/Users-1"]],
    [
      "deactivation: the user alone, no group",
      { kind: "deactivate-user", user: ada },
      ["PUT /Users/Users-1"],
    ],
    ["deletion of an active user", { kind: "delete-user", user: ada }, ["PUT /Users/Users-1"]],
    ["suspension: nothing", { kind: "suspend-user", user: ada }, []],
    [
      "a mapped attribute",
      { kind: "update-user", user: ada, profile: { lastName: "King" } },
      ["PUT /Users/Users-1"],
    ],
    [
      "an attribute that is not mapped: nothing",
      { kind: "update-user", user: ada, profile: { title: "Countess" } },
      [],
    ],
    ["a new member", { kind: "add-member", group: "data", user: alan }, ["PUT /Groups/Groups-4"]],
    ["a member that leaves", { kind: "remove-member", group: "data", user: ada }, ["PUT /Groups/Groups-4"]],
    ["a new name", { kind: "rename-group", group: "data", name: "platform" }, ["PUT /Groups/Groups-4"]],
    ["Push now", { kind: "push-now", group: "data" }, ["PUT /Groups/Groups-4"]],
    ["unlink, leave the Team: nothing", { kind: "unpush-group", group: "data", deleteTeam: false }, []],
    [
      "unlink, delete the Team",
      { kind: "unpush-group", group: "data", deleteTeam: true },
      ["DELETE /Groups/Groups-4"],
    ],
    [
      "a new group that is not pushed: nothing",
      { kind: "create-group", group: aGroup("x", [ada]), pushed: false, assigned: false },
      [],
    ],
    [
      "a new group that is pushed",
      { kind: "create-group", group: aGroup("x", [ada]), pushed: true, assigned: false },
      ["POST /Groups", "PUT /Groups/Groups-6"],
    ],
    ["assigning a group whose members all are: nothing", { kind: "assign-group", group: "data" }, []],
    ["retry with nothing failed: nothing", { kind: "retry" }, []],
    ["Push now of nothing", { kind: "push-now", group: "none" }, []],
  ])("%s", async (_rule, action, writes) => {
    const server = tinyScim();
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    server.forget();
    await rehearsal.act(action);
    expect(server.writes()).toEqual(writes);
    server.forget();
    await rehearsal.run();
    expect(server.writes()).toEqual([]);
  });

  test("a joiner is pushed with its groups at once", async () => {
    const server = tinyScim();
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    const user = aUser("new@example.com");
    await rehearsal.act({ kind: "create-user", user, assigned: true, groups: ["data"] });
    expect(server.members("data")).toEqual([ada, grace, user.key]);
  });

  test("who is assigned again keeps its account and comes back into its Teams at once", async () => {
    const server = tinyScim();
    const rehearsal = rehearse(company(), server.send, { integration: "catalog" });
    await rehearsal.run();
    await rehearsal.act({ kind: "unassign-user", user: ada });
    expect(server.user(ada)).toMatchObject({ active: false });
    expect(rehearsal.memory.appUsers.get("00u-ada")).toMatchObject({
      status: "DEPROVISIONED",
      externalId: undefined,
    });
    server.forget();
    const summary = await rehearsal.act({ kind: "assign-user", user: ada });
    expect(server.writes()).toEqual([
      "PATCH /Users/Users-1",
      "PUT /Users/Users-1",
      "PATCH /Groups/Groups-4",
      "PATCH /Groups/Groups-4",
    ]);
    expect(outcomes(summary)).toEqual([`assign ${ada}: reactivated`, "update-group data: updated"]);
    expect(server.members("data")).toEqual([ada, grace]);
  });

  test("a rehire comes back into a Team when its group is pushed by hand, each group for itself", async () => {
    const server = tinyScim();
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    await rehearsal.act({ kind: "add-member", group: "ops", user: ada });
    await rehearsal.act({ kind: "deactivate-user", user: ada });
    await rehearsal.act({ kind: "activate-user", user: ada });
    expect(outcomes(await rehearsal.act({ kind: "assign-user", user: ada }))).toEqual([
      `assign ${ada}: reactivated`,
    ]);
    await rehearsal.act({ kind: "add-member", group: "data", user: alan });
    expect([server.members("data"), server.members("ops")]).toEqual([[alan, grace], [alan]]);
    await rehearsal.act({ kind: "push-now", group: "data" });
    expect([server.members("data"), server.members("ops")]).toEqual([[ada, alan, grace], [alan]]);
    await rehearsal.act({ kind: "remove-member", group: "ops", user: ada });
    await rehearsal.act({ kind: "add-member", group: "ops", user: ada });
    expect(server.members("ops")).toEqual([ada, alan]);
  });

  test("on a server that keeps an inactive user's memberships, one that Okta no longer knows of lingers until Push now", async () => {
    const server = tinyScim({ endsMemberships: false });
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    await rehearsal.act({ kind: "unassign-user", user: ada });
    await rehearsal.act({ kind: "remove-member", group: "data", user: ada });
    await rehearsal.act({ kind: "assign-user", user: ada });
    expect(server.members("data")).toEqual([ada, grace]);
    await rehearsal.act({ kind: "push-now", group: "data" });
    expect(server.members("data")).toEqual([grace]);
  });

  test("leaving the assigned group unassigns; coming back assigns", async () => {
    const server = tinyScim();
    const directory = aDirectory({
      users: [aUser(ada)],
      groups: [aGroup("everyone", [ada])],
      assignedUsers: [],
      assignedGroups: ["everyone"],
      pushedGroups: [],
    });
    const rehearsal = rehearse(directory, server.send);
    await rehearsal.run();
    expect(outcomes(await rehearsal.act({ kind: "remove-member", group: "everyone", user: ada }))).toEqual([
      `deactivate ${ada}: deactivated`,
    ]);
    expect(outcomes(await rehearsal.act({ kind: "add-member", group: "everyone", user: ada }))).toEqual([
      `assign ${ada}: reactivated`,
    ]);
    expect(outcomes(await rehearsal.act({ kind: "unassign-group", group: "everyone" }))).toEqual([
      `deactivate ${ada}: deactivated`,
    ]);
  });

  test("a suspended user keeps its Teams, gets no new one, and gets it when it is back", async () => {
    const server = tinyScim();
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    await rehearsal.act({ kind: "suspend-user", user: ada });
    await rehearsal.act({ kind: "add-member", group: "ops", user: ada });
    await rehearsal.act({ kind: "remove-member", group: "data", user: grace });
    expect([server.members("data"), server.members("ops")]).toEqual([[ada], [alan]]);
    await rehearsal.act({ kind: "unsuspend-user", user: ada });
    expect([server.members("data"), server.members("ops")]).toEqual([[ada], [ada, alan]]);
  });

  test("with Rename app groups off a new name is not sent, now or later", async () => {
    const server = tinyScim();
    const rehearsal = rehearse(company(), server.send, { renameGroups: false });
    await rehearsal.run();
    server.forget();
    const summary = await rehearsal.act({ kind: "rename-group", group: "data", name: "platform" });
    expect(outcomes(summary)).toEqual(["update-group platform: nothing-sent"]);
    expect(outcomes(await rehearsal.run())).toEqual([]);
    await rehearsal.act({ kind: "push-now", group: "data" });
    expect(server.members("data")).toEqual([ada, grace]);
  });

  test("with Deactivate Users off a leaver's account stays as it is", async () => {
    const server = tinyScim();
    const rehearsal = rehearse(company(), server.send, { deactivateUsers: false });
    await rehearsal.run();
    server.forget();
    expect(outcomes(await rehearsal.act({ kind: "unassign-user", user: ada }))).toEqual([
      `deactivate ${ada}: nothing-sent`,
    ]);
    expect(server.lines).toEqual([]);
  });

  test("with Update User Attributes off a changed profile stays in Okta", async () => {
    const server = tinyScim();
    const rehearsal = rehearse(company(), server.send, { updateUserAttributes: false });
    await rehearsal.run();
    server.forget();
    await rehearsal.act({ kind: "update-user", user: ada, profile: { lastName: "King" } });
    expect(server.lines).toEqual([]);
  });
});

describe("what failed", () => {
  test("an assignment: unassigning sends nothing, whatever the server has by now (confirmed by Okta staff)", async () => {
    const server = tinyScim();
    const first = rehearse(aDirectory({ users: [aUser(ada)] }), server.send);
    await first.run();
    await first.act({ kind: "unassign-user", user: ada });
    const broken = tinyBehind(
      server.send,
      (request) => request.method === "PUT" && request.body?.["displayName"] === "new",
    );
    const rehearsal = rehearse(
      aDirectory({ users: [aUser(ada, { profile: { displayName: "new" } })] }),
      broken,
    );
    await rehearsal.run();
    expect(server.user(ada)).toMatchObject({ active: true });
    server.forget();
    const summary = await rehearsal.act({ kind: "unassign-user", user: ada });
    expect(outcomes(summary)).toEqual([`deactivate ${ada}: nothing-sent`]);
    expect(server.lines).toEqual([]);
    expect(rehearsal.memory.tasks.size).toBe(0);
  });

  test("an assignment waits for Retry; then the user joins its pushed groups", async () => {
    const { server, recover } = failing((line) => line.includes("grace"));
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    recover();
    server.forget();
    await rehearsal.run();
    expect(server.lines).toEqual([]);
    expect(outcomes(await rehearsal.act({ kind: "retry", user: alan }))).toEqual([]);
    const summary = await rehearsal.act({ kind: "retry", user: grace });
    expect(outcomes(summary)).toEqual([`assign ${grace}: created`, "update-group data: updated"]);
    expect(rehearsal.memory.tasks.size).toBe(0);
  });

  test("a profile push: later changes wait for Retry, which sends the last of them", async () => {
    const { server, recover } = failing((line) => line.startsWith("PUT /Users/Users-1"));
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    await rehearsal.act({ kind: "update-user", user: ada, profile: { lastName: "King" } });
    recover();
    server.forget();
    await rehearsal.act({ kind: "update-user", user: ada, profile: { lastName: "Queen" } });
    expect(server.lines).toEqual([]);
    expect(outcomes(await rehearsal.act({ kind: "retry" }))).toEqual([`push-profile ${ada}: updated`]);
    expect(server.user(ada)).toMatchObject({ name: { familyName: "Queen" } });
  });

  test("a deactivation is done again by Retry alone, and an assignment starts afresh", async () => {
    const { server, recover } = failing(
      (line) => line.startsWith("PUT /Users/Users-1"),
      scimError(501, "no"),
    );
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    await rehearsal.act({ kind: "unassign-user", user: ada });
    expect(rehearsal.memory.appUsers.get("00u-ada")).toMatchObject({
      status: "REVOKED",
      externalId: "Users-1",
    });
    recover();
    server.forget();
    await rehearsal.run();
    expect(server.lines).toEqual([]);
    expect(outcomes(await rehearsal.act({ kind: "retry", user: ada }))).toEqual([
      `deactivate ${ada}: deactivated`,
    ]);
    expect(outcomes(await rehearsal.act({ kind: "assign-user", user: ada }))).toEqual([
      `assign ${ada}: reactivated`,
      "update-group data: updated",
    ]);
  });

  test("a group push: nothing more is pushed until Retry, which is a full push", async () => {
    const { server, recover } = failing((line) => line.startsWith("PUT /Groups/Groups-4"));
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    expect(rehearsal.memory.pushMappings.get("00g-data")).toMatchObject({
      status: "ERROR",
      scimId: "Groups-4",
    });
    recover();
    server.forget();
    await rehearsal.act({ kind: "add-member", group: "data", user: alan });
    expect(server.lines).toEqual([]);
    expect(outcomes(await rehearsal.act({ kind: "retry", group: "data" }))).toEqual([
      "push-now data: updated",
    ]);
    expect(server.members("data")).toEqual([ada, alan, grace]);
  });

  test("a group that was never made is looked up again by Retry", async () => {
    const { server, recover } = failing((line) => line === "POST /Groups");
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    recover();
    await rehearsal.run();
    expect(server.members("data")).toBeUndefined();
    expect(outcomes(await rehearsal.act({ kind: "retry" }))).toEqual([
      "push-group data: created",
      "push-group ops: created",
    ]);
  });

  test("Push now brings a mapping in error back, too", async () => {
    const { server, recover } = failing((line) => line.startsWith("PUT /Groups/Groups-4"));
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    recover();
    await rehearsal.act({ kind: "push-now", group: "data" });
    expect(rehearsal.memory.pushMappings.get("00g-data")?.status).toBe("ACTIVE");
    expect(rehearsal.memory.tasks.size).toBe(0);
  });

  test("a Team that is gone from the server is not made again", async () => {
    const server = tinyScim();
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    await server.send({ method: "DELETE", path: "/Groups/Groups-4", headers: {} });
    await rehearsal.act({ kind: "push-now", group: "data" });
    expect(rehearsal.memory.tasks.get("00g-data")?.sentence).toContain("Linked group is missing in Astro.");
    await rehearsal.act({ kind: "unpush-group", group: "data", deleteTeam: false });
    await rehearsal.act({ kind: "push-group", group: "data" });
    expect(server.members("data")).toEqual([ada, grace]);
  });

  test("a 404 to a write is told as the server says it, for the Team may be there", async () => {
    const { server } = failing((line) => line.startsWith("PUT /Groups"), scimError(404, "User u9 not found"));
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    expect(rehearsal.memory.tasks.get("00g-data")).toMatchObject({
      sentence: expect.stringContaining("Linked group is missing in Astro."),
      reason: "404 Not Found: User u9 not found",
    });
  });

  test("a deletion that failed waits for Retry, which deletes", async () => {
    const { server, recover } = failing((line) => line.startsWith("DELETE"), scimError(403, "no"));
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    await rehearsal.act({ kind: "unpush-group", group: "data", deleteTeam: true });
    recover();
    server.forget();
    await rehearsal.run();
    expect(server.lines).toEqual([]);
    expect(outcomes(await rehearsal.act({ kind: "retry", group: "data" }))).toEqual([
      "delete-group data: deleted",
    ]);
  });

  test("a 401 fails every job and ends the run in order", async () => {
    const { server } = failing(() => true, scimError(401, "rotated"));
    const summary = await rehearse(company(), server.send).run();
    expect(summary.reports).toHaveLength(5);
    expect(summary.reports.every(({ outcome }) => outcome.kind === "failed")).toBe(true);
  });

  test("unassigning closes the task of a user that was never mapped", async () => {
    const rehearsal = rehearse(
      aDirectory({ users: [aUser(ada, { profile: { email: null } })] }),
      tinyScim().send,
    );
    await rehearsal.run();
    await rehearsal.act({ kind: "unassign-user", user: ada });
    expect(rehearsal.memory.tasks.size).toBe(0);
  });
});

describe("stopping", () => {
  test("ends between two requests: what was under way leaves no trace, the rest is named", async () => {
    const stop = new AbortController();
    const server = tinyScim({
      intercept: (request) => {
        if (lineOf(request).includes("grace")) stop.abort();
        return undefined;
      },
    });
    const rehearsal = rehearse(company(), server.send, {}, { signal: stop.signal });
    const summary = await rehearsal.run();
    expect(outcomes(summary)).toEqual([`assign ${ada}: created`, `assign ${grace}: interrupted`]);
    expect(summary).toMatchObject({
      interrupted: true,
      notBegun: [{ what: "assign" }, { what: "push-group" }, { what: "push-group" }],
    });
    expect(server.writes()).toEqual(["POST /Users"]);
    expect([...rehearsal.memory.appUsers.keys()]).toEqual(["00u-ada"]);
    expect(rehearsal.memory.tasks.size).toBe(0);
  });

  test("a sender that gave up a request because of it counts as stopped, not as failed", async () => {
    const stop = new AbortController();
    const send = async () => {
      stop.abort();
      return noResponse("aborted");
    };
    const rehearsal = rehearse(company(), send, {}, { signal: stop.signal });
    expect(outcomes(await rehearsal.run())).toEqual([`assign ${ada}: interrupted`]);
    expect(rehearsal.memory.appUsers.size).toBe(0);
  });

  test("a stopped run that is run again ends where an unbroken one does", async () => {
    for (let stopAt = 1; stopAt <= 12; stopAt += 1) {
      const stop = new AbortController();
      let count = 0;
      const server = tinyScim({
        intercept: () => {
          count += 1;
          if (count === stopAt) stop.abort();
          return undefined;
        },
      });
      const stopped = rehearse(company(), server.send, {}, { signal: stop.signal });
      await stopped.run();
      const again = rehearse(company(), server.send);
      await again.run();
      expect(server.members("data")).toEqual([ada, grace]);
      expect(server.members("ops")).toEqual([alan]);
    }
  });
});

describe("Test Connector Configuration", () => {
  function world(send: OktaWorld["send"], changes: Partial<OktaWorld> = {}): OktaWorld {
    const clock = simulatedClock(new Date(0));
    return {
      send,
      clock,
      signal: new AbortController().signal,
      report: () => {},
      randomText: () => "",
      ...changes,
    };
  }

  test("is reported with its failure", async () => {
    const events: unknown[] = [];
    const { failed } = await testOktaCredentials(
      documentedOktaSettings,
      world(async () => scimError(401, "x"), { report: (event) => events.push(event) }),
    );
    expect(failed?.failure).toMatchObject({ cause: { kind: "status", status: 401 } });
    expect(events).toEqual([
      { kind: "credentials-test-started" },
      { kind: "credentials-tested", failure: failed?.failure },
    ]);
  });

  test("passes with a list, and counts its request", async () => {
    expect(
      await testOktaCredentials(
        documentedOktaSettings,
        world(async () => list()),
      ),
    ).toEqual({
      failed: undefined,
      observations: [],
      requests: 1,
    });
  });
});

test("what Okta leaves behind is the expected state, on a server that ends memberships and on one that does not", async () => {
  for (const endsMemberships of [true, false]) {
    const server = tinyScim({ endsMemberships });
    const rehearsal = rehearse(company(), server.send);
    await rehearsal.run();
    await rehearsal.act({ kind: "deactivate-user", user: grace });
    const expected = expectedState(rehearsal.directory, documentedOktaSettings);
    for (const [key, team] of expected.teams) expect(new Set(server.members(key))).toEqual(team.members);
    for (const [key, { active, attributes }] of expected.users) {
      expect(server.state().users.get(key)).toMatchObject({ active, attributes });
    }
  }
});

/** The server behind a sender that answers 500 to what the predicate says. */
function tinyBehind(send: OktaWorld["send"], refuses: (request: WireRequest) => boolean): OktaWorld["send"] {
  return async (request) => (refuses(request) ? text(500) : send(request));
}
