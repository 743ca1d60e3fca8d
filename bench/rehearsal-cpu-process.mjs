// Rehearses one fixture against a server elsewhere and prints the CPU that it took: `node … FIXTURE URL TOKEN`.

import { simulate } from "../dist/index.js";

const [fixture, url, token] = process.argv.slice(2);
let first;
let last;
const result = await simulate({
  fixture,
  target: { url, token },
  onEvent: ({ kind }) => {
    if (kind === "step-started") first ??= cpuMs();
    if (kind === "step-finished") last = cpuMs();
  },
});
const actions = result.fixture.timeline.flatMap((step) => step.actions).length;
if (result.interrupted || result.notBegun.length > 0)
  throw new Error("the timeline was not played to its end");
const measured = { whole: cpuMs(), anAction: (last - first) / actions, actions, requests: result.requests };
process.stdout.write(`${JSON.stringify(measured)}\n`);

/** Of the whole process, its start included. */
function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
