/** State folders of tests: none finds what another one has left, and nothing of them stays. */

import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const all = join(tmpdir(), `astro-scim-test-state-${process.pid}-${randomUUID()}`);

process.on("exit", () => rmSync(all, { recursive: true, force: true }));

/** One that is not there yet. */
export function ownStateFolder(): string {
  return join(all, randomUUID());
}

// For the processes that a test starts.
process.env["XDG_STATE_HOME"] = ownStateFolder();
