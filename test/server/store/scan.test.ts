/** A scan of many records: nobody works on for who has gone away. */

import { expect, test } from "vitest";
import { Work, workOfList } from "../../../src/scim/work.ts";
import { behaviourOf } from "../../../src/server/behaviour.ts";
import { MemoryStore } from "../../../src/server/store/memory.ts";
import type { PageResult } from "../../../src/server/store/store.ts";

const now = new Date("2026-01-31T09:30:00Z");

async function scanOf(userCount: number, isAbandoned: () => boolean): Promise<PageResult> {
  let made = 0;
  const store = new MemoryStore({ now: () => now, newId: () => `c${(made += 1)}`, rules: behaviourOf({}) });
  for (let user = 0; user < userCount; user += 1) {
    const attributes = { userName: `user-${user}@example.com` };
    await store.create("User", { attributes, members: [] }, { related: false });
  }
  return store.scan("User", {
    window: { kind: "index", startIndex: 1, count: 1 },
    matches: () => true,
    order: undefined,
    related: false,
    examinesRelated: false,
    effort: { comparisons: 2, work: new Work(workOfList), isAbandoned },
  });
}

test("it goes on while somebody waits", async () => {
  expect((await scanOf(5_000, () => false)).totalResults).toBe(5_000);
});

test("it ends at its next turn when nobody does: 503, which nobody sees", async () => {
  let asked = 0;
  const isAbandoned = (): boolean => {
    asked += 1;
    return true;
  };
  await expect(scanOf(5_000, isAbandoned)).rejects.toMatchObject({ status: 503 });
  expect(asked).toBe(1);
});
