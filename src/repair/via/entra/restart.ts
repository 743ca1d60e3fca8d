/** A restart of the provisioning job, once for all operations of a run, and the wait for the cycle that follows it. */

import { AppError } from "../../../ground/errors.ts";
import { getJob, type SynchronizationJob } from "../../../management/graph/synchronization-jobs.ts";
import { restartJob, type ResetScope } from "../../../management/graph/synchronization-writes.ts";
import type { CarryOut, ProviderAnswer } from "../provider-ways.ts";
import type { EntraContext } from "./context.ts";

/** Between two looks at the job. */
const lookMs = 10_000;
/** An initial cycle takes up to 0.08 minutes an object (Microsoft: How long will it take to provision users): an hour is some 750 objects at worst. */
const looks = 360;

/**
 * The smallest scope that does it: `Watermark` has everybody in scope evaluated again; a dead link goes only with `Full`; a job in
 * quarantine would wait for up to a day without `QuarantineState`. Failures that wait are evaluated again in any case, so `Escrows`
 * is not needed.
 */
export function smallestScope(needs: {
  readonly clearsLinks: boolean;
  readonly isInQuarantine: boolean;
}): readonly ResetScope[] {
  if (needs.clearsLinks) return ["Full"];
  return ["Watermark", ...(needs.isInQuarantine ? (["QuarantineState"] as const) : [])];
}

/** The restart of one run. */
export class JobRestart {
  readonly #context: EntraContext;
  #clearsLinks = false;
  #end: Promise<ProviderAnswer> | undefined;

  constructor(context: EntraContext) {
    this.#context = context;
  }

  /** A link is in the way of what the plan repairs. */
  mustClearLinks(): void {
    this.#clearsLinks = true;
  }

  /** What a reset does here, for the plan. @throws AppError where the job cannot be read */
  async scope(): Promise<readonly ResetScope[]> {
    const { status } = await this.#job();
    return smallestScope({
      clearsLinks: this.#clearsLinks,
      isInQuarantine: status.code.toLowerCase() === "quarantine",
    });
  }

  /** Restarts once, at the first call; resolves when the cycle after it has ended. */
  async done(options: Pick<CarryOut, "signal" | "onProgress">): Promise<ProviderAnswer> {
    this.#end ??= this.#restart(options);
    return this.#end;
  }

  async #restart(options: Pick<CarryOut, "signal" | "onProgress">): Promise<ProviderAnswer> {
    const { api, job } = this.#context;
    const before = await this.#job();
    if (options.signal.aborted)
      throw new AppError("interrupted", "Interrupted before the job was restarted.");
    const answer = await restartJob(api, job, await this.scope());
    if (answer.kind === "refused" || answer.kind === "not-sent") {
      return { kind: "failed", message: answer.message, changed: false };
    }
    return this.#wait(before, options);
  }

  async #wait(
    before: SynchronizationJob,
    { signal, onProgress }: Pick<CarryOut, "signal" | "onProgress">,
  ): Promise<ProviderAnswer> {
    for (let look = 1; look <= looks && !signal.aborted; look += 1) {
      onProgress(`waiting for Entra ID: a cycle of the provisioning job, ${(look * lookMs) / 1000} s`);
      await this.#context.pause(lookMs, signal);
      const end = cycleEnd(before, await this.#job());
      if (end !== undefined) return end;
    }
    return {
      kind: "unfinished",
      message: "the provisioning job was restarted, and its cycle has not ended yet",
      isResumable: true,
    };
  }

  async #job(): Promise<SynchronizationJob> {
    return getJob(this.#context.api, this.#context.job);
  }
}

/** Undefined while no cycle has ended since. */
function cycleEnd(
  { status: before }: SynchronizationJob,
  { status }: SynchronizationJob,
): ProviderAnswer | undefined {
  const last = status.lastExecution;
  if (last?.timeEnded == null || last.timeEnded === before.lastExecution?.timeEnded) return undefined;
  const isFailed = last.state?.toLowerCase() === "failed" || status.code.toLowerCase() === "quarantine";
  if (isFailed) return { kind: "failed", message: failureInWords(status), changed: true };
  // A large directory takes several executions before the job has seen all of it.
  return status.steadyStateLastAchievedTime === before.steadyStateLastAchievedTime
    ? undefined
    : { kind: "applied" };
}

/** `the cycle of the provisioning job failed, InvalidCredentials: The target refused …`. */
function failureInWords({ lastExecution, quarantine }: SynchronizationJob["status"]): string {
  const { code, message } = lastExecution?.error ?? quarantine?.error ?? {};
  const words = [code ?? "", message ?? ""].filter((part) => part !== "").join(": ");
  return `the cycle of the provisioning job failed${words === "" ? "" : `, ${words.replace(/\.$/, "")}`}`;
}
