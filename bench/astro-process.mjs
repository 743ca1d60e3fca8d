// The process behind `startAstro`: answers its parent's messages, and ends when the parent goes.

import { startServer } from "../dist/server/start.js";

const times = { count: 0, first: 0, last: 0 };
let astro;

process.on("message", (message) => {
  if (message === "served") process.send({ count: times.count, ms: times.last - times.first });
  else void start(message);
});

process.on("disconnect", () => astro?.close());

// Time and chance stand still: two servers that are asked the same give out the same ids.
async function start(options) {
  const now = new Date("2026-09-01T08:00:00Z");
  astro = await startServer({
    ...options,
    now: () => now,
    randomBytes: (count) => new Uint8Array(count),
    onServed: noteServed,
  });
  process.send({ url: astro.url, token: astro.token });
}

function noteServed() {
  times.last = performance.now();
  if (times.count === 0) times.first = times.last;
  times.count += 1;
}
