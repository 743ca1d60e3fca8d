// What the tests of each room (a folder of test/) took of the time that all of them may take, by vitest's JSON report:
//   npx vitest run --reporter=json --outputFile=tests.json && node scripts/test-rooms.mjs tests.json
// It is for people: it says which rooms are over their share, and nothing fails.

import { readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Ten minutes on two cores, alone, are so many seconds of a worker. */
const all = 2 * 600;

/** The share of each room, in percent. What is left is for starting and importing. */
const shares = {
  server: 35,
  cli: 25,
  foreign: 8,
  e2e: 6,
  idp: 5,
  scim: 3,
  fixture: 3,
  repair: 3,
  http: 2,
};
/** Of a room that is not named. */
const smallShare = 0.5;

const folder = fileURLToPath(new URL("../test/", import.meta.url));
const [report] = process.argv.slice(2);
if (report === undefined) throw new Error("It takes the name of vitest's JSON report.");

const rooms = new Map();
for (const { name, startTime, endTime, assertionResults } of JSON.parse(readFileSync(report, "utf8"))
  .testResults) {
  const file = relative(folder, name).split(sep);
  const room = file.length === 1 ? "(none)" : file[0];
  const took = rooms.get(room) ?? { room, tests: 0, seconds: 0, longest: { seconds: 0, name: "" } };
  const seconds = (endTime - startTime) / 1000;
  took.tests += assertionResults.length;
  took.seconds += seconds;
  if (seconds >= took.longest.seconds) took.longest = { seconds, name: file.join("/") };
  rooms.set(room, took);
}

const sorted = [...rooms.values()].toSorted((a, b) => b.seconds - a.seconds);
const rows = sorted.map(({ room, tests, seconds, longest }) => {
  const share = ((shares[room] ?? smallShare) / 100) * all;
  const note = `${seconds > share ? "OVER ITS SHARE; " : ""}${longest.name} ${Math.round(longest.seconds)} s`;
  return [room, tests, Math.round(seconds), Math.round(share), note];
});
const sum = (column) => rows.reduce((total, row) => total + row[column], 0);
const table = [
  ["room", "tests", "seconds", "share", "longest file"],
  ...rows,
  ["all", sum(1), sum(2), all, ""],
];
for (const [room, ...cells] of table) {
  const [note, ...numbers] = cells.toReversed();
  const columns = numbers.toReversed().map((number) => String(number).padStart(8));
  process.stdout.write(`${room.padEnd(12)}${columns.join("")}  ${note}`.trimEnd() + "\n");
}
