/** Runs one command line as `bin/` does, in this process: arguments in, status and output out. */

import { fileURLToPath } from "node:url";

import { main } from "../../src/cli/main.ts";
import { fakeIo, type FakeIo, type FakeIoOptions } from "./fake-io.ts";

export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions extends FakeIoOptions {
  /** The folder that file names are relative to; the repository's unless told otherwise. */
  readonly cwd?: string;
  /** The world itself, where a test holds on to it: in the place of all other options. */
  readonly io?: FakeIo;
}

const repository = fileURLToPath(new URL("../../", import.meta.url));

/** Waits take no time, for the clock is not the real one; requests are real. */
export async function runCommand(
  argv: readonly string[],
  { io, cwd = repository, ...options }: CommandOptions = {},
): Promise<CommandResult> {
  const world = io ?? fakeIo({ cwd, ...options });
  const status = await main(argv, world);
  return { status, stdout: world.stdoutText(), stderr: world.stderrText() };
}
