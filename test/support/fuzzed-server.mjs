// The process behind `startFuzzedServer`: the local Astro as it is built, watched from inside.

import { setImmediate as nextTurn } from "node:timers/promises";
import { startServer } from "../../dist/server/start.js";

const faults = [];
const told = { requests: 0, leaks: 0 };

const astro = await startServer({
  // What is off by default can fail as well.
  behaviour: { cursorPaging: "on" },
  ...JSON.parse(process.argv[2]),
  control: true,
  keepRequests: 20,
  // Longer than a body of 15 MB takes on a slow machine among 64 others, shorter than a campaign.
  limits: { headersTimeoutMs: 20_000, requestTimeoutMs: 30_000 },
  onFault: (error) => faults.push(String(error?.stack ?? error)),
  onServed: (served) => {
    told.requests += 1;
    lookForToken(served);
  },
  onExchange: lookForToken,
});

process.on("message", (question) => {
  if (question === "report") void report();
});
// Its parent is gone, or has seen enough.
process.on("disconnect", () => process.exit(0));
process.send({ url: astro.url, token: astro.token, port: astro.port });

function lookForToken(record) {
  if (JSON.stringify(record).includes(astro.token)) told.leaks += 1;
}

async function report() {
  const heapBytes = await heapInUse();
  process.send({ faults, ...told, polluted: polluted(), heapBytes });
}

/** Names that every object would have got. */
function polluted() {
  const names = [];
  for (const name in {}) names.push(name);
  return names;
}

/** What is in use once all that can be collected is: finalizers may set more free, so it is looked at several times. */
async function heapInUse() {
  for (let round = 0; round < 5; round += 1) {
    globalThis.gc();
    await nextTurn();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
