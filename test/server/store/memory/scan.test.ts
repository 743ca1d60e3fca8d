/** A scan of many records: nobody works on for who has gone away. */

import { expect, test } from "vitest";
import { Work, workOfList } from "../../../../src/scim/work.ts";
import { resolveBehaviour } from "../../../../src/astro/behaviour/resolve.ts";
import { MemoryRows } from "../../../../src/server/store/memory/memory-rows.ts";
import { plainMember } from "../../../../src/server/store/own-part.ts";
import type { PageResult, Row } from "../../../../src/server/store/rows.ts";
import { systemWorld } from "../../../../src/world/system-world.ts";

const { yieldToOthers } = systemWorld().timers;

function userRow(at: number): Row {
  return {
    id: `c${at}`,
    attributes: { id: `c${at}`, userName: `user-${at}@example.com` },
    createdMs: 0,
    lastModifiedMs: 0,
    version: 1,
    own: plainMember,
  };
}

async function scanOf(userCount: number, isAbandoned: () => boolean): Promise<PageResult> {
  const rows = new MemoryRows(0, yieldToOthers);
  await rows.transaction(async (transaction) => {
    const users = Array.from({ length: userCount }, (_, at) => userRow(at));
    await transaction.commit(users.map((row) => ({ kind: "put", type: "User", row, before: undefined })));
  });
  return rows.query("User", {
    window: { kind: "index", startIndex: 1, count: 1 },
    filter: { kind: "present", path: { attribute: "userName" } },
    order: undefined,
    related: false,
    view: { baseUrl: "", leniency: resolveBehaviour({}) },
    account: { work: new Work(workOfList), isAbandoned },
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
