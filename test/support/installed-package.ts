/** The package as its users get it: packed from a copy of the sources, installed where nothing else is. */

import { cp, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

import { longEnoughMs } from "./long-enough.ts";
import { mustRun, runProgram } from "./run-program.ts";

export interface InstalledPackage {
  /** A folder with nothing in it but the installed package and what that depends on. */
  readonly folder: string;
  /** What the tarball holds, sorted, with `/` between folders. */
  readonly files: readonly string[];
  /** What it was compiled from, below `src`. */
  readonly sources: readonly string[];
  /** What `npm install` printed. */
  readonly printed: string;
  remove(): Promise<void>;
}

const repository = fileURLToPath(new URL("../../", import.meta.url));

/** Neither built nor fetched files are copied: what is packed is built anew, and no stale file comes along. */
const notSource: ReadonlySet<string> = new Set(["node_modules", "dist", "coverage", ".git"]);

/** @throws Error that says what could not be done: to pack, or to fetch the dependencies from the registry. */
export async function installPackage(): Promise<InstalledPackage> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "astro-scim-packed-")));
  const remove = () => rm(root, { recursive: true, force: true });
  try {
    const { folder, printed } = await install(root, await pack(root));
    const files = await filesBelow(join(folder, "node_modules", "astro-scim"));
    return { folder, files, sources: await filesBelow(join(root, "sources", "src")), printed, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The absolute path of the tarball. */
async function pack(root: string): Promise<string> {
  const sources = join(root, "sources");
  await cp(repository, sources, {
    recursive: true,
    filter: (path) => !notSource.has(relative(repository, path).split(sep)[0] ?? ""),
  });
  await symlink(join(repository, "node_modules"), join(sources, "node_modules"));
  await mustRun("the package cannot be packed", ["npm", "pack", "--pack-destination", root], {
    cwd: sources,
    timeoutMs: longEnoughMs,
  });
  const name = (await readdir(root)).find((file) => file.endsWith(".tgz"));
  if (name === undefined) throw new Error(`npm pack left no tarball in ${root}`);
  return join(root, name);
}

const npmOptions = [
  "--no-audit",
  "--no-fund",
  "--prefer-offline",
  "--fetch-retries=1",
  "--fetch-retry-mintimeout=1000",
];

/** The absolute path of the folder, and what npm printed. */
async function install(
  root: string,
  tarball: string,
): Promise<{ readonly folder: string; readonly printed: string }> {
  const folder = join(root, "installed");
  await mkdir(folder);
  // Without it npm would look for a project in the folders above.
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const { status, stdout, stderr } = await runProgram("npm", ["install", tarball, ...npmOptions], {
    cwd: folder,
    timeoutMs: longEnoughMs,
  });
  const printed = `${stdout}${stderr}`;
  if (status !== 0) {
    throw new Error(
      `the packed tarball cannot be installed (its dependencies come from the npm registry: is it reachable?)\n${printed.slice(-2000)}`,
    );
  }
  return { folder, printed };
}

/** Every file below a folder, sorted, with `/` between folders. */
async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}
