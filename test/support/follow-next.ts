/** Does what a report recommends at its end, as somebody would who pastes it. */

import { execFileSync } from "node:child_process";
import { expect } from "vitest";
import { fakeIo } from "./fake-io.ts";
import { runCommand, type CommandResult } from "./run-command.ts";
import { startServingIn } from "./serving.ts";
import { agreed, terminal } from "./terminal.ts";

const nextLine = /^Next: (?<command>.+)$/m;
const meanwhileLine =
  /^Then, in another terminal, with the API token of serve in ASTRO_SCIM_TOKEN: (?<command>.+)$/m;

export interface Following {
  /** The folder of the command that recommended it. */
  readonly cwd: string;
  /** The token of a server that is started goes in here, for what is recommended next. */
  readonly env: Record<string, string>;
}

export interface Recommended {
  readonly next: string | undefined;
  readonly meanwhile: string | undefined;
}

export function recommendedIn(stdout: string): Recommended {
  return {
    next: nextLine.exec(stdout)?.groups?.["command"],
    meanwhile: meanwhileLine.exec(stdout)?.groups?.["command"],
  };
}

/**
 * Runs what stands behind `Next:`. Where `Then` stands below it, `Next:` serves meanwhile, on a free port in the place of the usual
 * one, and the result is that of `Then`. Questions before a write are answered with yes.
 */
export async function followNext(stdout: string, { cwd, env }: Following): Promise<CommandResult> {
  const { next, meanwhile } = recommendedIn(stdout);
  if (next === undefined) throw new Error(`nothing is recommended:\n${stdout}`);
  if (meanwhile === undefined) return run(wordsOf(next), { cwd, env });
  const [command, ...words] = wordsOf(next);
  expect(command).toBe("serve");
  const server = await startServingIn({ cwd, env }, [...words, "--port", "0"]);
  expect(meanwhile).toContain(server.url.replace(/:\d+\//, ":8888/"));
  const onThisPort = meanwhile.replace("http://127.0.0.1:8888", new URL(server.url).origin);
  env["ASTRO_SCIM_TOKEN"] = server.token;
  return run(wordsOf(onThisPort), { cwd, env });
}

async function run(words: readonly string[], { cwd, env }: Following): Promise<CommandResult> {
  const asks =
    ["resync", "push-group", "delete", "apply"].includes(words[0] ?? "") && !words.includes("--dry-run");
  const world = { cwd, env: { NO_COLOR: "1", ...env }, columns: 200 };
  const io = asks ? terminal(agreed, world) : fakeIo(world);
  return runCommand(words, { io });
}

/** What a shell makes of it, without the name of the program. */
function wordsOf(line: string): readonly string[] {
  const output = execFileSync("sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" });
  const [program, ...words] = output.split("\0").slice(0, -1);
  expect(program).toBe("astro-scim");
  return words;
}
