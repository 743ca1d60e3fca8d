/** A terminal as a screen: lines that are drawn over each other, and the shell's own screen back in the end. */

import type { Io } from "../../../world/io.ts";

/** Alternate screen, no cursor, and no line that goes on in the next one, should a terminal know another width of a character. */
const enter = "\u001B[?1049h\u001B[?25l\u001B[?7l";
const leave = "\u001B[?7h\u001B[?25h\u001B[?1049l";
/** What is drawn between them is shown at once, by terminals that know it. */
const [beginFrame, endFrame] = ["\u001B[?2026h", "\u001B[?2026l"];

export class Screen {
  readonly #io: Pick<Io, "stdout" | "onExit">;
  #isOpen = false;
  #drawn: readonly string[] = [];
  #forgetExit: (() => void) | undefined;

  constructor(io: Pick<Io, "stdout" | "onExit">) {
    this.#io = io;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** It is left however the process ends, but for `kill -9`. */
  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#forgetExit = this.#io.onExit(() => this.close());
    this.#io.stdout.draw(enter);
    this.clear();
  }

  /** Shows the lines, which have to fit; only those that changed are written. */
  draw(lines: readonly string[]): void {
    if (!this.#isOpen) return;
    // A line is emptied first: behind one that fills the screen, the last character would be erased.
    const changed = lines.flatMap((line, at) =>
      line === this.#drawn[at] ? [] : [`\u001B[${at + 1};1H\u001B[2K${line}`],
    );
    this.#drawn = lines;
    if (changed.length > 0) this.#io.stdout.draw(beginFrame + changed.join("") + endFrame);
  }

  /** What is on the screen is no longer known: the next frame is drawn as a whole. */
  clear(): void {
    this.#drawn = [];
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#forgetExit?.();
    this.#io.stdout.draw(leave);
  }
}
