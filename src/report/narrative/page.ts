/** Where a narrative is written: headings by day, and lines with a mark. */

import type { ChalkInstance } from "chalk";
import { formatCount } from "../../ground/text/quantities.ts";
import { hanging } from "../layout/hanging.ts";
import { RowLimit } from "../layout/row-limit.ts";
import type { JobReport } from "../../idp/run/events.ts";
import { jobKind, jobMark, jobText } from "./job-line.ts";
import { UneventfulCycles } from "./uneventful-cycles.ts";

export interface PageOutput {
  readonly paint: ChalkInstance;
  readonly writeLine: (line: string) => void;
  /** Every job; otherwise the first of each kind, and how many more. */
  readonly all?: boolean;
  /** Width of the terminal at the moment; undefined where there is none. */
  readonly columns?: () => number | undefined;
}

const colours = {
  "✓": "green",
  "✗": "red",
  "!": "yellow",
  "?": "yellow",
  "…": "yellow",
  "·": "dim",
} as const;

export type Mark = keyof typeof colours;

export class NarrativePage {
  readonly #output: PageOutput;
  readonly #startedAt: Date;
  /** Summed up in a line ahead of whatever comes next. */
  readonly uneventful = new UneventfulCycles();
  readonly #jobs: RowLimit;
  #isHeaded = false;

  constructor(output: PageOutput, startedAt: Date) {
    this.#output = output;
    this.#jobs = new RowLimit(output);
    this.#startedAt = startedAt;
  }

  /** Whether there is a heading under which something can be reported. */
  get isHeaded(): boolean {
    return this.#isHeaded;
  }

  /** `Day 3  Ada leaves`. */
  heading(at: Date, name: string): void {
    this.showRest();
    this.sumUp();
    this.#isHeaded = true;
    const day = Math.floor((at.getTime() - this.#startedAt.getTime()) / 86_400_000);
    this.#write(`${this.#output.paint.bold(`Day ${formatCount(day)}`)}  `, name);
  }

  line(mark: Mark, text: string): void {
    this.sumUp();
    this.markedLine(mark, text);
  }

  /** Nothing that waits is summed up ahead of it. */
  markedLine(mark: Mark, text: string): void {
    this.#write(`  ${this.#output.paint[colours[mark]](mark)} `, text);
  }

  /** A line for it, unless there were enough of its kind. */
  job(report: JobReport): void {
    if (this.#jobs.admits(jobKind(report))) this.markedLine(jobMark(report), jobText(report));
  }

  /** How many jobs of each kind had no line of their own. */
  showRest(): void {
    for (const text of this.#jobs.take()) this.markedLine("…", text);
  }

  dimLine(text: string): void {
    this.line("·", this.#output.paint.dim(text));
  }

  /** The uneventful cycles so far. */
  sumUp(): void {
    const text = this.uneventful.take();
    if (text !== undefined) this.markedLine("·", this.#output.paint.dim(text));
  }

  #write(head: string, text: string): void {
    for (const line of hanging(head, text, { columns: this.#output.columns?.() }))
      this.#output.writeLine(line);
  }
}
