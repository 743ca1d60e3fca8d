// Writes docs/cli.md from the commands; needs a build. A test holds the two together.

import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { buildProgram } from "../dist/cli/program.js";
import { systemIo } from "../dist/world/io.js";
import { cliPage } from "./cli-page.mjs";

const program = fileURLToPath(new URL("../bin/astro-scim.js", import.meta.url));

// Without a terminal, the help is 100 columns wide.
const helpOf = (words) =>
  execFileSync(process.execPath, [program, ...words, "--help"], { encoding: "utf8", env: {} });

await writeFile(
  new URL("../docs/cli.md", import.meta.url),
  cliPage(
    buildProgram(systemIo, () => {}),
    helpOf,
  ),
);
