/** Work that may never end, within a limit: nothing else stops a regular expression of V8's. */

import { cpuUsage } from "node:process";
import { createContext, Script, type Context } from "node:vm";

/** What the work came to, or that it was stopped. */
export type Limited<Result> = (
  | { readonly kind: "done"; readonly result: Result }
  | { readonly kind: "stopped" }
) & {
  /** What it took of the processor, which a machine that is busy with other things does not make more. */
  readonly processorMs: number;
};

const script = new Script("run()");
/** Made once, when it is needed: making one takes a millisecond. */
let context: Context | undefined;

/**
 * Runs something synchronous for so long at most. It is stopped in the middle, so it must change nothing that others
 * see, and must not call this function itself. node:vm watches our own functions too, and takes less than handing each
 * text to a worker and waiting for its answer.
 */
export function withinLimit<Result>(limitMs: number, work: () => Result): Limited<Result> {
  const start = cpuUsage();
  const done: { result: Result }[] = [];
  context ??= createContext({});
  context["run"] = (): void => void done.push({ result: work() });
  try {
    script.runInContext(context, { timeout: limitMs });
  } catch (error) {
    if (!isTimeout(error)) throw error;
  }
  const { user, system } = cpuUsage(start);
  const processorMs = (user + system) / 1000;
  const [only] = done;
  return only === undefined ? { kind: "stopped", processorMs } : { kind: "done", ...only, processorMs };
}

/** Of another context, so it is not an Error of this one. */
function isTimeout(error: unknown): boolean {
  const isObject = typeof error === "object" && error !== null;
  return isObject && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
