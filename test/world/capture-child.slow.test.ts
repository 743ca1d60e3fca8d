/** What another program writes is taken, in a limited time and size. */

import { expect, test } from "vitest";
import { captureChild, type CapturedEnd } from "../../src/world/capture-child.ts";

async function runNode(
  program: string,
  more: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
): Promise<CapturedEnd> {
  return await captureChild({
    command: process.execPath,
    args: ["-e", program],
    env: process.env,
    timeoutMs: 60_000,
    ...more,
  });
}

test.each<[string, string, CapturedEnd]>([
  [
    "what it writes",
    "console.log('token'); console.error('note')",
    { kind: "exited", status: 0, stdout: "token\n", stderr: "note\n" },
  ],
  [
    "the status that it ends with",
    "console.error('no'); process.exitCode = 3",
    { kind: "exited", status: 3, stdout: "", stderr: "no\n" },
  ],
  [
    "that it was ended",
    "process.kill(process.pid, 'SIGKILL')",
    { kind: "failed", why: "it was ended by SIGKILL" },
  ],
  [
    "that it wrote too much",
    "process.stdout.write('x'.repeat(2_000_000))",
    { kind: "failed", why: "it wrote too much" },
  ],
  [
    "that there is no input",
    "process.stdin.on('end', () => console.log('end')).resume()",
    { kind: "exited", status: 0, stdout: "end\n", stderr: "" },
  ],
])("%s", async (_, program, end) => {
  expect(await runNode(program)).toEqual(end);
});

test("a program that does not end is ended at the limit", async () => {
  const end = await runNode("setInterval(() => {}, 1000)", { timeoutMs: 100 });
  expect(end).toEqual({ kind: "failed", why: "it took longer than 0.1 seconds" });
});

test("an aborted signal ends it", async () => {
  const end = await runNode("setInterval(() => {}, 1000)", { signal: AbortSignal.abort() });
  expect(end).toEqual({ kind: "failed", why: "interrupted" });
});

test("a program that is not there", async () => {
  const options = { command: "no-such-program-anywhere", args: [], env: process.env, timeoutMs: 60_000 };
  expect(await captureChild(options)).toEqual({ kind: "not-found" });
});

test("a file that is no program", async () => {
  const end = await captureChild({
    command: import.meta.filename,
    args: [],
    env: process.env,
    timeoutMs: 60_000,
  });
  expect(end.kind).toBe("failed");
});
