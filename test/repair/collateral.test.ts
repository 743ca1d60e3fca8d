/** What a write did beside what was asked of it, and what stands in its way at the last moment. */

import { describe, expect, test } from "vitest";
import type { Writer } from "../../src/astro/writer.ts";
import { diff, type DiffOptions } from "../../src/drift/compare/diff.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planPushGroups } from "../../src/drift/plan/plan-push-groups.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../src/drift/plan/plan.ts";
import { modelAstro, type ModelAstro } from "../support/model-astro.ts";
import { carryOut, everything } from "../support/repairing.ts";
import { expectedState, heldState } from "../support/states.ts";

async function outcomesOf(plan: Plan, writer: Writer): Promise<readonly string[]> {
  const outcomes = await carryOut(plan, writer);
  return outcomes.map(({ operation, status, reason }) =>
    [`${operation.id}: ${status}`, ...(reason === undefined ? [] : [reason])].join(", "),
  );
}

describe("a write that does more than it was asked to is not confirmed", () => {
  const expected = expectedState({
    users: [{ name: "ada", externalId: "1", attributes: { title: "Countess" } }, "bob", "eve"],
    teams: [{ name: "Data", members: ["bob", "eve"] }],
  });
  const held = heldState({
    users: [
      { name: "ada.old", id: "a1", externalId: "1", attributes: { title: "Lady" } },
      "bob",
      "eve",
      "old",
    ],
    teams: [{ name: "Data", id: "t1", members: ["bob", "old"] }],
  });

  test.each<{
    habit: string;
    change: (astro: ModelAstro) => Partial<Writer>;
    unconfirmed: readonly string[];
  }>([
    {
      habit: "removing one member takes everybody out",
      change: (astro) => ({
        removeMembers: async () => {
          astro.meddleWithTeam("t1", { memberIds: new Set() });
          return { kind: "written" };
        },
      }),
      unconfirmed: ["remove-members t1"],
    },
    {
      habit: "adding a member replaces those who were there",
      change: (astro) => ({
        addMembers: async (_team, ids) => {
          astro.meddleWithTeam("t1", { memberIds: new Set(ids) });
          return { kind: "written" };
        },
      }),
      unconfirmed: ["add-members t1"],
    },
    {
      habit: "setting an attribute or a name deactivates the account",
      change: (astro) => ({
        updateUser: async (user, edit) => {
          const answer = await astro.updateUser(user, edit);
          astro.meddleWithUser(user.scimId, { active: false });
          return answer;
        },
      }),
      unconfirmed: ["update-user a1", "rename-user a1"],
    },
    {
      habit: "setting an attribute renames the account",
      change: (astro) => ({
        updateUser: async (user, edit) => {
          const answer = await astro.updateUser(user, edit);
          astro.meddleWithUser(user.scimId, { userName: "else@example.com" });
          return answer;
        },
      }),
      unconfirmed: ["update-user a1", "rename-user a1"],
    },
  ])("$habit", async ({ change, unconfirmed }) => {
    const astro = modelAstro(held);
    const plan = planResync(diff(expected, held), everything);
    const lines = await outcomesOf(plan, { ...astro, ...change(astro) });
    const ended = lines.filter((line) => line.includes(": not-confirmed"));
    expect(ended.map((line) => line.split(":")[0])).toEqual(unconfirmed.slice(0, ended.length));
    expect(ended.length).toBeGreaterThan(0);
  });

  test("a server that does what it is asked to is not suspected", async () => {
    const plan = planResync(diff(expected, held), everything);
    const lines = await outcomesOf(plan, modelAstro(held));
    expect(lines.map((line) => line.split(": ")[1])).toEqual(["done", "done", "done", "done"]);
  });
});

test("a Team and an account with the same id are not taken for each other", async () => {
  const held = heldState({
    users: [
      { name: "ada", id: "1", attributes: { title: "Lady" } },
      { name: "old", id: "2" },
    ],
    teams: [{ name: "Data", id: "1", members: ["ada", "old"] }],
  });
  const expected = expectedState({
    users: [{ name: "ada", attributes: { title: "Countess" } }],
    teams: [{ name: "Data", members: ["ada"] }],
  });
  const lines = await outcomesOf(planResync(diff(expected, held), everything), modelAstro(held));
  expect(lines).toEqual(["update-user 1: done", "remove-members 1: done"]);
});

