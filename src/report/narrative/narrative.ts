/** A rehearsal as it happens, line by line: what was done, to whom, and whether it is as expected. */

import type { NotProvisioned } from "../../astro/not-provisioned.ts";
import { formatCount, formatDuration } from "../../ground/text/quantities.ts";
import { notProvisionedText } from "../drift/not-provisioned-text.ts";
import type { CycleEvent, JobReport, Observation, RunEvent } from "../../idp/run/events.ts";
import { milestoneText, progressText } from "./batch-progress.ts";
import { cycleLine, isCycleEvent } from "./cycle-line.ts";
import { isTroubled, JobBatch } from "./job-batch.ts";
import { jobText } from "./job-line.ts";
import { harmText, observationLine } from "./observation-lines.ts";
import { deviationText } from "./deviation-text.ts";
import { printable } from "../../ground/text/printable.ts";
import type { ProviderWords } from "../../idp/provider-words.ts";
import { NarrativePage, type PageOutput } from "./page.ts";
import { unmetLine } from "../expectations/unmet-line.ts";

export interface NarrativeOutput extends PageOutput {
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
  /** Whether each request is shown in between: then the heading goes ahead of the first. */
  readonly requestsShown: boolean;
  readonly words: ProviderWords;
  /** Who of the directory is not provisioned at the start, and why; undefined where that is not known. */
  readonly notProvisioned?: (() => NotProvisioned | undefined) | undefined;
}

/**
 * Writes events as lines. The first provisioning is reported in counts, for it concerns everybody, a step of the
 * timeline job by job; what failed is always reported.
 */
export class SimulationNarrative {
  readonly #start: NarrativeStart;
  readonly #output: NarrativeOutput;
  readonly #page: NarrativePage;
  /** The step of the timeline that is played. */
  #step: string | undefined;
  /** Jobs of the first provisioning that are under way: how many are planned, which are done. */
  #batch: JobBatch | undefined;
  readonly #toldDeviations = new Set<string>();
  /** What came before there was a heading. */
  readonly #early: Observation[] = [];
  /** Jobs since the last heading. */
  #jobs = 0;
  /** A cycle that runs between two steps, which has a heading of its own once it does something. */
  #unheadedCycle: Extract<RunEvent, { kind: "cycle-started" }> | undefined;
  #isInStep = false;
  #cycles = 0;
  #isFirstTold = false;
  /** An initial cycle looks at everybody, so it is reported in counts within a step, too. */
  #isInitialCycle = false;
  #isRestExplained = false;

  constructor(start: NarrativeStart, output: NarrativeOutput) {
    this.#start = start;
    this.#output = output;
    this.#page = new NarrativePage(output, start.at);
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
        this.#page.line("…", `waiting ${formatDuration(event.seconds * 1000)}: ${printable(event.reason)}`);
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
      this.#page.uneventful.idle(event.count);
      // Requests are shown in between, so nothing can wait.
      if (this.#start.requestsShown) this.#page.sumUp();
      return;
    }
    const line = cycleLine(event);
    if (line === undefined) return;
    this.#headCycle();
    this.#jobs += 1;
    this.#page.line(line.mark, line.text);
  }

