/** What is pressed on a synchronization job, at the emulated Microsoft Graph. */

import { onTestFinished, expect, test } from "vitest";
import { OnDemandPace } from "../../../src/management/graph/on-demand-pace.ts";
import { findObjectConnection } from "../../../src/management/graph/object-connections.ts";
import { listJobs } from "../../../src/management/graph/synchronization-jobs.ts";
import { getSchema } from "../../../src/management/graph/synchronization-schema.ts";
import { provisionOnDemand, restartJob } from "../../../src/management/graph/synchronization-writes.ts";
import { aDirectory, aGroup, anEntraUser } from "../../support/builders.ts";
import { adminToken, startEmulatedGraph, type EmulatedGraph } from "../../support/emulated-graph.ts";
import { graphClient } from "../../support/graph-client.ts";
import { seededWorld } from "../../support/seeded-world.ts";

const [ada, bob] = ["ada@example.com", "bob@example.com"];

async function start(token = adminToken) {
  const graph: EmulatedGraph = await startEmulatedGraph({
    directory: aDirectory({
      users: [anEntraUser(ada), anEntraUser(bob)],
      groups: [aGroup("data", [ada, bob])],
      assignedUsers: [],
      assignedGroups: ["data"],
      pushedGroups: [],
    }),
    startsPaused: true,
    graph: { givenTokens: [{ token: "reader", permissions: ["Synchronization.Read.All"] }] },
  });
  const client = graphClient(`${graph.emulator.url}/v1.0`, token);
  const beta = graphClient(`${graph.emulator.url}/beta`, token);
  onTestFinished(() => client.close());
  onTestFinished(() => beta.close());
  const servicePrincipalId = graph.company.appId;
  const [job] = await listJobs(client.api, servicePrincipalId);
  const address = { servicePrincipalId, jobId: job?.id ?? "" };
  const schema = await getSchema(client.api, address);
  const { users, groups } = graph.company.directory();
  const idOf = (key: string): string => (users.get(key) ?? groups.get(key))?.objectId ?? "";
  const ruleId = schema.synchronizationRules[0]?.id ?? "";
  return { graph, client, beta, job: { ...address, ruleId }, idOf };
}

test("a user and a group are provisioned on demand, and are linked then", async () => {
  const { graph, client, beta, job, idOf } = await start();
  expect(await findObjectConnection(beta.api, job, idOf(ada))).toBeUndefined();
  const user = await provisionOnDemand(client.api, job, { type: "User", objectId: idOf(ada), name: ada });
  expect(user).toMatchObject({ kind: "answered", result: { status: "success" } });
  const connection = await findObjectConnection(beta.api, job, idOf(ada));
  expect(user).toMatchObject({ result: { targetId: connection?.targetAnchor } });
  const group = { type: "Group", objectId: idOf("data"), name: "data", memberIds: [idOf(ada)] } as const;
  expect(await provisionOnDemand(client.api, job, group)).toMatchObject({ result: { status: "success" } });
  expect(await graph.held()).toEqual({ users: [ada], teams: { data: [ada] } });
});

test("a missing permission is named, and nothing is sent twice", async () => {
  const { client, job, idOf } = await start("reader");
  const subject = { type: "User", objectId: idOf(ada), name: ada } as const;
  await expect(provisionOnDemand(client.api, job, subject)).rejects.toMatchObject({
    code: "permission-missing",
    message: expect.stringContaining("to provision ada@example.com on demand; Synchronization.ReadWrite.All"),
  });
});

test("what Graph refuses is said in its words", async () => {
  const { client, job } = await start();
  const unknown = { type: "User", objectId: "00000000-0000-4000-8000-000000000000", name: "nobody" } as const;
  expect(await provisionOnDemand(client.api, job, unknown)).toMatchObject({
    kind: "refused",
    status: 404,
    message: expect.stringContaining("Microsoft Graph answered 404, "),
  });
});

test("a restart resets what is named", async () => {
  const { graph, client, job } = await start();
  expect(await restartJob(client.api, job, ["Escrows", "Watermark"])).toMatchObject({ kind: "accepted" });
  await graph.company.settled();
  expect((await graph.held()).users).toEqual([ada, bob]);
});

test("four requests go out at once, and the fifth waits until ten seconds after the first", async () => {
  const world = seededWorld({ seed: 1 });
  const waits: number[] = [];
  const pace = new OnDemandPace({
    now: world.clock.now,
    sleep: world.timers.wait,
    signal: new AbortController().signal,
    onWait: (ms) => waits.push(ms),
  });
  for (let turn = 1; turn <= 4; turn += 1) await pace.turn();
  expect(waits).toEqual([]);
  await pace.turn();
  expect(waits).toEqual([10_000]);
});
