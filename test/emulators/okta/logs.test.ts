/** The System Log of the emulated Okta: who did what, and what the provisioning came to. */

import { describe, expect, test } from "vitest";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { startEmulatedOkta, type EmulatedOkta } from "../../support/emulated-okta.ts";
import { seededWorld } from "../../support/seeded-world.ts";

const [ada, bob] = ["ada@example.com", "bob@example.com"];
const directory = aDirectory({
  users: [aUser(ada), aUser(bob)],
  groups: [aGroup("data", [ada])],
  assignedUsers: [ada],
});

interface Logged {
  readonly eventType: string;
  readonly outcome: { readonly result: string; readonly reason: string | null };
  readonly actor: { readonly alternateId: string };
  readonly target: readonly { readonly type: string; readonly id: string; readonly changeDetails?: object }[];
}

async function logged({ get }: EmulatedOkta, query = ""): Promise<readonly Logged[]> {
  return (await get(encodeURI(`/api/v1/logs?limit=1000${query}`))).body;
}

const typesOf = (events: readonly Logged[]): readonly string[] => events.map(({ eventType }) => eventType);

interface LogCase {
  readonly does: string;
  readonly act: (emulated: EmulatedOkta) => Promise<unknown> | void;
  readonly writes: readonly string[];
}

const cases: readonly LogCase[] = [
  {
    does: "assigning a user",
    act: ({ company }) => company.act({ kind: "assign-user", user: bob }),
    writes: [
      "application.user_membership.add",
      "application.provision.user.push",
      "application.provision.user.sync",
    ],
  },
  {
    does: "unassigning a user",
    act: ({ company }) => company.act({ kind: "unassign-user", user: ada }),
    writes: [
      "application.user_membership.remove",
      "application.provision.user.deactivate",
      "application.provision.user.sync",
    ],
  },
  {
    does: "a failed profile push",
    act: ({ company, astro }) => {
      astro.faults.set(["status=500,path=/Users,method=PUT"]);
      company.act({ kind: "update-user", user: ada, profile: { lastName: "Byron" } });
    },
    writes: [
      "user.account.update_profile",
      "application.provision.user.push_profile",
      "application.provision.user.sync",
    ],
  },
  {
    does: "a new member of a pushed group",
    act: ({ company }) => company.act({ kind: "remove-member", group: "data", user: ada }),
    writes: ["group.user_membership.remove", "application.provision.group_push.push_memberships"],
  },
  {
    does: "a failed push of a group",
    act: ({ company, astro }) => {
      astro.faults.set(["status=500,path=/Groups"]);
      company.act({ kind: "remove-member", group: "data", user: ada });
    },
    writes: [
      "group.user_membership.remove",
      "application.provision.group_push.mapping.update.or.delete.failed.with.error",
    ],
  },
  {
    does: "a member who is not provisioned",
    act: ({ company }) =>
      company.act({ kind: "create-group", group: aGroup("ops", [bob]), pushed: true, assigned: false }),
    writes: [
      "group.lifecycle.create",
      "application.provision.group_push.pushed",
      "app.user_management.grouppush.mapping.okta.users.ignored",
    ],
  },
  {
    does: "a toggle",
    act: ({ send, app }) =>
      send("PUT", `${app}/features/USER_PROVISIONING`, {
        body: { update: { lifecycleDeactivate: { status: "DISABLED" } } },
      }),
    writes: ["application.lifecycle.update"],
  },
];

test.each(cases)("$does is written", async ({ act, writes }) => {
  const emulated = await startEmulatedOkta({ directory });
  await emulated.company.settled();
  const before = (await logged(emulated)).length;
  await act(emulated);
  await emulated.company.settled();
  expect(typesOf((await logged(emulated)).slice(before))).toEqual(writes);
});

