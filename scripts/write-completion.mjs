// Writes the tree of commands for completion beside the compiled code; `npm run build` runs it after tsc.

import { readdir, writeFile } from "node:fs/promises";
import { commandTree } from "../dist/cli/completion/command-tree.js";
import { buildProgram } from "../dist/cli/program.js";
import { systemIo } from "../dist/world/io.js";

const root = new URL("../", import.meta.url);
const tree = commandTree(buildProgram(systemIo, () => {}));
const all = await readdir(new URL("fixtures/", root), { recursive: true });
const fixtures = all
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => `fixtures/${name.replaceAll("\\", "/")}`)
  .toSorted();
await writeFile(new URL("dist/cli/completion/tree.json", root), `${JSON.stringify({ tree, fixtures })}\n`);
