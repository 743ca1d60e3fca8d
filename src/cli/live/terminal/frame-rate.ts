/** Draws no more often than an eye can follow, however much happens. */

import type { Clock, Timers } from "../../../world/world.ts";

/** 15 frames a second. */
const frameMs = 66;

export class FrameRate {
  readonly #world: { readonly clock: Clock; readonly timers: Timers };
  readonly #draw: () => void;
  #lastMs = -Infinity;
  #stopTimeout: (() => void) | undefined;

  constructor(world: { readonly clock: Clock; readonly timers: Timers }, draw: () => void) {
    this.#world = world;
    this.#draw = draw;
  }

  /** Draws soon, once, whatever was asked for meanwhile. */
  request(): void {
    if (this.#stopTimeout !== undefined) return;
    const waitMs = Math.max(0, this.#lastMs + frameMs - this.#world.clock.monotonicMs());
    this.#stopTimeout = this.#world.timers.startTimeout(waitMs, () => {
      this.#stopTimeout = undefined;
      this.#lastMs = this.#world.clock.monotonicMs();
      this.#draw();
    });
  }

  stop(): void {
    this.#stopTimeout?.();
    this.#stopTimeout = undefined;
  }
}
