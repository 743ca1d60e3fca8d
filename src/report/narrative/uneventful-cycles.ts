/** Cycles that get no heading of their own: they had nothing to do, or failed as before. */

import type { JobReport } from "../../idp/run/events.ts";
import { idleCyclesText } from "./cycle-line.ts";
import { someNames } from "../../ground/text/some-names.ts";

/** Collects them until something else is reported. */
export class UneventfulCycles {
  #idle = 0;
  readonly #failing = new Set<number>();
  readonly #failed = new Set<string>();
  readonly #reportedFailures = new Map<string, string>();

  idle(count: number): void {
    this.#idle += count;
  }

  /** Notes how a job was reported; true where it failed and was reported in the same words before, which need not be said again. */
  failedAsBefore({ subject, outcome }: JobReport, line: string): boolean {
    const who = `${subject.kind} ${subject.objectId}`;
    if (outcome.kind !== "failed") {
      this.#reportedFailures.delete(who);
      return false;
    }
    const isReported = this.#reportedFailures.get(who) === line;
    this.#reportedFailures.set(who, line);
    return isReported;
  }

  failsAgain({ subject }: JobReport, cycle: number): void {
    this.#failing.add(cycle);
    this.#failed.add(`${subject.kind} ${subject.name}`);
  }

  /** The cycles so far in one line, and none of them any more; undefined where there were none. */
  take(): string | undefined {
    const count = this.#idle + this.#failing.size;
    if (count === 0) return undefined;
    const again = someNames([...this.#failed], 3);
    this.#idle = 0;
    this.#failing.clear();
    this.#failed.clear();
    return idleCyclesText(count, again);
  }
}
