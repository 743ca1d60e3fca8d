/** `exec` as a process: a local Astro for a command, whose status, streams and signals are its own. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, onTestFinished, test } from "vitest";
import { harComplaints } from "../support/har-complaints.ts";
import { plainEnvironment, runProgram } from "../support/run-program.ts";
import { tempFolder } from "../support/temp-folder.ts";

const program = fileURLToPath(new URL("../../bin/astro-scim.js", import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));
const node = process.execPath;

async function exec(...words: readonly string[]) {
  const run = await runProgram(node, [program, "exec", ...words], { cwd: root, timeoutMs: 60_000 });
  return { ...run, output: run.stdout + run.stderr };
}

/** Asks the local Astro as a test in any language would. */
const listUsers = `
const { ASTRO_SCIM_URL: url, ASTRO_SCIM_TOKEN: token } = process.env;
const answer = await fetch(url + "/Users", { headers: { authorization: "Bearer " + token } });
const { totalResults } = await answer.json();
console.log(answer.status, totalResults);
`;
const script = (text: string): readonly string[] => [node, "--input-type=module", "-e", text];

describe("the command", () => {
  test("finds the URL and the token of a local Astro in its environment", async () => {
    const { status, stdout, stderr } = await exec("--", ...script(listUsers));
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "200 0\n", stderr: "" });
  });

  test("finds the IAM API of the same Astro", async () => {
    const text = `
      const { ASTRO_API_URL, ASTRO_API_TOKEN, ASTRO_ORGANIZATION_ID, ASTRO_SCIM_TOKEN } = process.env;
      const headers = { authorization: "Bearer " + ASTRO_API_TOKEN };
      const answer = await fetch(ASTRO_API_URL + "/organizations/" + ASTRO_ORGANIZATION_ID + "/users", { headers });
      console.log(answer.status, (await answer.json()).totalCount, ASTRO_API_TOKEN === ASTRO_SCIM_TOKEN);
    `;
    const { stdout } = await exec("fixtures/okta-drift.yaml", "--", ...script(text));
    expect(stdout).toMatch(/^200 [1-9]\d* true\n$/);
  });

  test("may be astro-scim, which reads this Astro", async () => {
    const words = ["users", "--json", "--quiet"];
    const { status, stdout } = await exec("fixtures/okta-drift.yaml", "--", node, program, ...words);
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as { users: unknown[] }).users.length).toBeGreaterThan(1);
  });

  test("meets the fixture's Astro, as the directory provisions it with --provisioned", async () => {
    const drifted = await exec("fixtures/okta-drift.yaml", "--", ...script(listUsers));
    const provisioned = await exec(
      "fixtures/okta-small.yaml",
      "--provisioned",
      "--at",
      "start",
      "--",
      ...script(listUsers),
    );
    expect(drifted.stdout).toMatch(/^200 [1-9]/);
    expect(provisioned.stdout).toMatch(/^200 [1-9]/);
  });

  test("meets the faults and the behaviour that are asked for", async () => {
    const { stdout, status } = await exec("--fault", "status=503,path=/Users", "--", ...script(listUsers));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^503 /);
  });

  test("reads the control endpoint with the same token", async () => {
    const text = `
      const { ASTRO_SCIM_CONTROL_URL: url, ASTRO_SCIM_TOKEN: token } = process.env;
      const answer = await fetch(url + "/faults", { headers: { authorization: "Bearer " + token } });
      console.log(answer.status);`;
    expect((await exec("--", ...script(text))).stdout).toBe("200\n");
  });

  test("has standard input, and its arguments as they are: no shell reads them", async () => {
    const run = spawn(
      node,
      [
        program,
        "exec",
        "--",
        node,
        "-e",
        "process.stdin.pipe(process.stdout); console.log(process.argv.slice(1))",
        "$HOME",
        "a b",
        "--json",
        "--",
        "*",
      ],
      { stdio: ["pipe", "pipe", "inherit"], env: plainEnvironment() },
    );
    let stdout = "";
    run.stdout.on("data", (chunk) => (stdout += String(chunk)));
    run.stdin.end("typed\n");
    await once(run, "close");
    expect(stdout).toContain("[ '$HOME', 'a b', '--json', '--', '*' ]");
    expect(stdout).toContain("typed\n");
  });
});

describe("the status", () => {
  test.each([0, 1, 3, 64, 255])("is the command's: %i", async (wanted) => {
    expect((await exec("-q", "--", node, "-e", `process.exit(${wanted})`)).status).toBe(wanted);
  });

  test("is 128 and the number of the signal that ended it", async () => {
    const { status, stderr } = await exec("--", node, "-e", 'process.kill(process.pid, "SIGKILL")');
    expect(status).toBe(137);
    expect(stderr).toContain("was ended by SIGKILL");
  });

  test("is 127 for a command that does not exist, and 126 for one that cannot be started", async () => {
    const missing = await exec("--", "no-such-command-anywhere", "-v");
    expect(missing).toMatchObject({
      status: 127,
      stderr: "Error: The command no-such-command-anywhere was not found.\n",
    });
    const file = join(await tempFolder(), "text");
    writeFileSync(file, "no program", { mode: 0o644 });
    const refused = await exec("--", file);
    expect(refused.status).toBe(126);
    expect(refused.stderr).toMatch(/^Error: The command \S+ could not be started: permission denied\.\n$/);
  });
});

/** Sends a password and a token, then fails. */
const failing = `
const { ASTRO_SCIM_URL: url, ASTRO_SCIM_TOKEN: token } = process.env;
const headers = { authorization: "Bearer " + token, "content-type": "application/scim+json" };
const body = JSON.stringify({ userName: "ada@example.com", emails: [{ value: "ada@example.com" }], password: "hunter22" });
await fetch(url + "/Users", { method: "POST", headers, body });
process.exit(Number(process.argv[1] ?? 7));
`;

