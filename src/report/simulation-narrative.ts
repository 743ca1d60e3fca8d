/** A rehearsal as it happens, line by line: what was done, to whom, and whether it is as expected. */

import type { ChalkInstance } from "chalk";
import type { JobReport, RunEvent } from "../idp/events.ts";
import { jobCounts, jobLine } from "./job-line.ts";
import { plural } from "./plural.ts";
import { printable } from "./printable.ts";
import { unmetLine } from "./unmet-line.ts";

export interface NarrativeOutput {
  readonly paint: ChalkInstance;
  readonly writeLine: (line: string) => void;
  /** What is going on right now, for a spinner. */
  readonly showProgress: (text: string) => void;
}

/**
 * Tells events as lines. The first provisioning is told in counts, for it concerns everybody, a step of the
 * timeline job by job; what failed is always told.
 */
export class SimulationNarrative {
  readonly #startedAt: Date;
  readonly #output: NarrativeOutput;
  #inTimeline = false;
  /** Jobs of the first provisioning that are under way: how many are planned, which are done. */
  #batch: { readonly subjects: string; readonly count: number; readonly done: JobReport[] } | undefined;
  #jobsInStep = 0;

  constructor(startedAt: Date, output: NarrativeOutput) {
    this.#startedAt = startedAt;
    this.#output = output;
  }

  tell(event: RunEvent): void {
    switch (event.kind) {
      case "credentials-tested":
        // Without them nothing is provisioned: the error says why.
        if (event.failure !== undefined) return;
        this.#heading(this.#startedAt, "First provisioning");
        this.#line("✓", "API credentials tested");
        return;
      case "jobs-planned":
        this.#endBatch();
        if (!this.#inTimeline) this.#batch = { subjects: event.subjects, count: event.count, done: [] };
        return;
      case "job-started":
        this.#showBatch(printable(event.subject.name));
        return;
      case "job-finished":
        this.#jobFinished(event.report);
        return;
      case "waiting":
        this.#line("…", `waiting ${event.seconds} s: ${printable(event.reason)}`);
        return;
      case "step-started":
        this.#endBatch();
        this.#inTimeline = true;
        this.#jobsInStep = 0;
        this.#heading(event.at, printable(event.name));
        return;
      case "action-started":
        return;
      case "step-finished":
        this.#stepFinished(event);
    }
  }

  /** Tells what is still to be told of the first provisioning. */
  end(): void {
    this.#endBatch();
  }

  #jobFinished(report: JobReport): void {
    if (this.#batch === undefined) {
      this.#jobsInStep += 1;
      this.#output.writeLine(`  ${jobLine(report, this.#output.paint)}`);
      return;
    }
    this.#batch.done.push(report);
    if (report.outcome.kind === "failed") this.#output.writeLine(`  ${jobLine(report, this.#output.paint)}`);
  }

  #showBatch(name: string): void {
    if (this.#batch === undefined) return;
    const { subjects, count, done } = this.#batch;
    this.#output.showProgress(`${subjects}s ${done.length + 1}/${count}  ${name}`);
  }

  #endBatch(): void {
    const batch = this.#batch;
    this.#batch = undefined;
    if (batch === undefined || batch.done.length === 0) return;
    const failed = batch.done.some(({ outcome }) => outcome.kind === "failed");
    this.#line(failed ? "!" : "✓", `${plural(batch.done.length, batch.subjects)}: ${jobCounts(batch.done)}`);
  }

  #stepFinished({ unmet, notChecked }: Extract<RunEvent, { kind: "step-finished" }>): void {
    if (this.#jobsInStep === 0) this.#line("·", this.#output.paint.dim("nothing to send"));
    if (notChecked !== undefined) this.#line("?", `not checked: ${printable(notChecked)}`);
    if (unmet === undefined) return;
    if (unmet.length === 0) this.#line("✓", "as expected");
    for (const one of unmet) this.#line("✗", unmetLine(one));
  }

  #heading(at: Date, name: string): void {
    const { paint, writeLine } = this.#output;
    const day = Math.floor((at.getTime() - this.#startedAt.getTime()) / 86_400_000);
    writeLine(`${paint.bold(`Day ${day}`)}  ${name}`);
  }

  #line(mark: keyof typeof colours, text: string): void {
    const { paint, writeLine } = this.#output;
    writeLine(`  ${paint[colours[mark]](mark)} ${text}`);
  }
}

const colours = {
  "✓": "green",
  "✗": "red",
  "!": "yellow",
  "?": "yellow",
  "…": "yellow",
  "·": "dim",
} as const;
