/** Mapped attributes of an account: what differs, and what is named as not compared. */

import { describe, expect, test } from "vitest";
import { diff, type DiffOptions } from "../../src/drift/compare/diff.ts";
import { planResync } from "../../src/drift/plan/plan-resync.ts";
import type { ExpectedUser } from "../../src/astro/state.ts";
import { everything } from "../support/repairing.ts";
import { expectedState, heldState, type HeldUserSpec } from "../support/states.ts";

const manager = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager";

function compared(user: Partial<ExpectedUser>, held: Omit<HeldUserSpec, "name">, options?: DiffOptions) {
  const expected = expectedState({ users: ["ada", "grace"] });
  const users = new Map(
    [...expected.users].map(([key, one]) => [key, key.startsWith("ada") ? { ...one, ...user } : one]),
  );
  return diff({ ...expected, users }, heldState({ users: [{ name: "ada", ...held }, "grace"] }), options);
}

const madeUp = { externalId: "00u1", fromUnknownId: ["externalId"] } as const;

describe("an id that the directory does not give", () => {
  test("is not compared with what a real server holds, nor written there", () => {
    const drift = compared(madeUp, { externalId: "00u2" });
    expect(drift).toMatchObject({
      status: "same",
      changes: [],
      notCompared: [{ attribute: "externalId", why: "unknown-id", users: 1 }],
    });
    expect(planResync(drift, everything).operations).toEqual([]);
  });

  test("is compared with what a rehearsal has sent", () => {
    expect(compared(madeUp, { externalId: "00u2" }, { isRehearsed: true }).changes).toMatchObject([
      { attribute: "externalId", expectedValue: "00u1", heldValue: "00u2" },
    ]);
  });

  test("is not compared with nothing, for an account of another source", () => {
    const { changes, notCompared } = compared(madeUp, {}, { isRehearsed: true });
    expect([changes.length, notCompared.length]).toEqual([0, 1]);
  });

  test("is not written to a new account of a real server, and is on one that is rehearsed", () => {
    const expected = expectedState({ users: ["ada"] });
    const users = new Map([...expected.users].map(([key, one]) => [key, { ...one, ...madeUp }]));
    const created = (options: DiffOptions) =>
      planResync(diff({ ...expected, users }, heldState({}), options), everything).operations;
    expect(created({})).toMatchObject([{ kind: "create-user", externalId: null }]);
    expect(created({ isRehearsed: true })).toMatchObject([{ kind: "create-user", externalId: "00u1" }]);
  });

  test("is no matter where it is the same", () => {
    const { changes, notCompared } = compared(madeUp, { externalId: "00u1" });
    expect([changes, notCompared]).toEqual([[], []]);
  });
});

test.each([
  ["a boolean", 'emails[type eq "work"].primary', "True", "true", true],
  ["a boolean", 'emails[type eq "work"].primary', "True", "false", false],
  ["roles", "roles", '["Author","Reader"]', '["Author","Reader"]', true],
  ["roles", "roles", '["Author"]', '["Author","Reader"]', false],
])("%s at %s: %s and %s are the same: %s", (_, path, wanted, held, isSame) => {
  const { changes } = compared({ attributes: { [path]: wanted } }, { attributes: { [path]: held } });
  expect(changes.length === 0).toBe(isSame);
});

test("a manager is compared by the id of the manager's account, and shown by its userName", () => {
  const user = { references: { [manager]: "grace@example.com" } };
  expect(compared(user, { attributes: { [manager]: "id-grace" } }).changes).toEqual([]);
  expect(compared(user, { attributes: { [manager]: "id-ada" } }).changes).toMatchObject([
    {
      attribute: manager,
      expectedValue: "id-grace",
      heldValue: "id-ada",
      accounts: { expected: "grace@example.com", held: "ada@example.com" },
    },
  ]);
});

test("what the target does not keep is no difference, and no repair writes it", () => {
  const options = { notKept: new Set(["title"]) };
  const drift = compared({ attributes: { title: "Countess", nickName: "Ada" } }, {}, options);
  expect(drift.changes).toMatchObject([{ attribute: "nickName" }]);
  expect(drift.notCompared).toEqual([{ attribute: "title", why: "not-kept", users: 1 }]);
  expect(planResync(drift, everything)).toMatchObject({
    operations: [{ kind: "update-user", attributes: { nickName: "Ada" } }],
  });
});
