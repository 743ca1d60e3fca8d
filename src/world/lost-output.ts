/** What becomes of a process whose standard output or standard error cannot be written. */

/** The two streams of a process, as far as it matters here. */
export interface LossyStream {
  readonly isTTY?: boolean;
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
  write(text: string): unknown;
}

export interface LossyProcess {
  readonly stdout: LossyStream;
  readonly stderr: LossyStream;
  exitCode?: number | string | null | undefined;
  on(event: "exit", listener: () => void): unknown;
}

/**
 * Calls back where nobody reads any more: for a pipe whose reader has gone, and a terminal that has, silently; where standard
 * output cannot be written for another reason (the disk is full), after one sentence, and the exit status says that something
 * failed, unless it said something worse already. Where standard error cannot be written, there is nowhere to say it.
 */
export function watchOutputs(process: LossyProcess, onClosed: () => void): void {
  const { stdout, stderr } = process;
  let isLost = false;
  stdout.on("error", (error) => {
    if (!isClosed(error, stdout) && !isLost) {
      isLost = true;
      stderr.write(`Error: Standard output cannot be written: ${reasonOf(error)}.\n`);
    }
    onClosed();
  });
  stderr.on("error", (error) => {
    if (isClosed(error, stderr)) onClosed();
  });
  process.on("exit", () => {
    if (isLost && mildStatuses.has(Number(process.exitCode ?? 0))) process.exitCode = 1;
  });
}

/** Success, differences found, interrupted: none of them says that the result is lost. */
const mildStatuses: ReadonlySet<number> = new Set([0, 2, 130]);

/** The reader of a pipe has gone; or the terminal has, of which Linux says EIO and macOS may say ENXIO. Windows has EOF for a pipe. */
export function isClosed({ code }: NodeJS.ErrnoException, { isTTY }: { readonly isTTY?: boolean }): boolean {
  if (code === "EPIPE" || code === "EOF") return true;
  return isTTY === true && (code === "EIO" || code === "ENXIO");
}

function reasonOf({ code = "unknown error" }: NodeJS.ErrnoException): string {
  return reasons.get(code) ?? `the system reports ${code}`;
}

const reasons: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "your disk quota is used up"],
  ["EFBIG", "the file would be too large"],
  ["EBADF", "it is closed"],
  ["EIO", "the device does not work"],
]);
