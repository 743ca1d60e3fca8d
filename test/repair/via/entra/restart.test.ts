/** `--restart-job`: one restart with the smallest scope for a whole plan, and the wait for the cycle after it. */

import { describe, expect, test } from "vitest";
import { planResync } from "../../../../src/drift/plan/plan-resync.ts";
import type { Plan } from "../../../../src/drift/plan/plan.ts";
import { smallestScope } from "../../../../src/repair/via/entra/restart.ts";
import { aDirectory, aGroup, anEntraUser } from "../../../support/builders.ts";
import { inWords } from "../../../support/repairing.ts";
import { throughEntra, type ThroughEntra } from "../../../support/through-entra.ts";

const [ada, bob] = ["ada@example.com", "bob@example.com"];
const directory = aDirectory({
  users: [anEntraUser(ada), anEntraUser(bob)],
  groups: [aGroup("data", [ada, bob])],
  assignedGroups: ["data"],
  pushedGroups: [],
});

const everything = async (entra: ThroughEntra): Promise<Plan> =>
  entra.plan((drift) => planResync(drift, { users: "all", teams: "all" }));

/** The bodies of all restarts. */
const restarts = (entra: ThroughEntra): number =>
  entra.graph.emulator.requests().filter(({ path }) => path.endsWith("/restart")).length;

test("everything is provisioned by one cycle, read back, and nothing on demand", async () => {
  const entra = await throughEntra({ directory, startsPaused: true, restartsJob: true });
  const plan = await everything(entra);
  expect(plan.operations[0]?.summary).toBe(
    `provision ${ada} by a restart of the job in Entra ID (resetScope Watermark): there is no account in Astro, and Entra ID stays linked to the one that it creates`,
  );
  expect(inWords(await entra.apply(plan))).toEqual([
    `provision-user ${ada}: done`,
    `provision-user ${bob}: done`,
    "provision-group data: done",
  ]);
  expect(restarts(entra)).toBe(1);
  expect(entra.graph.emulator.requests().filter(({ path }) => path.endsWith("/provisionOnDemand"))).toEqual(
    [],
  );
  expect((await entra.drift()).changes).toEqual([]);
  await entra.block(ada);
  await entra.cycle();
  expect(await entra.graph.held()).toEqual({ users: [bob], teams: { data: [bob] } });
});

test("a link to an account that is gone needs Full", async () => {
  const entra = await throughEntra({ directory, restartsJob: true });
  await entra.scim.delete(`/Users/${await entra.scimIdOf(ada)}`);
  const plan = await everything(entra);
  expect(plan.operations[0]?.summary).toContain("(resetScope Full)");
  expect(inWords(await entra.apply(plan))[0]).toBe(`provision-user ${ada}: done`);
  await entra.block(ada);
  await entra.cycle();
  expect(await entra.activeUsers()).toEqual([bob]);
});

test("a cycle that fails is said in Entra ID's words", async () => {
  const entra = await throughEntra({ directory, startsPaused: true, restartsJob: true });
  const plan = await everything(entra);
  entra.graph.astro.faults.set(["status=401"]);
  const ways = await entra.ways();
  const [operation] = plan.operations;
  if (operation?.kind !== "provision-user") throw new Error("no operation");
  const answer = await ways.carryOut(operation, {
    before: { linkedTo: null },
    isResumed: false,
    whyNotNow: async () => Promise.resolve(undefined),
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  expect(answer).toMatchObject({ kind: "failed", changed: true });
  expect("message" in answer && answer.message).toMatch(/^the cycle of the provisioning job failed, /);
});

describe("the smallest scope", () => {
  test.each([
    [false, false, ["Watermark"]],
    [false, true, ["Watermark", "QuarantineState"]],
    [true, false, ["Full"]],
    [true, true, ["Full"]],
  ])("where links must go: %s, in quarantine: %s", (clearsLinks, isInQuarantine, scope) => {
    expect(smallestScope({ clearsLinks, isInQuarantine })).toEqual(scope);
  });
});
