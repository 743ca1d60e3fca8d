/** What is gone leaves nothing behind: whatever comes and goes, and however often, memory stays as it was. */

import { expect, onTestFinished, test } from "vitest";
import { scimClient, type ScimClient } from "../../support/scim-client.ts";
import { startFuzzedServer } from "../../support/start-fuzzed-server.ts";

/** Until the audit log is full: it keeps the last bodies, 4 MiB of them, and no more. */
const roundsBefore = 250;

/** What one round leaves behind, if it does, is at least as large as its text: 10 MB in all. */
const rounds = 500;
const text = "x".repeat(20_000);
const maxGrowthBytes = 2_000_000;

test.each<readonly [name: string, round: (client: ScimClient, number: number) => Promise<unknown>]>([
  [
    "users who are made and deleted, with nobody listing them",
    async (client, number) =>
      client.delete(`/Users/${await client.user(`guest.${number}@example.com`, { title: text })}`),
  ],
  [
    "Teams that are made and deleted, with a name of their own each",
    async (client, number) => client.delete(`/Groups/${await client.team(`${number} ${text}`)}`),
  ],
  [
    "attributes that are set and removed",
    async (client, number) => {
      const id =
        (await client.get("/Users?count=1")).body.Resources[0]?.id ??
        (await client.user("stays@example.com"));
      await client.patch(`/Users/${id}`, { op: "add", path: "externalId", value: `${number} ${text}` });
      await client.patch(`/Users/${id}`, { op: "remove", path: "externalId" });
    },
  ],
  [
    "users who are refused",
    (client, number) => client.post("/Users", { userName: `${number} ${text}`, active: "no" }),
  ],
  [
    "pages by cursors that nobody goes on with",
    (client, number) =>
      client.get(
        `/Users?count=1&cursor=&filter=${encodeURIComponent(`id pr or title eq "${number} ${text.slice(0, 5_000)}"`)}`,
      ),
  ],
])("%s", async (_name, round) => {
  const server = await startFuzzedServer();
  onTestFinished(() => server.close());
  const client = scimClient(server);
  for (let number = 0; number < roundsBefore; number += 1) await round(client, number);
  const before = await server.report();
  for (let number = roundsBefore; number < roundsBefore + rounds; number += 1) await round(client, number);
  const after = await server.report();
  expect(after.heapBytes - before.heapBytes).toBeLessThan(maxGrowthBytes);
  expect(after.faults).toEqual([]);
});
