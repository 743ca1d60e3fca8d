// Fills one form of store with users and prints the live bytes that one of them takes: `node --expose-gc … FORM USERS`.

import { resolveBehaviour } from "../dist/astro/behaviour/resolve.js";
import { readResource } from "../dist/scim/value/validate.js";
import { userResourceType } from "../dist/scim/schema/user.js";
import { cuidGenerator } from "../dist/server/cuid.js";
import { createOperations } from "../dist/server/organization/operations.js";
import { MemoryRows } from "../dist/server/store/memory/memory-rows.js";
import { systemWorld } from "../dist/world/system-world.js";
import { plainStore } from "./servers/plain-store.mjs";
import { userOf } from "./servers/people.mjs";

const [form, count] = process.argv.slice(2);
const users = Number(count);
const fill = { nested: async (howMany) => plainStore(howMany), "astro-scim": fillMemoryStore };

// A first fill of a few warms up what every fill makes once.
await fill[form](1_000);
const before = liveBytes();
const kept = await fill[form](users);
globalThis.kept = kept;
process.stdout.write(`${Math.round((liveBytes() - before) / users)}\n`);

async function fillMemoryStore(howMany) {
  const { clock, timers, random } = systemWorld();
  const { now } = clock;
  const rules = resolveBehaviour({});
  const rows = new MemoryRows(now().getTime(), timers.yieldToOthers);
  const origin = { api: "scim", actor: "bench" };
  const newId = cuidGenerator(now, random.bytes);
  const operations = createOperations({ rows, rules, origin, now, newId });
  for (let at = 0; at < howMany; at += 1) {
    const body = JSON.parse(JSON.stringify(userOf(at)));
    const attributes = readResource(userResourceType, body);
    await operations.create("User", { attributes, members: [] }, { related: false });
  }
  return rows;
}

function liveBytes() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
