/** The tree of commands as it was written when astro-scim was built (scripts/write-completion.mjs). */

import { fileURLToPath } from "node:url";
import type { CompletedCommand } from "../../completion/tree.ts";
import type { Io } from "../../world/io.ts";

export interface BuiltTree {
  readonly tree: CompletedCommand;
  /** Shipped fixtures, as the command line names them: `fixtures/okta-drift.yaml`. */
  readonly fixtures: readonly string[];
}

/** The file is part of the package, beside this one. */
const builtFile = fileURLToPath(new URL("tree.json", import.meta.url));
const packageFolder = fileURLToPath(new URL("../../../", import.meta.url));

/** Undefined where nothing was built: in a clone that runs its sources. */
export async function readBuiltTree(io: Io): Promise<BuiltTree | undefined> {
  if (!(await io.disk.exists(builtFile))) return undefined;
  const { readSmallFile } = await import("../../files/read-small-file.ts");
  const built: BuiltTree = JSON.parse(await readSmallFile(io.disk, builtFile, maxBytes));
  return built;
}

/** Where a shipped fixture is. */
export function shippedFile(name: string): string {
  return packageFolder + name;
}

const maxBytes = 4 * 1024 * 1024;
