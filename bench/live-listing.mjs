// The Okta source's lists of 10,000 users over loopback against an undici Pool that fetches the same pages and parses them:
// CPU time of each in a process of its own, in interleaved rounds.

import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { interleavedRounds, median, ratioOf } from "./rounds.mjs";

const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const run = promisify(execFile);
const lists = [
  { list: "app", what: "10,000 app users, pages of 500" },
  { list: "members", what: "10,000 group members, pages of 200" },
];
const phases = [
  { phase: "the first time in a process", uncounted: 0, counted: 1, atLeast: 0.8 },
  { phase: "in a warm process", uncounted: 10, counted: 10, atLeast: 0.8 },
];

export async function liveListing({ rounds = 9 } = {}) {
  const server = fork(script("live-listing-pages.mjs"), { stdio: "inherit" });
  const [{ url }] = await once(server, "message");
  try {
    const rows = [];
    for (const { list, what } of lists) {
      for (const { phase, uncounted, counted, ...target } of phases) {
        const measure = async (variant) => {
          const given = [variant, list, url, uncounted, counted].map(String);
          const { stdout } = await run(process.execPath, [script("live-listing-process.mjs"), ...given]);
          return JSON.parse(stdout).cpuMs;
        };
        const cpu = await interleavedRounds(rounds, {
          ours: () => measure("ours"),
          pool: () => measure("pool"),
        });
        const note = `${Math.round(median(cpu.ours))} : ${Math.round(median(cpu.pool))} ms`;
        rows.push({
          name: `${what}, ${phase}: Pool : ours, CPU`,
          ...ratioOf(cpu.pool, cpu.ours),
          ...target,
          note,
        });
      }
    }
    return rows;
  } finally {
    server.disconnect();
    await once(server, "exit");
  }
}
