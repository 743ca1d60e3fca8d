/** A rehearsal as it happens, line by line: what was done, to whom, and whether it is as expected. */

import type { ChalkInstance } from "chalk";
import type { CycleEvent, JobReport, Observation, RunEvent } from "../../idp/run/events.ts";
import { milestoneText, progressText, type BatchMoment } from "./batch-progress.ts";
import { cycleLine, isCycleEvent } from "./cycle-line.ts";
import { jobCounts, jobLine } from "./job-line.ts";
import { observationLine } from "./observation-lines.ts";
import { deviationText } from "./deviation-text.ts";
import { plural } from "../../ground/plural.ts";
import { printable } from "../../ground/printable.ts";
import type { ProviderWords } from "../../idp/provider-words.ts";
import { QuietCycles } from "./quiet-cycles.ts";
import { ignoredLines, silenceLines } from "./silence-lines.ts";
import { unmetLine } from "../expectations/unmet-line.ts";

export interface NarrativeOutput {
  readonly paint: ChalkInstance;
  readonly writeLine: (line: string) => void;
  /** What is going on right now, for a line that is drawn again and again. */
  readonly showProgress: ((text: string) => void) | undefined;
  /** How far something long has come, now and then, for where there is no such line. */
  readonly passMilestone: (text: string) => void;
  /** Real time. */
  readonly now: () => Date;
}

export interface NarrativeStart {
  readonly at: Date;
  /** Whether the provider remembers the whole timeline, so that no step is played again. */
  readonly timelinePlayed: boolean;
  /** Whether each request is told in between: then the heading goes ahead of the first. */
  readonly requestsShown: boolean;
  readonly words: ProviderWords;
}

/** Jobs of one kind that are told in counts. */
interface Batch {
  readonly subjects: string;
  /** How many are planned. */
  readonly count: number;
  readonly done: JobReport[];
  readonly startedAt: Date;
}

/**
 * Tells events as lines. The first provisioning is told in counts, for it concerns everybody, a step of the
 * timeline job by job; what failed is always told.
 */
export class SimulationNarrative {
  readonly #start: NarrativeStart;
  readonly #output: NarrativeOutput;
  /** The step of the timeline that is played. */
  #step: string | undefined;
  /** Jobs of the first provisioning that are under way: how many are planned, which are done. */
  #batch: Batch | undefined;
  readonly #toldOddities = new Set<string>();
  /** Whether there is a heading under which something can be told; what came before it waits. */
  #isHeaded = false;
  readonly #early: Observation[] = [];
  /** Jobs since the last heading. */
  #jobs = 0;
  /** A cycle that runs between two steps, which has a heading of its own once it does something. */
  #unheadedCycle: Extract<RunEvent, { kind: "cycle-started" }> | undefined;
  #isInStep = false;
  #cycles = 0;
  readonly #quiet = new QuietCycles();
  #isFirstTold = false;
  /** An initial cycle looks at everybody, so it is told in counts within a step, too. */
  #isInitialCycle = false;

  constructor(start: NarrativeStart, output: NarrativeOutput) {
    this.#start = start;
    this.#output = output;
  }

  tell(event: RunEvent): void {
    if (isCourse(event)) {
      this.#tellCourse(event);
      return;
    }
    if (isCycleEvent(event)) {
      this.#tellCycle(event);
      return;
    }
    switch (event.kind) {
      case "jobs-planned":
        this.#jobsPlanned(event);
        return;
      case "job-started":
        this.#showSubject(printable(event.subject.name));
        return;
      case "observed":
        this.#observed(event.observation);
        return;
      case "job-finished":
        this.#jobFinished(event.report);
        return;
      case "waiting":
        this.#line("…", `waiting ${event.seconds} s: ${printable(event.reason)}`);
    }
  }

  /** Where the rehearsal is: at the test of the credentials, or at a step. */
  #tellCourse(event: CourseEvent): void {
    switch (event.kind) {
      case "credentials-test-started":
        if (this.#start.requestsShown) this.#firstHeading();
        return;
      case "credentials-tested":
        // Without them nothing is provisioned: the error says why.
        if (event.failure === undefined) this.#credentialsTested();
        return;
      case "step-started":
        this.#stepStarted(event);
        return;
      case "action-started":
        return;
      case "step-finished":
        this.#stepFinished(event);
    }
  }

  #tellCycle(event: CycleEvent): void {
    if (event.kind === "cycle-started") {
      this.#cycles += 1;
      if (this.#cycles > 1) this.#endFirst();
      this.#isInitialCycle = event.cycle === "initial";
      this.#unheadedCycle = this.#cycles === 1 || this.#isInStep ? undefined : event;
    }
    if (event.kind === "cycle-finished") this.#endBatch();
    if (event.kind === "idle-cycles") {
      this.#endFirst();
      this.#quiet.idle(event.count);
      // Requests are told in between, so nothing can wait.
      if (this.#start.requestsShown) this.#endQuiet();
      return;
    }
    const line = cycleLine(event);
    if (line === undefined) return;
    this.#headCycle();
    this.#jobs += 1;
    this.#line(line.mark, line.text);
  }

  /** The cycles before this that told nothing new. */
  #endQuiet(): void {
    const text = this.#quiet.take();
    if (text === undefined) return;
    this.#output.writeLine(`  ${this.#output.paint.dim("·")} ${this.#output.paint.dim(text)}`);
  }

