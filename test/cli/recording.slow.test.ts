/** What `kill -9` leaves of a recording. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseRecording } from "../../src/replay/recording/parse-recording.ts";
import { harComplaints } from "../support/har-complaints.ts";
import { scimClient } from "../support/scim-client.ts";
import { startServingProcess } from "../support/serving-process.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** Kills the process while it is busy with such users, once the first one is in the file; gives back what is there. */
async function killed(title: string): Promise<string> {
  const file = join(await tempFolder(), "traffic.har");
  const serving = await startServingProcess("--quiet", "--record", file);
  const client = scimClient(serving);
  await client.user("ada@example.com");
  const written = async (): Promise<boolean> => (await readFile(file, "utf8")).includes("ada@example.com");
  await expect.poll(written).toBe(true);
  const busy = Array.from({ length: 40 }, (_, at) =>
    client.post("/Users", { userName: `user.${at}@example.com`, title }),
  );
  const settled = Promise.allSettled(busy);
  await busy[5];
  await serving.kill();
  await settled;
  return readFile(file, "utf8");
}

test("a valid archive with what was answered before, whenever the process is killed", async () => {
  const har = JSON.parse(await killed("short"));
  expect(harComplaints(har)).toEqual([]);
  expect(har.log.entries[0].request.postData.text).toBe('{"userName":"ada@example.com"}');
});

test.each([1, 2, 3])(
  "with bodies so long that the system is killed within a write: what is whole can be replayed (%i)",
  async () => {
    const { entries } = parseRecording("traffic.har", await killed("x".repeat(1_000_000)));
    expect(entries[0]).toMatchObject({ requestBody: { json: { userName: "ada@example.com" } }, status: 201 });
  },
);
