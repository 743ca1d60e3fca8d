/** Transactions on the rows in memory: one after another, and all of one or none of it. */

import { describe, expect, test } from "vitest";
import { MemoryRows } from "../../../../src/server/store/memory/memory-rows.ts";
import { plainMember } from "../../../../src/server/store/own-part.ts";
import type { Row, RowChange } from "../../../../src/server/store/rows.ts";
import { systemWorld } from "../../../../src/world/system-world.ts";

const { yieldToOthers } = systemWorld().timers;

const alone = { related: false };

function putUser(id: string, displayName: string): RowChange {
  const row: Row = {
    id,
    attributes: { id, userName: id, displayName },
    createdMs: 0,
    lastModifiedMs: 0,
    version: 1,
    own: plainMember,
  };
  return { kind: "put", type: "User", row, before: undefined };
}

test("what one has read no other changes before it has committed", async () => {
  const rows = new MemoryRows(0, yieldToOthers);
  await Promise.all(
    Array.from({ length: 20 }, () =>
      rows.transaction(async (transaction) => {
        const row = await transaction.get("User", "ada", alone);
        const count = Number(row?.attributes["displayName"] ?? 0) + 1;
        for (let turns = 0; turns < 5; turns += 1) await Promise.resolve();
        await transaction.commit([putUser("ada", String(count))]);
      }),
    ),
  );
  expect((await rows.get("User", "ada", alone))?.attributes["displayName"]).toBe("20");
});

test("one that fails keeps none of those behind it", async () => {
  const rows = new MemoryRows(0, yieldToOthers);
  const failing = rows.transaction(async () => {
    throw new Error("no");
  });
  const next = rows.transaction((transaction) => transaction.commit([putUser("ada", "Ada")]));
  await expect(failing).rejects.toThrow("no");
  await next;
  expect(await rows.get("User", "ada", alone)).toBeDefined();
});

describe("a commit of which one change cannot be made", () => {
  test("makes none: 413 for a row that is too large", async () => {
    const rows = new MemoryRows(0, yieldToOthers);
    const changes = [putUser("ada", "Ada"), putUser("bob", "x".repeat(600_000))];
    await expect(rows.transaction((transaction) => transaction.commit(changes))).rejects.toMatchObject({
      status: 413,
    });
    expect(await rows.get("User", "ada", alone)).toBeUndefined();
  });
});

test.each([
  ["email", "home@x.io"],
  // The index keeps a hash, which is the same of "costarring".
  ["displayName", "liquid"],
] as const)("find by %s finds those who have it, whatever the index finds beside", async (index, key) => {
  const rows = new MemoryRows(0, yieldToOthers);
  const ada = { id: "ada", userName: "home@x.io", displayName: "liquid", emails: [{ value: "HOME@x.io" }] };
  const bob = { id: "bob", userName: "bob", displayName: "costarring", emails: [{ value: "b@x.io" }] };
  const eve = { id: "eve", userName: "HOME@X.io", displayName: "Eve" };
  const changes = [ada, bob, eve].map((attributes): RowChange => {
    const change = putUser(attributes.id, "");
    return change.kind === "put" ? { ...change, row: { ...change.row, attributes } } : change;
  });
  await rows.transaction((transaction) => transaction.commit(changes));
  const found = await rows.find("User", { index, key }, alone);
  expect(found.map(({ id }) => id)).toEqual(["ada"]);
});
