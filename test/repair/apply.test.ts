import { expect, test } from "vitest";
import type { Reader, Writer } from "../../src/astro/writer.ts";
import { diff } from "../../src/drift/compare/diff.ts";
import { planDelete } from "../../src/drift/plan/plan-delete.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import { applyPlan } from "../../src/repair/apply.ts";
import type { Executor } from "../../src/repair/executor.ts";
import { modelAstro } from "../support/model-astro.ts";
import { carryOut, drifted, driftedOperations, everything, inWords } from "../support/repairing.ts";
import { expectedState, heldState } from "../support/states.ts";

test("everything is done in the plan's order, and each outcome is told as it comes", async () => {
  const { held, plan } = drifted();
  const astro = modelAstro(held);
  const told: string[] = [];
  const outcomes = await carryOut(plan, astro, { onOutcome: ({ operation }) => told.push(operation.id) });
  expect(inWords(outcomes)).toEqual(driftedOperations.map((id) => `${id}: done`));
  expect(told).toEqual(driftedOperations);
  expect(astro.writes).toEqual([
    "createUser",
    "createUser",
    "updateUser",
    "createTeam",
    "addMembers",
    "addMembers",
    "removeMembers",
  ]);
});

test("never more operations at a time than were allowed, and none of a later phase", async () => {
  const users = Array.from({ length: 9 }, (_, at) => `user${at}`);
  const expected = expectedState({ users, teams: [{ name: "Data", members: users }] });
  const held = heldState({});
  const astro = modelAstro(held);
  let running3 = 0;
  let most = 0;
  const slow: Writer = {
    ...astro,
    createUser: async (user) => {
      running3 += 1;
      most = Math.max(most, running3);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      running3 -= 1;
      return await astro.createUser(user);
    },
    createTeam: async (name) => {
      expect(running3).toBe(0);
      return await astro.createTeam(name);
    },
  };
  const plan = planResync(diff(expected, held), everything);
  await carryOut(plan, slow, { concurrency: 3 });
  expect(most).toBe(3);
  expect(diff(expected, astro.state()).changes).toEqual([]);
});

test("a write goes to the id in the plan, whatever a reader's answer is called", async () => {
  const state = heldState({ users: ["bob", "old"] });
  const plan = planDelete(diff(expectedState({ users: ["bob"] }), state), everything);
  const astro = modelAstro(state);
  const deleted: string[] = [];
  await carryOut(plan, {
    ...astro,
    readUser: async (scimId) => {
      const user = await astro.readUser(scimId);
      return user === undefined ? undefined : { ...user, scimId: "id-bob" };
    },
    deleteUser: async (user) => {
      deleted.push(user.scimId);
      return await astro.deleteUser(user);
    },
  });
  expect(deleted).toEqual(["id-old"]);
});

test("any executor can carry a plan out: its look, its write and its reading back are asked, and nothing else", async () => {
  const state = heldState({ users: ["bob", "old"] });
  const plan = planDelete(diff(expectedState({ users: ["bob"] }), state), everything);
  const astro = modelAstro(state);
  const asked: string[] = [];
  const reading = (name: string): Reader => ({
    ...astro,
    readUser: async (scimId) => {
      asked.push(`${name} at ${scimId}`);
      return await astro.readUser(scimId);
    },
  });
  const elsewhere: Executor = {
    look: reading("look"),
    readBack: reading("read back"),
    write: async ({ id }, { seen }) => {
      asked.push(`write ${id}`);
      return seen === undefined ? { kind: "gone" } : await astro.deleteUser(seen);
    },
  };
  const options = { signal: new AbortController().signal, pause: async () => {} };
  expect(inWords(await applyPlan(plan, elsewhere, options))).toEqual(["delete-user id-old: done"]);
  expect(asked).toEqual(["look at id-old", "write delete-user id-old", "read back at id-old"]);
});
