// Runs `diff` once and prints its CPU time; with --expose-gc the peak of live memory: `node … FOLDER FORMAT USERS URL TOKEN UNCOUNTED`,
// where so many runs before are not counted.

import { join } from "node:path";
import { diff } from "../dist/index.js";

const [folder, format, users, url, token, uncounted] = process.argv.slice(2);
const { gc } = globalThis;
let peakBytes = 0;
const watch = gc === undefined ? undefined : setInterval(look, 1_000);

for (let at = 0; at < Number(uncounted); at += 1) await compare();
const before = process.cpuUsage();
const start = performance.now();
const drift = await compare();
const wallMs = performance.now() - start;
const { user, system } = process.cpuUsage(before);
if (gc !== undefined) look();
clearInterval(watch);
if (drift.status !== "same" || drift.compared.heldUsers !== Number(users))
  throw new Error(`diff is ${drift.status}, with ${drift.changes.length} changes`);
process.stdout.write(`${JSON.stringify({ cpuMs: (user + system) / 1000, wallMs, peakBytes })}\n`);

async function compare() {
  const fixture = join(folder, `company-${format}.yaml`);
  return await diff({ fixture, target: { url, token }, api: "scim" });
}

function look() {
  gc();
  const { heapUsed, external } = process.memoryUsage();
  peakBytes = Math.max(peakBytes, heapUsed + external);
}
