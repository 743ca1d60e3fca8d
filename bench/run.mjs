// `npm run bench`: ratios, for absolute numbers say more of the machine than of the program (docs/benchmarks.md).

import { compareServers } from "./compare-servers.mjs";
import { diffAtScale } from "./diff.mjs";
import { firstProvisioning } from "./first-provisioning.mjs";
import { largeList } from "./large-list.mjs";
import { liveListing } from "./live-listing.mjs";
import { memory } from "./memory.mjs";
import { rehearsalMemory } from "./rehearsal-memory.mjs";
import { repairSpeed } from "./repair.mjs";
import { simulateOkta } from "./simulate-okta.mjs";
import { startUp } from "./start-up.mjs";
import { teamMembers } from "./team-members.mjs";
import { timelineCost } from "./timeline-cost.mjs";
import { userLookup } from "./user-lookup.mjs";

process.stdout.write("median of the ratios of interleaved rounds (half of the rounds lie between)\n");
for (const benchmark of [
  startUp,
  memory,
  teamMembers,
  userLookup,
  largeList,
  simulateOkta,
  rehearsalMemory,
  timelineCost,
  firstProvisioning,
  liveListing,
  () => repairSpeed({ users: 10_000, groups: 500, rounds: 3 }),
  () => diffAtScale(10_000),
  () => diffAtScale(100_000, { rounds: 3 }),
  () => compareServers(10_000),
  () => compareServers(100_000),
]) {
  for (const row of await benchmark()) {
    process.stdout.write(`${lineOf(row)}\n`);
    if (isMissed(row)) process.exitCode = 1;
  }
}

function isMissed({ ratio, atMost = Infinity, atLeast = 0 }) {
  return ratio > atMost || ratio < atLeast;
}

function lineOf(row) {
  const { name, ratio, low, high, atMost, atLeast, note } = row;
  const verdict = isMissed(row) ? "MISSED" : "reached";
  const limit = atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`;
  const target = atMost === undefined && atLeast === undefined ? "" : `${limit}: ${verdict}`;
  const range = `(${low.toFixed(2)} to ${high.toFixed(2)})`;
  return [name.padEnd(62), ratio.toFixed(2), range.padEnd(16), target, note ?? ""].join("  ").trimEnd();
}