/** Of an archive, or of lines of JSON. @throws Error for what is neither */
function firstRequest(text: string, name: string): { readonly method: string; readonly path: string } {
  if (!name.endsWith(".har")) {
    const { schemaVersion, request } = JSON.parse(text.split("\n")[0] ?? "");
    if (schemaVersion !== 1) throw new Error(`schemaVersion is ${schemaVersion}`);
    return { method: request.method, path: request.path };
  }
  const complaints = harComplaints(JSON.parse(text));
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
  const { method, url } = JSON.parse(text).log.entries[0].request;
  return { method, path: url.replace(/^.*\/scim\/v2\/[^/]+/, "") };
}

describe("the trace", () => {
  test.each(["trace.har", "trace.ndjson"])(
    "is kept in %s where the command fails, without secrets",
    async (name) => {
      const file = join(await tempFolder(), name);
      const { status, stderr } = await exec("--export-on-exit", file, "--", ...script(failing));
      expect(status).toBe(7);
      expect(stderr).toContain(
        `ended with status 7. The local Astro received 1 request, written to ${file}.`,
      );
      const text = readFileSync(file, "utf8");
      expect(text).toContain("ada@example.com");
      expect(text).not.toContain("hunter22");
      expect(text).not.toMatch(/Bearer (?!\[redacted\])/);
      expect(firstRequest(text, name)).toEqual({ method: "POST", path: "/Users" });
    },
  );

  test("is not kept where it succeeds, and no trace of an earlier failure stays", async () => {
    const file = join(await tempFolder(), "trace.har");
    writeFileSync(file, "of an earlier failure");
    const { status, output } = await exec("--export-on-exit", file, "--", ...script(failing), "0");
    expect({ status, output }).toEqual({ status: 0, output: "" });
    expect(existsSync(file)).toBe(false);
  });

  test("of a command that sent nothing is written, and said to hold no request", async () => {
    const file = join(await tempFolder(), "trace.har");
    const { status, stderr } = await exec("--export-on-exit", file, "--", ...script("process.exit(7)"));
    expect({ status, stderr }).toEqual({
      status: 7,
      stderr: `astro-scim: ${node} ended with status 7. It sent no request to the local Astro; ${file} was written without requests.\n`,
    });
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ log: { entries: [] } });
  });

  test("can be replayed", async () => {
    const file = join(await tempFolder(), "trace.har");
    await exec("--export-on-exit", file, "--", ...script(failing));
    const replayed = await runProgram(node, [program, "replay", file], { cwd: root, timeoutMs: 60_000 });
    expect(replayed.status).toBe(0);
  });

  test("without the option the line about the failure says how to have it; -q leaves the line out", async () => {
    const told = await exec("--", ...script(failing));
    expect(told.stderr).toContain(
      "ended with status 7. The local Astro received 1 request; add --export-on-exit trace.har to keep it.",
    );
    expect((await exec("-q", "--", ...script(failing))).output).toBe("");
  });
});

describe("a signal", () => {
  /** Says its process id, and what it was sent. */
  const waiting = `
    process.on("SIGINT", () => { console.log("INT"); process.exit(5); });
    process.on("SIGTERM", () => { console.log("TERM"); process.exit(6); });
    process.on("SIGHUP", () => { console.log("HUP"); process.exit(9); });
    console.log(process.pid);
    setInterval(() => {}, 1000);`;

  async function started(text: string, ...words: readonly string[]) {
    const run = spawn(node, [program, "exec", ...words, "--", node, "-e", text], {
      stdio: ["ignore", "pipe", "pipe"],
      env: plainEnvironment(),
    });
    onTestFinished(() => void run.kill("SIGKILL"));
    const [first] = await once(run.stdout, "data");
    const pid = Number(String(first).trim());
    onTestFinished(() => {
      if (isRunning(pid)) process.kill(pid, "SIGKILL");
    });
    return { run, pid, ended: endOf(run) };
  }

  async function endOf(run: ChildProcess) {
    let stdout = "";
    run.stdout?.on("data", (chunk) => (stdout += String(chunk)));
    const [status, signal] = await once(run, "close");
    return { status, signal, stdout };
  }

  test.each([
    ["SIGINT", { status: 5, signal: null, stdout: "INT\n" }],
    ["SIGTERM", { status: 6, signal: null, stdout: "TERM\n" }],
    ["SIGHUP", { status: 9, signal: null, stdout: "HUP\n" }],
  ] as const)("%s is passed on, and the status is still the command's", async (signal, wanted) => {
    const { run, pid, ended } = await started(waiting);
    run.kill(signal);
    expect(await ended).toEqual(wanted);
    expect(isRunning(pid)).toBe(false);
  });

  test("that ends the command shows in the status, keeps the trace, and leaves no process behind", async () => {
    const file = join(await tempFolder(), "trace.har");
    const { run, pid, ended } = await started(
      "console.log(process.pid); setInterval(() => {}, 1000)",
      "--export-on-exit",
      file,
    );
    run.kill("SIGTERM");
    expect(await ended).toMatchObject({ status: 143, signal: null });
    expect(isRunning(pid)).toBe(false);
    expect(existsSync(file)).toBe(true);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("the token is in nothing that exec prints itself", async () => {
  const text = 'require("fs").writeFileSync(process.argv[1], process.env.ASTRO_SCIM_TOKEN); process.exit(1)';
  const file = join(await tempFolder(), "token");
  const { output } = await exec("--fault", "status=500", "--", node, "-e", text, file);
  const token = readFileSync(file, "utf8");
  expect(token.length).toBeGreaterThan(10);
  expect(output).not.toContain(token);
});
