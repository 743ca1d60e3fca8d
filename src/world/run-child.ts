/** Runs another program with the streams of this process, and passes signals on to it. */

import { spawn, type ChildProcess } from "node:child_process";
import { stat } from "node:fs/promises";
import { constants } from "node:os";
import { UnquotableArgument, windowsCommand, type StartableCommand } from "./windows-command.ts";

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How it ended; the status is the one that a shell would see. */
export type ChildEnd =
  | { readonly kind: "exited"; readonly status: number }
  /** 128 and the number of the signal. */
  | { readonly kind: "killed"; readonly signal: string; readonly status: number }
  /** There is no such program. */
  | { readonly kind: "not-found" }
  /** It is there and cannot be started. */
  | { readonly kind: "not-started"; readonly why: string };

/** Resolves once it has ended; it never outlives this process, unless that is killed with SIGKILL. */
export async function runChild(options: ChildOptions): Promise<ChildEnd> {
  const started = await startable(options);
  if (started instanceof UnquotableArgument) return { kind: "not-started", why: started.message };
  return new Promise((resolve) => {
    const release = { signals: (): void => {} };
    const end = (how: ChildEnd): void => {
      release.signals();
      resolve(how);
    };
    const child = tryToSpawn(started, options.env);
    if (child instanceof Error) {
      end(failedStart(child));
      return;
    }
    release.signals = passSignalsTo(child);
    child.once("error", (error) => {
      // Also where a signal could not be sent: then it is running, and its end follows.
      if (child.pid === undefined) end(failedStart(error));
    });
    child.once("exit", (status, signal) => end(endOf(status, signal)));
  });
}

/** The command as the system takes it; on Windows, `az` may be a script. */
export async function startable({
  command,
  args,
  env,
}: ChildOptions): Promise<StartableCommand | UnquotableArgument> {
  if (process.platform !== "win32") return { file: command, args, isQuoted: false };
  const isFile = (path: string): Promise<boolean> =>
    stat(path).then(
      (found) => found.isFile(),
      () => false,
    );
  try {
    return await windowsCommand(command, args, { env, isFile });
  } catch (error) {
    if (error instanceof UnquotableArgument) return error;
    throw error;
  }
}

/** A name or an argument that no system takes (a NUL in it, too long) is thrown at once. */
function tryToSpawn(
  { file, args, isQuoted }: StartableCommand,
  env: ChildOptions["env"],
): ChildProcess | Error {
  try {
    return spawn(file, [...args], { stdio: "inherit", env, windowsVerbatimArguments: isQuoted });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function failedStart(error: NodeJS.ErrnoException): ChildEnd {
  if (error.code === "ENOENT") return { kind: "not-found" };
  return { kind: "not-started", why: error.code === "EACCES" ? "permission denied" : error.message };
}

function endOf(status: number | null, signal: NodeJS.Signals | null): ChildEnd {
  if (signal === null) return { kind: "exited", status: status ?? 1 };
  return { kind: "killed", signal, status: 128 + constants.signals[signal] };
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/**
 * A terminal sends Ctrl-C and Ctrl-\ to the program itself, too: passed on they would come twice, and many programs give up
 * cleaning up at the second one.
 */
function passSignalsTo(child: ChildProcess): () => void {
  const isAtTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  const fromTerminal: ReadonlySet<string> = new Set(isAtTerminal ? ["SIGINT", "SIGQUIT"] : []);
  const listeners = signals.map((signal) => {
    const pass = (): void => {
      // Windows has no signals that another program could handle.
      if (!fromTerminal.has(signal)) child.kill(process.platform === "win32" ? "SIGTERM" : signal);
    };
    process.on(signal, pass);
    return { signal, pass };
  });
  const endWithUs = (): void => void child.kill("SIGTERM");
  process.once("exit", endWithUs);
  return () => {
    for (const { signal, pass } of listeners) process.off(signal, pass);
    process.off("exit", endWithUs);
  };
}