test("a failure has the console's sentence, and names user, app user and app", async () => {
  const emulated = await startEmulatedOkta({
    directory,
    astro: { faults: ["status=500,path=/Users,method=POST"] },
  });
  await emulated.company.settled();
  const [push] = await logged(emulated, `&filter=target.id eq "00u-ada" and outcome.result eq "FAILURE"`);
  expect(push).toMatchObject({
    eventType: "application.provision.user.push",
    severity: "WARN",
    outcome: {
      result: "FAILURE",
      reason: expect.stringContaining(`Automatic provisioning of user ${ada} to app Astro failed`),
    },
    actor: { type: "SystemPrincipal" },
    transaction: { type: "JOB" },
  });
  expect(push?.target.map(({ type }) => type)).toEqual(["AppUser", "User", "AppInstance"]);
});

test("a toggle says who switched it, and how it was before", async () => {
  const emulated = await startEmulatedOkta({ directory });
  emulated.company.changeApp((app) => ({ ...app, deactivateUsers: false }), "olga@example.com");
  const [event] = await logged(emulated, '&filter=eventType eq "application.lifecycle.update"');
  expect(event?.actor.alternateId).toBe("olga@example.com");
  expect(event?.target[0]).toMatchObject({
    type: "AppInstance",
    id: emulated.company.appId,
    changeDetails: { from: { deactivateUsers: "ENABLED" }, to: { deactivateUsers: "DISABLED" } },
  });
});

test("a mapping that is wrong is written as a failed synchronization", async () => {
  const emulated = await startEmulatedOkta({ directory });
  emulated.company.changeApp((app) =>
    app.idp === "okta" ? { ...app, mappings: { email: "String.nothing(" } } : app,
  );
  emulated.company.act({ kind: "assign-user", user: bob });
  await emulated.company.settled();
  const failed = await logged(emulated, '&filter=outcome.result eq "FAILURE"');
  expect(failed.map(({ eventType }) => eventType)).toEqual(["application.provision.user.sync"]);
});

describe("the list", () => {
  const years = async (): Promise<EmulatedOkta> => {
    let day = 0;
    const now = (): Date => new Date(Date.UTC(2026, 0, 1 + day));
    const emulated = await startEmulatedOkta({
      directory,
      startsPaused: true,
      world: { ...seededWorld({ seed: 2 }), clock: { now, monotonicMs: () => day } },
    });
    for (day = 1; day <= 20; day += 1)
      emulated.company.act({ kind: "update-user", user: ada, profile: { title: `${day}` } });
    return emulated;
  };

  const windows: readonly (readonly [query: string, days: readonly number[]])[] = [
    ["", [14, 15, 16, 17, 18, 19, 20]],
    ["&since=2026-01-19T00:00:00Z", [18, 19, 20]],
    ["&until=2026-01-05T00:00:00Z", [1, 2, 3]],
    ["&since=2026-01-19T00:00:00Z&until=2026-01-21T00:00:00Z&sortOrder=DESCENDING", [19, 18]],
    ["&since=2026-01-01T00:00:00Z&q=update_profile nothing", []],
  ];

  test.each(windows)("of the time %s", async (query, days) => {
    const { get } = await years();
    const { body } = await get(encodeURI(`/api/v1/logs?limit=1000${query}`));
    const expected = days.map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString());
    expect(body.map(({ published }: { published: string }) => published)).toEqual(expected);
  });

  test("of a bounded time ends", async () => {
    const { pages } = await years();
    const read = await pages("/api/v1/logs?since=2026-01-01T00:00:00Z&until=2026-02-01T00:00:00Z&limit=3");
    expect(read.map(({ body }) => body.length)).toEqual([3, 3, 3, 3, 3, 3, 2]);
  });

  test("of no events has no next page", async () => {
    const { get } = await years();
    const { body, next } = await get("/api/v1/logs?since=2026-01-01T00:00:00Z&limit=0");
    expect([body, next]).toEqual([[], undefined]);
  });

  test("that is polled always has a next page, with what has happened since", async () => {
    const { get, company } = await years();
    const first = await get("/api/v1/logs?since=2026-01-01T00:00:00Z&limit=1000");
    expect(first.body.length).toBe(20);
    const second = await get(first.next ?? "");
    expect(second.body).toEqual([]);
    company.act({ kind: "update-user", user: bob, profile: {} });
    const third = await get(second.next ?? "");
    expect(third.body.map(({ target }: Logged) => target[0]?.id)).toEqual(["00u-bob"]);
  });
});