  /** `Day 32  Cycle 1123`, where it is not a step's. */
  #headCycle(): void {
    const cycle = this.#unheadedCycle;
    this.#unheadedCycle = undefined;
    if (cycle !== undefined)
      this.#page.heading(cycle.at, `Cycle ${formatCount(cycle.number)}, ${cycle.cycle}`);
  }

  /** Reports what is still to be reported, and leaves a line to the result. */
  end(): void {
    this.#endFirst();
    this.#page.showRest();
    this.#page.sumUp();
    this.#output.writeLine("");
  }

  #firstHeading(): void {
    this.#page.heading(this.#start.at, this.#start.words.firstProvisioning);
  }

  #credentialsTested(): void {
    if (!this.#start.requestsShown) this.#firstHeading();
    this.#page.line("✓", this.#start.words.credentialsTested);
    for (const observation of this.#early.splice(0)) this.#observed(observation);
  }

  #jobsPlanned({ subjects, count }: Extract<RunEvent, { kind: "jobs-planned" }>): void {
    this.#endBatch();
    if (!this.#isFirstTold || this.#isInitialCycle)
      this.#batch = new JobBatch({ subjects, count }, this.#output.now());
  }

  #stepStarted({ at, name }: Extract<RunEvent, { kind: "step-started" }>): void {
    this.#endFirst();
    this.#step = printable(name);
    this.#isInStep = true;
    this.#jobs = 0;
    this.#page.heading(at, this.#step);
    this.#output.showProgress?.(this.#step);
  }

  #jobFinished(report: JobReport): void {
    this.#jobs += 1;
    const isKnown = this.#page.uneventful.failedAsBefore(report, jobText(report));
    if (isKnown && this.#unheadedCycle !== undefined && !this.#start.requestsShown) {
      this.#page.uneventful.failsAgain(report, this.#unheadedCycle.number);
      return;
    }
    this.#headCycle();
    if (this.#batch === undefined) {
      this.#page.sumUp();
      this.#page.job(report);
      return;
    }
    this.#batch.add(report);
    const milestone = milestoneText(this.#batch.at(this.#output.now()));
    if (milestone !== undefined) this.#output.passMilestone(milestone);
    if (isTroubled(report.outcome.kind)) this.#page.job(report);
  }

  /** The first of a kind only: how often it happened is said at the end. */
  #observed(observation: Observation): void {
    if (!this.#page.isHeaded) {
      this.#early.push(observation);
      return;
    }
    const { what } = deviationText(observation.deviation);
    if (this.#toldDeviations.has(what)) return;
    this.#toldDeviations.add(what);
    this.#page.line("!", observationLine(observation));
  }

  #showSubject(name: string): void {
    if (this.#step !== undefined) this.#output.showProgress?.(`${this.#step}  ${name}`);
    if (this.#batch === undefined) return;
    this.#output.showProgress?.(`${progressText(this.#batch.at(this.#output.now()))}  ${name}`);
  }

  #endBatch(): void {
    const summary = this.#batch?.summary(this.#output);
    this.#batch = undefined;
    if (summary === undefined) return;
    this.#page.showRest();
    this.#page.line(summary.isWhole ? "✓" : "!", summary.text);
    for (const detail of summary.details) this.#page.dimLine(detail);
    this.#explainRest();
  }

  /** Once, behind the first users: why there are not more of them. */
  #explainRest(): void {
    if (this.#isRestExplained) return;
    this.#isRestExplained = true;
    const counted = this.#start.notProvisioned?.();
    const text = counted === undefined ? undefined : notProvisionedText(counted);
    if (text !== undefined) this.#page.dimLine(text);
  }

  #endFirst(): void {
    this.#endBatch();
    const isTold = this.#isFirstTold;
    this.#isFirstTold = true;
    if (isTold || this.#jobs > 0) return;
    const played = this.#start.timelinePlayed ? "; the timeline was played before" : "";
    this.#page.dimLine(`nothing to send${played}`);
  }

  #stepFinished({ unmet, notChecked, harmful }: Extract<RunEvent, { kind: "step-finished" }>): void {
    this.#isInStep = false;
    this.#page.showRest();
    if (this.#jobs === 0) this.#page.dimLine("nothing to send");
    if (notChecked !== undefined) this.#page.line("?", `not checked: ${printable(notChecked)}`);
    if (harmful.length > 0) this.#page.line("✗", harmText(harmful));
    if (unmet === undefined) return;
    if (unmet.length === 0 && harmful.length === 0) this.#page.line("✓", "as expected");
    for (const one of unmet) this.#page.line("✗", unmetLine(one));
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
