/**
 * What npm runs after it installed dependencies: builds, where the compiler was installed too. `npm prune --omit=dev` takes it
 * away and keeps what was built; `npm ci --omit=dev` never had it.
 */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const built = "dist/cli/main.js";

if (existsSync("node_modules/typescript/package.json")) {
  // As one command line, for npm is a .cmd file on Windows. It has npm's words only.
  const { status } = spawnSync("npm run build", { shell: true, stdio: "inherit" });
  process.exitCode = status ?? 1;
} else if (!existsSync(built)) {
  process.stderr.write(
    "Not built: the compiler is a development dependency. Run npm ci, then npm prune --omit=dev.\n",
  );
}
