// Says which imports of src/ the table of rooms refuses, and ends with 1 where there is one. Part of `npm run lint`.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { circlesIn, mistakesIn, refusedImports, unusedImports } from "./imports.mjs";
import { rooms } from "./rooms.mjs";

const src = fileURLToPath(new URL("../src/", import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => ({ path: file.replaceAll("\\", "/"), text: readFileSync(src + file, "utf8") }));
const problems = [
  ...mistakesIn(rooms),
  ...files.flatMap((file) => refusedImports(rooms, file)),
  ...unusedImports(rooms, files),
  ...circlesIn(files).map((circle) => `a circle of imports: ${circle}`),
];
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
