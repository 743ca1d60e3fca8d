import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readAstroState } from "../../src/astro/api/reading/read.ts";
import { createScimWriter } from "../../src/astro/api/write.ts";
import type { HeldState } from "../../src/astro/held.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { createSender, type Sender } from "../../src/http/send.ts";
import { applyPlan } from "../../src/repair/apply.ts";
import type { Outcome } from "../../src/repair/outcome.ts";
import { scimExecutor } from "../../src/repair/scim-executor.ts";
import { startServer, type AstroServer } from "../../src/server/start.ts";
import type { Send } from "../../src/wire/exchange.ts";
import { systemWorld } from "../../src/world/system-world.ts";
import { scimClient } from "../support/scim-client.ts";
import { longEnoughMs } from "../support/long-enough.ts";
import { expectedState } from "../support/states.ts";
import { seedUser } from "../support/seed-user.ts";

const everything = { users: "all", teams: "all" } as const;
const signal = new AbortController().signal;

function attributes(userName: string, displayName?: string): Record<string, string> {
  return {
    "emails[primary eq true].value": userName,
    ...(displayName === undefined ? {} : { displayName }),
  };
}

/** 230 of them, so that pages and batches are more than one. */
const crowd = Array.from({ length: 230 }, (_, at) => `user${at}@example.com`);

const expected = expectedState({
  users: [
    ...crowd.map((name) => ({ name, attributes: attributes(name) })),
    { name: "new@example.com", externalId: "00u1", attributes: attributes("new@example.com", "Neŵ O'Neil") },
    { name: "asleep@example.com", attributes: attributes("asleep@example.com") },
    {
      name: "ada.king@example.com",
      externalId: "00u2",
      attributes: attributes("ada.king@example.com", "Ada King"),
    },
    { name: "typo@example.com", attributes: attributes("typo@example.com", "Right") },
  ],
  teams: [
    { name: 'Everybody "in" Data', members: [...crowd, "new@example.com", "asleep@example.com"] },
    { name: "Ops", members: ["new@example.com", "typo@example.com"] },
    { name: "Platform", members: ["typo@example.com", "ada.king@example.com"] },
    { name: "Empty" },
  ],
});

let server: AstroServer;
let sender: Sender;

beforeEach(async () => {
  server = await startServer({
    seed: {
      users: [
        ...crowd.map((name) => seedUser(name)),
        seedUser("asleep@example.com", { active: false }),
        seedUser("ada@example.com", { externalId: "00u2", displayName: "Ada" }),
        seedUser("typo@example.com", { displayName: "Wrong", profileUrl: "https://example.com/typo" }),
        seedUser("gone@example.com"),
        seedUser("root@example.com", { role: "ORGANIZATION_OWNER" }),
      ],
      teams: [
        { name: "Ops", members: crowd.slice(0, 150) },
        { name: "Old platform", members: ["typo@example.com", "ada@example.com"] },
        { name: "Local", members: ["root@example.com"] },
        { name: "Empty", members: [] },
      ],
    },
  });
  sender = createSender({
    baseUrl: server.url,
    token: server.token,
    timeoutMs: longEnoughMs,
    timers: systemWorld().timers,
    connections: 4,
    signal,
  });
});

afterEach(async () => {
  await sender.close();
  await server.close();
});

async function read(): Promise<HeldState> {
  return await readAstroState(sender.send, { target: server.url });
}

async function apply(plan: Plan, send: Send = sender.send): Promise<readonly Outcome[]> {
  const writer = createScimWriter(send, { target: server.url });
  return await applyPlan(plan, scimExecutor(writer), { signal, pause: async () => {} });
}

const unfinished = (outcomes: readonly Outcome[]) => outcomes.filter((outcome) => outcome.status !== "done");

describe("over HTTP, on the local Astro", () => {
  test("it is read with all its pages, Teams and members", async () => {
    const state = await read();
    expect(state.users.size).toBe(235);
    expect(state.users.get("asleep@example.com")?.active).toBe(false);
    expect(state.teams.get("ops")?.members.size).toBe(150);
    expect(state.teams.get("empty")?.members.size).toBe(0);
    expect(state.users.get("typo@example.com")?.version).toMatch(/^W\/"/);
  });

  test("resync and delete end the drift", async () => {
    const protect = ["root@example.com", "Local"];
    const resync = planResync(diff(expected, await read(), { protect }), everything);
    expect(unfinished(await apply(resync))).toEqual([]);

    const between = diff(expected, await read(), { protect });
    expect(between.changes.map((change) => change.kind)).toEqual(["user-left-over"]);
    expect(unfinished(await apply(planDelete(between, everything)))).toEqual([]);

    const after = diff(expected, await read(), { protect });
    expect(after.changes).toEqual([]);
    expect(after.unexplainedTeams.map((team) => team.displayName)).toEqual(["Local"]);
    const owner = await scimClient(server).get(
      '/Users?filter=userName eq "root@example.com"'.replaceAll(" ", "%20"),
    );
    expect(owner.body.totalResults).toBe(1);
  });

  test("a PATCH of a Team carries up to a hundred members, and a second run writes nothing", async () => {
    const membersSent: number[] = [];
    const send: Send = (request) => {
      if (request.method === "PATCH" && request.path.startsWith("/Groups/")) {
        membersSent.push(JSON.stringify(request.body).split('"value":"').length - 1);
      }
      return sender.send(request);
    };
    const team = { users: [], teams: ['Everybody "in" Data'] };
    const users = { users: "all", teams: [] } as const;
    expect(unfinished(await apply(planResync(diff(expected, await read()), users)))).toEqual([]);
    expect(unfinished(await apply(planResync(diff(expected, await read()), team), send))).toEqual([]);
    expect(membersSent).toEqual([100, 100, 32]);

    expect(planResync(diff(expected, await read()), team).operations).toEqual([]);
  });

  test("a resource that changed since the plan was made is left alone, the others are not", async () => {
    const held = await read();
    const typo = held.users.get("typo@example.com")!;
    const plan = planResync(diff(expected, held), {
      users: ["typo@example.com", "new@example.com"],
      teams: [],
    });
    await scimClient(server).patch(`/Users/${typo.scimId}`, {
      op: "replace",
      path: "displayName",
      value: "Mine",
    });
    const outcomes = await apply(plan);
    const statuses = outcomes.map(
      ({ operation, status }) => `${operation.kind} ${operation.subject.name}: ${status}`,
    );
    expect(statuses).toEqual([
      "create-user new@example.com: done",
      "update-user typo@example.com: stale",
      "add-members Ops: done",
    ]);
    expect((await read()).users.get("typo@example.com")?.attributes["displayName"]).toBe("Mine");
  });

  test("the server's refusal to lose its last owner is an outcome with its words", async () => {
    const held = await read();
    const plan = planDelete(diff(expected, held), { users: ["root@example.com"], teams: [] });
    const [outcome] = await apply(plan);
    expect(outcome).toMatchObject({ status: "failed", reason: expect.stringMatching(/owner/i) as string });
    expect((await read()).users.has("root@example.com")).toBe(true);
  });

  test("a version that is not the server's any more is refused (If-Match, RFC 7644 §3.14)", async () => {
    const writer = createScimWriter(sender.send, { target: server.url });
    const typo = (await read()).users.get("typo@example.com")!;
    await scimClient(server).patch(`/Users/${typo.scimId}`, { op: "replace", path: "title", value: "Dr" });
    expect(await writer.updateUser(typo, { attributes: { displayName: "x" } })).toEqual({ kind: "changed" });
    expect(await writer.deleteUser(typo)).toEqual({ kind: "changed" });
  });
});