describe("a name that somebody else has by now is given to nobody", () => {
  test("an account", async () => {
    const held = heldState({ users: [{ name: "ada.old", id: "a1", externalId: "1" }] });
    const expected = expectedState({ users: [{ name: "ada", externalId: "1" }] });
    const astro = modelAstro(held);
    await astro.createUser({ userName: "ADA@example.com", externalId: null, attributes: {} });
    const lines = await outcomesOf(planResync(diff(expected, held), everything), astro);
    expect(lines).toEqual(["rename-user a1: stale, one with that name exists now"]);
  });

  test("a Team", async () => {
    const held = heldState({ users: ["ada"], teams: [{ name: "Old", id: "t1", members: ["ada"] }] });
    const expected = expectedState({ users: ["ada"], teams: [{ name: "Data", members: ["ada"] }] });
    const astro = modelAstro(held);
    await astro.createTeam("data");
    const lines = await outcomesOf(planPushGroups(diff(expected, held), "all"), astro);
    expect(lines).toEqual(["rename-team t1: stale, one with that name exists now"]);
  });

  test("the case of its own name can be changed", async () => {
    const held = heldState({ users: [{ name: "ada.old", id: "a1", externalId: "1" }] });
    const expected = expectedState({ users: [{ name: "ada", externalId: "1" }] });
    const astro = modelAstro(held);
    const found = { findUser: async () => await astro.readUser("a1") };
    const lines = await outcomesOf(planResync(diff(expected, held), everything), { ...astro, ...found });
    expect(lines).toEqual(["rename-user a1: done"]);
  });
});

test("an account whose protected address only its own answer shows is left alone", async () => {
  const held = heldState({ users: ["ada", { name: "kim", id: "k1" }] });
  const protect: DiffOptions = { protect: ["kim.private@example.net"] };
  const drift = diff(expectedState({ users: ["ada"] }), held, protect);
  const astro = modelAstro(held);
  const readUser: Writer["readUser"] = async (scimId) => {
    const user = await astro.readUser(scimId);
    return user === undefined ? undefined : { ...user, emails: ["kim.private@example.net"] };
  };
  const lines = await outcomesOf(planDelete(drift, everything), { ...astro, readUser });
  expect(lines).toEqual(["delete-user k1: stale, it is protected, as reading it by its id shows"]);
  expect(astro.writes).toEqual([]);
});

describe("what only its own answer shows to be outside is left alone", () => {
  const outside = {
    responsibleFor: [{ domains: ["example.com"], teams: ["Data*"], statedBy: "fixture own.yaml" }],
  };
  const stale = "stale, it is outside responsibleFor, as reading it by its id shows";

  test("an account whose e-mail address the list does not show", async () => {
    const held = heldState({ users: ["ada", { name: "=kim", id: "k1", emails: ["kim@example.com"] }] });
    const drift = diff(expectedState({ users: ["ada"] }), held, outside);
    const astro = modelAstro(held);
    const readUser: Writer["readUser"] = async (scimId) => {
      const user = await astro.readUser(scimId);
      return user === undefined ? undefined : { ...user, primaryEmail: "kim@partner.com" };
    };
    const lines = await outcomesOf(planDelete(drift, everything), { ...astro, readUser });
    expect(lines).toEqual([`delete-user k1: ${stale}`]);
    expect(astro.writes).toEqual([]);
  });

  test("a Team that has another name there", async () => {
    const held = heldState({ users: ["ada", "bob"], teams: [{ name: "Data", id: "t1", members: ["bob"] }] });
    const expected = expectedState({
      users: ["ada", "bob"],
      teams: [{ name: "Data", members: ["bob", "ada"] }],
    });
    const astro = modelAstro(held);
    const readTeam: Writer["readTeam"] = async (scimId) => {
      const team = await astro.readTeam(scimId);
      return team === undefined ? undefined : { ...team, displayName: "Partners" };
    };
    const plan = planPushGroups(diff(expected, held, outside), "all");
    expect(await outcomesOf(plan, { ...astro, readTeam })).toEqual([`add-members t1: ${stale}`]);
    expect(astro.writes).toEqual([]);
  });
});
