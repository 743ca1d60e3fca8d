/** Broken requests at `serve --record --bodies`: it outlives all of them, and so does what it recorded. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Pool } from "undici";
import { expect, onTestFinished, test } from "vitest";
import { brokenBytes, throwBytes } from "../../support/broken-bytes.ts";
import { brokenRequest } from "../../support/broken-requests.ts";
import { harComplaints } from "../../support/har-complaints.ts";
import { campaignSeed, random } from "../../support/random.ts";
import type { Prey } from "../../support/right-requests.ts";
import { scimClient } from "../../support/scim-client.ts";
import { startServingProcess } from "../../support/serving-process.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const [wellFramed, garbage] = [3_000, 1_000];

test(`${wellFramed + garbage} broken requests, then kill -9 (CAMPAIGN_SEED=${campaignSeed})`, async () => {
  const file = join(await tempFolder(), "traffic.har");
  const serving = await startServingProcess("--record", file, "--bodies");
  const client = scimClient(serving);
  const prey = await settle(client, new URL(serving.url).pathname, serving.token);
  const pool = new Pool(new URL(serving.url).origin, { connections: 8 });
  onTestFinished(() => pool.destroy());

  const throwRequest = async (number: number): Promise<void> => {
    const chance = random(campaignSeed, number);
    const { method, path, headers, body } = brokenRequest(chance, prey);
    // Every third comes without a token.
    const { authorization, ...others } = headers;
    const sent = chance.oneIn(3) || authorization === undefined ? others : { ...others, authorization };
    const answer = await pool.request({ method: method as "GET", path, headers: sent, body: body ?? null });
    await answer.body.dump();
  };
  const throwGarbage = async (number: number): Promise<void> => {
    const chance = random(campaignSeed, 1_000_000 + number);
    const bytes = brokenBytes(chance, chance.oneIn(3) ? { ...prey, token: "another" } : prey);
    await throwBytes(serving.port, bytes, chance.oneIn(4));
  };
  await Promise.all([
    ...Array.from({ length: 8 }, (_, worker) => inTurn(worker, 8, wellFramed, throwRequest)),
    ...Array.from({ length: 4 }, (_, worker) => inTurn(worker, 4, garbage, throwGarbage)),
  ]);

  expect(serving.ended()).toBeUndefined();
  expect(serving.complaints()).not.toContain("The server failed to handle a request");
  await client.user("after.all@example.com");
  await expect.poll(() => readFile(file, "utf8")).toContain("after.all@example.com");
  await serving.kill();

  const text = await readFile(file, "utf8");
  const har = JSON.parse(text);
  expect(harComplaints(har)).toEqual([]);
  expect(har.log.entries[0].request.postData.text).toContain("prey.1@example.com");
  expect(har.log.entries.length).toBeGreaterThan(wellFramed);
  expect(text).not.toContain(serving.token);
});

async function settle(client: ReturnType<typeof scimClient>, base: string, token: string): Promise<Prey> {
  const userIds = [await client.user("prey.1@example.com"), await client.user("prey.2@example.com")] as const;
  const members = userIds.map((value) => ({ value }));
  const { body } = await client.post("/Groups", { displayName: "prey", members });
  return { base, token, userIds, teamId: body.id, takenNames: ["prey.1@example.com", "prey"] };
}

/** Each worker takes every n-th number. */
async function inTurn(
  first: number,
  workers: number,
  count: number,
  work: (number: number) => Promise<void>,
): Promise<void> {
  for (let number = first; number < count; number += workers) await work(number);
}
