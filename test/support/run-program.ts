/** Runs another program to its end, within a time. */

import { execFile } from "node:child_process";

export interface ProgramOptions {
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface ProgramResult {
  /** Undefined where it was ended because its time was over, or could not be started. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Resolves whatever comes of it. What the test runner sets in the environment does not reach the program. */
export function runProgram(
  command: string,
  argv: readonly string[],
  { cwd, timeoutMs, env }: ProgramOptions,
): Promise<ProgramResult> {
  const options = { cwd, timeout: timeoutMs, env: { ...plainEnvironment(), ...env }, maxBuffer: 2 ** 26 };
  return new Promise((resolve) => {
    execFile(command, argv, options, (error, stdout, stderr) => {
      resolve({ status: statusOf(error), stdout, stderr });
    });
  });
}

/**
 * As `runProgram`, for what must succeed.
 * @throws Error with the purpose and the end of what the program said
 */
export async function mustRun(
  purpose: string,
  [command, ...argv]: readonly [string, ...string[]],
  options: ProgramOptions,
): Promise<string> {
  const { status, stdout, stderr } = await runProgram(command, argv, options);
  if (status === 0) return stdout;
  const how = status === undefined ? `did not end within ${options.timeoutMs} ms` : `ended with ${status}`;
  throw new Error(`${purpose}: ${command} ${argv.join(" ")} ${how}\n${`${stdout}\n${stderr}`.slice(-2000)}`);
}

/** The environment without what vitest, npm scripts and colour settings put into it. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const foreign =
    /^(?:VITEST.*|NODE_ENV|NODE_OPTIONS|FORCE_COLOR|npm_(?:lifecycle|package)_.*|npm_config_local_prefix)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

function statusOf(error: (Error & { code?: unknown }) | null): number | undefined {
  if (error === null) return 0;
  return typeof error.code === "number" ? error.code : undefined;
}
