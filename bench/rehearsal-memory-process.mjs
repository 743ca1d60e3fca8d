// Rehearses one fixture in the process and prints requests and the peak of live bytes: `node --expose-gc … FIXTURE`.

import { main } from "../dist/cli/main.js";
import { systemIo } from "../dist/world/io.js";

let said = "";
const write = (text) => {
  said = (said + text).slice(-1_000);
  return true;
};
const silent = { write, isTTY: false, columns: undefined };
let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, liveBytes());
}, 250);
const status = await main(["simulate", "entra", process.argv[2], "--quiet"], {
  ...systemIo(),
  stdout: silent,
  stderr: silent,
});
clearInterval(watch);
if (status !== 0) throw new Error(`simulate entra ended with ${status}:\n${said}`);
const requests = Number(/([\d,]+) requests/.exec(said)?.[1].replaceAll(",", ""));
process.stdout.write(`${JSON.stringify({ requests, peak })}\n`);

function liveBytes() {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