  /** `Day 32  Cycle 1123`, where it is not a step's. */
  #headCycle(): void {
    const cycle = this.#unheadedCycle;
    this.#unheadedCycle = undefined;
    if (cycle !== undefined) this.#heading(cycle.at, `Cycle ${cycle.number}, ${cycle.cycle}`);
  }

  /** Tells what is still to be told, and leaves a line to the result. */
  end(): void {
    this.#endFirst();
    this.#endQuiet();
    this.#output.writeLine("");
  }

  #firstHeading(): void {
    this.#heading(this.#start.at, this.#start.words.firstProvisioning);
  }

  #credentialsTested(): void {
    if (!this.#start.requestsShown) this.#firstHeading();
    this.#line("✓", this.#start.words.credentialsTested);
    for (const observation of this.#early.splice(0)) this.#observed(observation);
  }

  #jobsPlanned({ subjects, count }: Extract<RunEvent, { kind: "jobs-planned" }>): void {
    this.#endBatch();
    if (!this.#isFirstTold || this.#isInitialCycle)
      this.#batch = { subjects, count, done: [], startedAt: this.#output.now() };
  }

  #stepStarted({ at, name }: Extract<RunEvent, { kind: "step-started" }>): void {
    this.#endFirst();
    this.#step = printable(name);
    this.#isInStep = true;
    this.#jobs = 0;
    this.#heading(at, this.#step);
    this.#output.showProgress?.(this.#step);
  }

  #jobFinished(report: JobReport): void {
    this.#jobs += 1;
    const line = jobLine(report, this.#output.paint);
    const isTold = this.#quiet.isTold(report, line);
    if (isTold && this.#unheadedCycle !== undefined && !this.#start.requestsShown) {
      this.#quiet.failsAgain(report, this.#unheadedCycle.number);
      return;
    }
    this.#headCycle();
    if (this.#batch === undefined) {
      this.#endQuiet();
      this.#output.writeLine(`  ${line}`);
      return;
    }
    this.#batch.done.push(report);
    const milestone = milestoneText(this.#momentOf(this.#batch));
    if (milestone !== undefined) this.#output.passMilestone(milestone);
    if (isTroubled(report.outcome.kind)) this.#output.writeLine(`  ${line}`);
  }

  /** The first of a kind only: how often it happened is told at the end. */
  #observed(observation: Observation): void {
    if (!this.#isHeaded) {
      this.#early.push(observation);
      return;
    }
    const { what } = deviationText(observation.deviation);
    if (this.#toldOddities.has(what)) return;
    this.#toldOddities.add(what);
    this.#line("!", observationLine(observation));
  }

  #showSubject(name: string): void {
    if (this.#step !== undefined) this.#output.showProgress?.(`${this.#step}  ${name}`);
    if (this.#batch === undefined) return;
    this.#output.showProgress?.(`${progressText(this.#momentOf(this.#batch))}  ${name}`);
  }

  #momentOf({ subjects, count, done, startedAt }: Batch): BatchMoment {
    const elapsedMs = this.#output.now().getTime() - startedAt.getTime();
    return { subjects, count, done: done.length, elapsedMs };
  }

  #endBatch(): void {
    const batch = this.#batch;
    this.#batch = undefined;
    if (batch === undefined || batch.done.length === 0) return;
    const { done, count, subjects } = batch;
    const isWhole = done.length === count && done.every(({ outcome }) => !isTroubled(outcome.kind));
    const of = done.length === count ? "" : `${done.length} of `;
    this.#line(isWhole ? "✓" : "!", `${of}${plural(count, subjects)}: ${jobCounts(done)}`);
    for (const line of [...silenceLines(done), ...ignoredLines(done)])
      this.#line("·", this.#output.paint.dim(line));
  }

  #endFirst(): void {
    this.#endBatch();
    const isTold = this.#isFirstTold;
    this.#isFirstTold = true;
    if (isTold || this.#jobs > 0) return;
    const played = this.#start.timelinePlayed ? "; the timeline was played before" : "";
    this.#line("·", this.#output.paint.dim(`nothing to send${played}`));
  }

  #stepFinished({ unmet, notChecked }: Extract<RunEvent, { kind: "step-finished" }>): void {
    this.#isInStep = false;
    if (this.#jobs === 0) this.#line("·", this.#output.paint.dim("nothing to send"));
    if (notChecked !== undefined) this.#line("?", `not checked: ${printable(notChecked)}`);
    if (unmet === undefined) return;
    if (unmet.length === 0) this.#line("✓", "as expected");
    for (const one of unmet) this.#line("✗", unmetLine(one));
  }

  #heading(at: Date, name: string): void {
    this.#endQuiet();
    const { paint, writeLine } = this.#output;
    this.#isHeaded = true;
    const day = Math.floor((at.getTime() - this.#start.at.getTime()) / 86_400_000);
    writeLine(`${paint.bold(`Day ${day}`)}  ${name}`);
  }

  #line(mark: keyof typeof colours, text: string): void {
    this.#endQuiet();
    const { paint, writeLine } = this.#output;
    writeLine(`  ${paint[colours[mark]](mark)} ${text}`);
  }
}

const courseKinds = [
  "credentials-test-started",
  "credentials-tested",
  "step-started",
  "action-started",
  "step-finished",
] as const satisfies RunEvent["kind"][];

type CourseEvent = Extract<RunEvent, { readonly kind: (typeof courseKinds)[number] }>;

function isCourse(event: RunEvent): event is CourseEvent {
  return courseKinds.some((kind) => kind === event.kind);
}

function isTroubled(kind: JobReport["outcome"]["kind"]): boolean {
  return kind === "failed" || kind === "interrupted";
}

const colours = {
  "✓": "green",
  "✗": "red",
  "!": "yellow",
  "?": "yellow",
  "…": "yellow",
  "·": "dim",
} as const;
