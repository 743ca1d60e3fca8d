/** What `kill -9` leaves of a recording. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { harComplaints } from "../support/har-complaints.ts";
import { plainEnvironment } from "../support/run-program.ts";
import { scimClient } from "../support/scim-client.ts";
import { tempFolder } from "../support/temp-folder.ts";

const program = fileURLToPath(new URL("../../bin/astro-scim.js", import.meta.url));

test("a valid archive with what was answered before, whenever the process is killed", async () => {
  const file = join(await tempFolder(), "traffic.har");
  const argv = [program, "serve", "--port", "0", "--json", "--quiet", "--record", file];
  const serving = spawn(process.execPath, argv, { env: plainEnvironment() });
  onTestFinished(() => void serving.kill("SIGKILL"));
  const [announcement] = await once(serving.stdout, "data");
  const client = scimClient(JSON.parse(String(announcement)));

  await client.user("ada@example.com");
  const written = async (): Promise<boolean> => (await readFile(file, "utf8")).includes("ada@example.com");
  await expect.poll(written).toBe(true);
  // Killed while it is busy.
  const busy = Array.from({ length: 200 }, (_, at) => client.user(`user.${at}@example.com`));
  await busy[20];
  serving.kill("SIGKILL");
  await Promise.all([once(serving, "exit"), Promise.allSettled(busy)]);

  const har = JSON.parse(await readFile(file, "utf8"));
  expect(harComplaints(har)).toEqual([]);
  expect(har.log.entries[0].request.postData.text).toBe('{"userName":"ada@example.com"}');
});
