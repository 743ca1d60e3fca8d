/** A real terminal around a process, in which a test can type, and which it can close; made by Python, for Node can't. */

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { plainEnvironment } from "./run-program.ts";

const driver = fileURLToPath(new URL("terminal-that-closes.py", import.meta.url));

export interface ClosingTerminal {
  /** Resolves once the program has shown this. */
  shows(text: string | RegExp): Promise<void>;
  /** All that it has shown so far, escape sequences included. */
  shown(): string;
  /** Types on the keyboard. */
  types(keys: string): void;
  /** Sends a signal to what the program runs, where it is a shell. */
  signalChild(name: NodeJS.Signals): void;
  /** Resolves once the terminal has gone. */
  close(): Promise<void>;
  /** Resolves with the exit status of the program; negative where a signal ended it. */
  readonly status: Promise<number>;
}

export function runInTerminal(argv: readonly string[]): ClosingTerminal {
  const child = spawn("python3", [driver, ...argv], { env: plainEnvironment() });
  onTestFinished(() => void child.kill("SIGKILL"));
  let shown = "";
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    shown += chunk.toString();
  });
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const until = async (stream: NodeJS.ReadableStream, isThere: () => boolean): Promise<void> => {
    while (!isThere()) await once(stream, "data");
  };
  const ended = once(child, "close");
  return {
    shows: (text) =>
      until(child.stderr, () => (typeof text === "string" ? shown.includes(text) : text.test(shown))),
    shown: () => shown,
    types: (keys) => void child.stdin.write(keys),
    signalChild: (name) => {
      const [, shell = ""] = /^pid (\d+)\n/.exec(said) ?? [];
      process.kill(Number(execFileSync("pgrep", ["-P", shell], { encoding: "utf8" })), name);
    },
    close: async () => {
      child.stdin.end();
      await until(child.stdout, () => said.includes("closed\n"));
    },
    status: ended.then(() => Number(/\nclosed\n(-?\d+)\n$/.exec(said)?.[1])),
  };
}

/** Whether this machine has what `runInTerminal` needs. */
export function canRunInTerminal(): boolean {
  try {
    execFileSync("python3", ["-c", "import os, pty; os.waitstatus_to_exitcode"], { stdio: "ignore" });
    return process.platform === "linux" || process.platform === "darwin";
  } catch {
    return false;
  }
}
