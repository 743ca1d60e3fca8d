// Sends what `resync` sent with an undici Pool, in the same order: `node … URL TOKEN RECORDING`; the token is in the recording.

import { readFile } from "node:fs/promises";
import { Pool } from "undici";

const [url, , recording] = process.argv.slice(2);
const requests = JSON.parse(await readFile(recording, "utf8"));
// As many as `resync` has by default.
const connections = 4;

const before = process.cpuUsage();
const pool = new Pool(new URL(url).origin, { connections });
let next = 0;
await Promise.all(Array.from({ length: connections }, sendNext));
await pool.close();
const { user, system } = process.cpuUsage(before);
process.send({ cpuMs: (user + system) / 1000, sent: requests.length }, () => process.disconnect());

async function sendNext() {
  while (next < requests.length) {
    const { method, path, headers, body } = requests[next];
    next += 1;
    const answer = await pool.request({ method, path, headers, body });
    await answer.body.text();
    if (answer.statusCode > 299) throw new Error(`${method} ${path} was answered ${answer.statusCode}`);
  }
}
