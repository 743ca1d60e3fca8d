/** What a file looks like that could not be written to its end. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { shippedFixture } from "../../src/assembly/files/fixture-file.ts";
import { harComplaints } from "../support/har-complaints.ts";
import { longEnoughMs } from "../support/long-enough.ts";
import { plainEnvironment, runProgram } from "../support/run-program.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { startWatchedAstro } from "../support/watched-astro.ts";

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

describe.runIf(process.platform === "linux")("a memory for which there is no room", () => {
  test("the one of the run before stays whole, nothing is left beside it; exit status 1", async () => {
    const cwd = await tempFolder({ "f.yaml": await readFile(shippedFixture("okta-small.yaml"), "utf8") });
    const astro = await startWatchedAstro({ fixture: await readFile(join(cwd, "f.yaml"), "utf8") });
    const simulate = [program, "simulate", "okta", "f.yaml", "--state", "okta.json", ...astro.target];
    const options = { cwd, timeoutMs: longEnoughMs };
    expect((await runProgram(process.execPath, simulate, options)).status).toBe(0);
    const before = await readFile(join(cwd, "okta.json"), "utf8");
    const limited = ["-c", `ulimit -f 1; exec "$0" "$@"`, process.execPath, ...simulate];
    const { status, stderr } = await runProgram("bash", limited, options);
    expect(stderr).toMatch(/^Error: The state file okta\.json cannot be written: /m);
    expect(status).toBe(1);
    expect(await readFile(join(cwd, "okta.json"), "utf8")).toBe(before);
    expect((await readdir(cwd)).toSorted()).toEqual(["f.yaml", "okta.json"]);
  });
});
