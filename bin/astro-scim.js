#!/usr/bin/env node
// Says in a sentence what an old Node or a missing build would say in a syntax error or a stack trace.
import { existsSync } from "node:fs";

const [major, minor] = process.versions.node.split(".").map(Number);
const built = new URL("../dist/cli/main.js", import.meta.url);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`astro-scim needs Node 20.19 or later; this is ${process.versions.node}.\n`);
  process.exitCode = 64;
} else if (!existsSync(built)) {
  process.stderr.write("astro-scim is not built yet; in a clone, run: npm run build\n");
  process.exitCode = 64;
} else {
  const { enableCompileCache } = await import("node:module");
  enableCompileCache?.();
  const { main } = await import(built);
  const { systemIo } = await import("../dist/world/io.js");
  process.exitCode = await main(process.argv.slice(2), systemIo());
}
