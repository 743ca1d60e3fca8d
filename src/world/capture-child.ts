/** Runs another program and takes what it writes, in a limited time and size; it has no input. */

import { execFile } from "node:child_process";
import { startable } from "./run-child.ts";
import { UnquotableArgument } from "./windows-command.ts";

export interface CaptureOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export type CapturedEnd =
  | { readonly kind: "exited"; readonly status: number; readonly stdout: string; readonly stderr: string }
  /** There is no such program. */
  | { readonly kind: "not-found" }
  /** A clause: it cannot be started, was ended by a signal, took too long, wrote too much, or was interrupted. */
  | { readonly kind: "failed"; readonly why: string };

/** Far more than a token or a version is. */
const mostBytes = 1_000_000;

/** Resolves once it has ended; it is ended with SIGTERM at the limit, and where the signal is aborted. */
export async function captureChild(options: CaptureOptions): Promise<CapturedEnd> {
  const { env, timeoutMs, signal } = options;
  const started = await startable(options);
  if (started instanceof UnquotableArgument) return { kind: "failed", why: started.message };
  const { file, args, isQuoted } = started;
  return new Promise((resolve) => {
    const limits = { timeout: timeoutMs, maxBuffer: mostBytes, ...(signal === undefined ? {} : { signal }) };
    const settings = { env, encoding: "utf8", windowsVerbatimArguments: isQuoted, ...limits } as const;
    try {
      const child = execFile(file, [...args], settings, (error, stdout, stderr) => {
        if (error === null) resolve({ kind: "exited", status: 0, stdout, stderr });
        else resolve(failedEnd(error, { stdout, stderr, timeoutMs }));
      });
      child.stdin?.end();
    } catch (error) {
      resolve({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
    }
  });
}

interface Captured {
  readonly stdout: string;
  readonly stderr: string;
  readonly timeoutMs: number;
}

/** Node puts the exit status and the code of a system error into the same property. */
type ChildError = Error & {
  readonly code?: string | number | null | undefined;
  readonly killed?: boolean | undefined;
  readonly signal?: string | null | undefined;
};

function failedEnd(
  { code, killed, signal, name, message }: ChildError,
  { stdout, stderr, timeoutMs }: Captured,
): CapturedEnd {
  if (typeof code === "number") return { kind: "exited", status: code, stdout, stderr };
  if (code === "ENOENT") return { kind: "not-found" };
  if (code === "EACCES") return { kind: "failed", why: "permission denied" };
  if (name === "AbortError") return { kind: "failed", why: "interrupted" };
  if (code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return { kind: "failed", why: "it wrote too much" };
  if (killed === true) return { kind: "failed", why: `it took longer than ${timeoutMs / 1000} seconds` };
  return { kind: "failed", why: signal == null ? message : `it was ended by ${signal}` };
}
