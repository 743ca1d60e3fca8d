/** What `npm ci` and `npm prune` run at the end of an installation in a clone. */

import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };

const compiler = "node_modules/typescript/package.json";
const built = "dist/cli/main.js";
let clone: string;

beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), "astro-scim-install-"));
  await writeFile(
    join(clone, "package.json"),
    JSON.stringify({ name: "clone", scripts: { build: "node build.mjs" } }),
  );
  await writeFile(join(clone, "build.mjs"), 'console.log("building"); process.exitCode = 3;');
});

afterEach(() => rm(clone, { recursive: true }));

test.each([
  { when: "npm ci", files: [compiler], status: 3, says: /building/ },
  { when: "npm prune --omit=dev after a build", files: [built], status: 0, says: /^$/ },
  { when: "npm ci --omit=dev", files: [], status: 0, says: /^Not built: .* Run npm ci/ },
])("after $when", async ({ files, status, says }) => {
  for (const file of files) {
    await mkdir(join(clone, dirname(file)), { recursive: true });
    await writeFile(join(clone, file), "{}");
  }
  const [command = "", script = ""] = packageJson.scripts.dependencies.split(" ");
  const ended = spawnSync(command, [resolve(script)], { cwd: clone, encoding: "utf8" });
  expect(ended.stdout + ended.stderr).toMatch(says);
  expect(ended.status).toBe(status);
});
