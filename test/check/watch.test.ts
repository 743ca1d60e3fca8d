/** `check --watch`: the first round in full, then changes only, until Ctrl-C. */

import { expect, onTestFinished, test } from "vitest";
import { startServer } from "../../src/server/start.ts";
import { startFront } from "../support/checked-server.ts";
import { fakeIo, type FakeIo } from "../support/fake-io.ts";
import { runCommand, type CommandResult } from "../support/run-command.ts";

/** Runs so many rounds; `isBroken` says of each whether the server refuses the token. */
async function watched(
  words: readonly string[],
  rounds: readonly ("works" | "refuses")[],
): Promise<CommandResult> {
  const astro = await startServer();
  onTestFinished(() => astro.close());
  let round = 0;
  const refusal = { status: 401, json: { status: "401" } };
  const io: FakeIo = fakeIo({ now: new Date(), cwd: process.cwd() });
  const { url } = await startFront(astro, {
    instead: () => (rounds[round] === "refuses" ? refusal : undefined),
    // The clock of the command goes on by waiting, and that of the server has to go with it.
    changed: (_request, { headers }) => ({ headers: { ...headers, date: io.clock.now().toUTCString() } }),
  });
  const wait: FakeIo["timers"]["wait"] = async (ms, signal) => {
    round += 1;
    if (round >= rounds.length) io.interrupt();
    await io.timers.wait(ms, signal);
  };
  const bounded = { ...io, timers: { ...io.timers, wait } };
  return runCommand(["check", "--url", url, "--token", astro.token, "--watch", "5m", ...words], {
    io: bounded,
  });
}

test("prints what changed, once, and ends with the status of the last round", async () => {
  const { status, stdout, stderr } = await watched([], ["works", "works", "refuses", "refuses", "works"]);
  const [, changes = ""] = stdout.split(/^\d+ ok, .*\n/m);
  const lines = changes.split("\n").filter((line) => line.includes("Token accepted  "));
  expect(lines).toEqual([
    expect.stringMatching(/^\d{4}-.* UTC {2}✗ Token accepted {2}was ok; failed: the server answered 401$/),
    expect.stringMatching(/^\d{4}-.* UTC {2}✓ Token accepted {2}was failed; ok: yes$/),
  ]);
  expect(stderr).toContain("Checking again every 5 min");
  expect(status).toBe(0);
});

test("with json it is one line for each change", async () => {
  const { status, stdout } = await watched(["--json"], ["works", "refuses"]);
  const events = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(events.filter(({ id }) => id === "token-accepted").map(({ was, result }) => [was, result])).toEqual([
    [null, "pass"],
    ["pass", "fail"],
  ]);
  expect(status).toBe(4);
});

test("is refused with a format that is one document", async () => {
  expect((await watched(["-o", "junit"], ["works"])).status).toBe(64);
});
