// How long the command takes before it does anything, beside a Node that does nothing.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { interleavedRounds, ratioOf } from "./rounds.mjs";

const bin = fileURLToPath(new URL("../bin/astro-scim.js", import.meta.url));

export async function startUp() {
  const measured = await interleavedRounds(25, {
    node: () => run(["-e", "0"]),
    version: () => run([bin, "--version"]),
    help: () => run([bin, "--help"]),
  });
  return [
    { name: "--version : node -e 0", ...ratioOf(measured.version, measured.node), atMost: 1.6 },
    { name: "--help : node -e 0", ...ratioOf(measured.help, measured.node) },
  ];
}

async function run(argv) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, argv, { timeout: 30_000, encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${argv.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}
