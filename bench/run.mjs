// `npm run bench`: ratios, for absolute numbers say more of the machine than of the program (docs/benchmarks.md).

import { simulateOkta } from "./simulate-okta.mjs";
import { startUp } from "./start-up.mjs";
import { teamMembers } from "./team-members.mjs";
import { userLookup } from "./user-lookup.mjs";

process.stdout.write("median of the ratios of interleaved rounds (half of the rounds lie between)\n");
for (const benchmark of [startUp, teamMembers, userLookup, simulateOkta]) {
  for (const row of await benchmark()) {
    process.stdout.write(`${lineOf(row)}\n`);
    if (row.ratio > (row.atMost ?? Infinity)) process.exitCode = 1;
  }
}

function lineOf({ name, ratio, low, high, atMost, note }) {
  const verdict = ratio > atMost ? "MISSED" : "reached";
  const target = atMost === undefined ? "" : `at most ${atMost}: ${verdict}`;
  const range = `(${low.toFixed(2)} to ${high.toFixed(2)})`;
  return [name.padEnd(60), ratio.toFixed(2), range.padEnd(16), target, note ?? ""].join("  ").trimEnd();
}
