/** Keeps provisioning on demand below the rate of its call. */

/** Microsoft Graph takes 5 requests in 10 seconds (Microsoft Graph: synchronizationJob: provisionOnDemand); one of them is left to others. */
const most = 4;
const windowMs = 10_000;

export interface OnDemandPaceOptions {
  readonly now: () => Date;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** Called before each wait. */
  readonly onWait: (waitMs: number) => void;
}

export class OnDemandPace {
  readonly #options: OnDemandPaceOptions;
  #begun: readonly number[] = [];
  #last: Promise<void> = Promise.resolve();

  constructor(options: OnDemandPaceOptions) {
    this.#options = options;
  }

  /** Resolves when the next request may go out; in the order of the calls, and at once after an interrupt. */
  async turn(): Promise<void> {
    this.#last = this.#last.then(() => this.#wait());
    return this.#last;
  }

  async #wait(): Promise<void> {
    const { now, sleep, signal, onWait } = this.#options;
    const since = this.#begun.length < most ? undefined : this.#begun.at(-most);
    const waitMs = since === undefined ? 0 : since + windowMs - now().getTime();
    if (waitMs > 0 && !signal.aborted) {
      onWait(waitMs);
      await sleep(waitMs, signal);
    }
    this.#begun = [...this.#begun.slice(1 - most), now().getTime()];
  }
}
