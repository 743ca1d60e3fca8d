/** Where a narrative is written: headings by day, and lines with a mark. */

import type { ChalkInstance } from "chalk";
import { UneventfulCycles } from "./uneventful-cycles.ts";

export interface PageOutput {
  readonly paint: ChalkInstance;
  readonly writeLine: (line: string) => void;
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
  #isHeaded = false;

  constructor(output: PageOutput, startedAt: Date) {
    this.#output = output;
    this.#startedAt = startedAt;
  }

  /** Whether there is a heading under which something can be told. */
  get isHeaded(): boolean {
    return this.#isHeaded;
  }

  /** `Day 3  Ada leaves`. */
  heading(at: Date, name: string): void {
    this.sumUp();
    this.#isHeaded = true;
    const day = Math.floor((at.getTime() - this.#startedAt.getTime()) / 86_400_000);
    this.#output.writeLine(`${this.#output.paint.bold(`Day ${day}`)}  ${name}`);
  }

  line(mark: Mark, text: string): void {
    this.sumUp();
    this.#marked(mark, text);
  }

  /** With nothing ahead of it. */
  plainLine(text: string): void {
    this.#output.writeLine(`  ${text}`);
  }

  dimLine(text: string): void {
    this.line("·", this.#output.paint.dim(text));
  }

  /** The uneventful cycles so far. */
  sumUp(): void {
    const text = this.uneventful.take();
    if (text !== undefined) this.#marked("·", this.#output.paint.dim(text));
  }

  #marked(mark: Mark, text: string): void {
    this.#output.writeLine(`  ${this.#output.paint[colours[mark]](mark)} ${text}`);
  }
}
