// Runs `resync --all` once, journal included, and sends its CPU time to the parent: `node … URL TOKEN FIXTURE STATE [RECORDING]`,
// where the requests are written to RECORDING.

import { subscribe } from "node:diagnostics_channel";
import { writeFile } from "node:fs/promises";
import { main } from "../dist/cli/main.js";
import { systemIo } from "../dist/world/io.js";

const [url, token, fixture, state, recording] = process.argv.slice(2);
const requests = [];
if (recording !== undefined) {
  subscribe("undici:request:create", ({ request: { method, path, headers, body } }) => {
    requests.push({ method, path, headers: [...headers], body: body === null ? null : String(body) });
  });
}

const before = process.cpuUsage();
const options = ["--all", "--yes", "--quiet", "--via", "scim", "--from", fixture, "--state-dir", state];
process.exitCode = await main(["resync", ...options, "--url", url, "--token", token], systemIo());
const { user, system } = process.cpuUsage(before);
if (recording !== undefined) await writeFile(recording, JSON.stringify(requests));
process.send({ cpuMs: (user + system) / 1000 }, () => process.disconnect());
