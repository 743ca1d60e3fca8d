/** What a file looks like that could not be written to its end. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { harComplaints } from "../support/har-complaints.ts";
import { plainEnvironment } from "../support/run-program.ts";
import { tempFolder } from "../support/temp-folder.ts";

const program = fileURLToPath(new URL("../../bin/astro-scim.js", import.meta.url));

/** Runs it where no file may be larger than some kibibytes, as where the disk is full. */
async function diffWithTrace(file: string): Promise<{ status: number; stdout: string; stderr: string }> {
  const command = `ulimit -f 8; exec "$0" "$@"`;
  const argv = ["-c", command, process.execPath, program, "diff", "--trace", file];
  const running = spawn("bash", argv, { env: plainEnvironment() });
  let [stdout, stderr] = ["", ""];
  running.stdout.on("data", (chunk) => {
    stdout += String(chunk);
  });
  running.stderr.on("data", (chunk) => {
    stderr += String(chunk);
  });
  const [status] = await once(running, "close");
  return { status, stdout, stderr };
}

describe.runIf(process.platform === "linux")("a trace for which there is no room", () => {
  test("the run goes on, the archive is valid with what was complete; said once, exit status 1", async () => {
    const file = join(await tempFolder(), "t.har");
    const { status, stdout, stderr } = await diffWithTrace(file);
    expect(stdout).toMatch(/^Next: astro-scim resync/m);
    expect(stderr).toMatch(/^Error: The trace .* is not complete: EFBIG/m);
    expect(status).toBe(1);
    expect(harComplaints(JSON.parse(await readFile(file, "utf8")))).toEqual([]);
  });

  test("NDJSON ends with a whole line", async () => {
    const file = join(await tempFolder(), "t.ndjson");
    expect((await diffWithTrace(file)).status).toBe(1);
    const text = await readFile(file, "utf8");
    expect(text === "" || text.endsWith("}\n")).toBe(true);
  });
});
