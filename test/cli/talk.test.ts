/** What is said while a request waits for its repetition. */

import { expect, test } from "vitest";
import { startOutput } from "../../src/cli/output/command-output.ts";
import type { RetryWait } from "../../src/http/retry.ts";
import type { WireAnswer } from "../../src/wire/exchange.ts";
import { fakeIo } from "../support/fake-io.ts";

const refused: WireAnswer = {
  kind: "no-response",
  reason: "refused",
  message: "No server is listening on 127.0.0.1:8888: the connection was refused.",
};
const busy: WireAnswer = { kind: "response", status: 429, headers: {}, text: "", json: undefined };

function wait(path: string, waitMs: number, answer: WireAnswer = refused): RetryWait {
  return { request: { method: "GET", path, headers: {} }, answer, waitMs, attempt: 2 };
}

async function talking() {
  const io = fakeIo();
  const { onWait } = await startOutput(io, { output: "text" });
  const { signal } = new AbortController();
  return { onWait, later: (ms: number) => io.timers.wait(ms, signal), said: () => io.stderrText() };
}

test("for how long, for which request, and why; the query is left out", async () => {
  const { onWait, said } = await talking();
  onWait(wait("/Users?filter=userName%20eq%20%22ada%22", 400));
  expect(said()).toBe(
    "Waiting 1 s before repeating GET /Users: No server is listening on 127.0.0.1:8888: the connection was refused.\n",
  );
});

test("requests that wait at the same time for the same reason are one line", async () => {
  const { onWait, said } = await talking();
  onWait(wait("/Users/1", 400));
  onWait(wait("/Users/2", 380));
  onWait(wait("/Groups/3", 410));
  expect(said().split("\n")).toHaveLength(2);
});

test("the next wait is said, and so is another reason", async () => {
  const { onWait, later, said } = await talking();
  onWait(wait("/Users/1", 400));
  await later(400);
  onWait(wait("/Users/1", 900));
  onWait(wait("/Users/2", 30_000, busy));
  expect(said()).toMatch(
    /^Waiting 1 s .*\nWaiting 1 s .*\nWaiting 30 s before repeating GET \/Users\/2: the server answered 429\n$/,
  );
});
