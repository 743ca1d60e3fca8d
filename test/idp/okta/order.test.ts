/** In which order Okta works, and how many at a time, by the switches of docs/fidelity.md. */

import { describe, expect, test } from "vitest";
import { resolveOktaFidelity } from "../../../src/fidelity/resolve.ts";
import type { OktaFidelity } from "../../../src/fidelity/table.ts";
import type { Send, WireRequest } from "../../../src/wire/exchange.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { scimError } from "../../support/conversation.ts";
import { outcomes, rehearse, type Rehearsal } from "../../support/okta-rehearsal.ts";
import { tinyScim } from "../../support/tiny-scim.ts";

const people = Array.from({ length: 12 }, (_, index) => `user${index}@example.com`);
const directory = aDirectory({
  users: people.map((email) => aUser(email)),
  groups: ["data", "ops"].map((name) => ({ ...aGroup(name), members: new Set(people) })),
  pushedGroups: ["data", "ops"],
});

function okta(send: Send, choice: Partial<OktaFidelity>): Rehearsal {
  return rehearse(directory, send, { fidelity: resolveOktaFidelity(choice) });
}

/** A server that answers the oldest half of what is under way last, and counts how much that is. */
function unevenServer() {
  const server = tinyScim();
  let underWay = 0;
  let most = 0;
  const send = async (request: WireRequest) => {
    underWay += 1;
    most = Math.max(most, underWay);
    // Lets others overtake: the later a request came, the sooner it is answered.
    for (let turns = 20 - underWay; turns > 0; turns -= 1) await Promise.resolve();
    underWay -= 1;
    return server.send(request);
  };
  return { server, send, most: () => most };
}

describe("users at the same time", () => {
  test.each([1, 4])("%i of them, and no more", async (parallelUsers) => {
    const { send, most, server } = unevenServer();
    await okta(send, { parallelUsers }).run();
    expect(most()).toBe(parallelUsers);
    expect(server.members("data")).toHaveLength(people.length);
  });

  test("what is told is told in the order of the directory, one after another", async () => {
    const told = async (parallelUsers: number) => {
      const rehearsal = okta(unevenServer().send, { parallelUsers, parallelGroups: parallelUsers });
      const summary = await rehearsal.run();
      return { events: rehearsal.events.map(({ kind }) => kind), outcomes: outcomes(summary) };
    };
    expect(await told(5)).toEqual(await told(1));
  });

  test("of two users with one userName one is refused, whoever is under way", async () => {
    const twins = aDirectory({ users: [aUser("ada@example.com"), aUser("ADA@example.com")] });
    const { send } = unevenServer();
    const fidelity = resolveOktaFidelity({ parallelUsers: 2 });
    expect(outcomes(await rehearse(twins, send, { fidelity }).run())).toEqual([
      "assign ada@example.com: created",
      "assign ADA@example.com: failed",
    ]);
  });

  test("a run that is stopped begins no other, and names those that were not begun", async () => {
    const stop = new AbortController();
    const server = tinyScim();
    const send: Send = (request) => {
      stop.abort();
      return server.send(request);
    };
    const fidelity = resolveOktaFidelity({ parallelUsers: 3 });
    const summary = await rehearse(directory, send, { fidelity }, { signal: stop.signal }).run();
    const begun = summary.reports.map(({ subject }) => subject.key);
    expect(begun).toEqual(people.slice(0, begun.length));
    expect(summary.notBegun.map(({ subject }) => subject.key).slice(0, people.length - begun.length)).toEqual(
      people.slice(begun.length),
    );
    expect(summary.interrupted).toBe(true);
  });
});

test("groups first: members that are not provisioned yet are left out, until the group is pushed by hand", async () => {
  const server = tinyScim();
  const rehearsal = okta(server.send, { firstPipeline: "groups" });
  const [first] = outcomes(await rehearsal.run());
  expect(first).toBe("push-group data: created");
  expect(server.members("data")).toEqual([]);
  await rehearsal.act({ kind: "push-now", group: "data" });
  expect(server.members("data")).toHaveLength(people.length);
  expect(server.members("ops")).toEqual([]);
});

describe("unassigning a user who is in pushed groups", () => {
  const [leaver = ""] = people;
  test.each<[choice: Partial<OktaFidelity>, writes: RegExp[]]>([
    [{}, [/^PUT \/Users\//]],
    [{ leaverMemberships: "remove" }, [/^PUT \/Users\//, /^PUT \/Groups\//, /^PUT \/Groups\//]],
  ])("%o", async (choice, writes) => {
    const server = tinyScim({ endsMemberships: false });
    const rehearsal = okta(server.send, choice);
    await rehearsal.run();
    server.forget();
    await rehearsal.act({ kind: "unassign-user", user: leaver });
    expect(server.writes()).toEqual(writes.map((line) => expect.stringMatching(line)));
  });

  test("a group that cannot be updated is a task of its own", async () => {
    const server = tinyScim({
      intercept: ({ method, path }) =>
        method === "PUT" && path === "/Groups/Groups-13" && left ? scimError(400, "no") : undefined,
    });
    let left = false;
    const rehearsal = okta(server.send, { leaverMemberships: "remove" });
    await rehearsal.run();
    left = true;
    expect(outcomes(await rehearsal.act({ kind: "unassign-user", user: leaver }))[0]).toContain(
      "deactivated",
    );
    expect(
      [...rehearsal.memory.tasks.values()].map(({ subject, what }) => `${what} ${subject.name}`),
    ).toEqual(["update-group data"]);
  });
});
