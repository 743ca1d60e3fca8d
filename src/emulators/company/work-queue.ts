/** Work that is done one after the other, in the order in which it came. */

export type Work = () => Promise<unknown>;

export interface WorkQueue {
  readonly add: (work: Work) => void;
  readonly isBusy: () => boolean;
  /** What is under way ends; what waits is not begun before `resume`. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Resolves once nothing is under way and nothing waits that may begin. */
  readonly settled: () => Promise<void>;
  /** Drops what waits, and resolves once what is under way has ended. */
  readonly close: () => Promise<void>;
}

/** `onError` is told what a piece of work threw; the next one begins all the same. */
export function workQueue(onError: (error: unknown) => void): WorkQueue {
  const waiting: Work[] = [];
  let running: Promise<void> | undefined;
  let isPaused = false;
  let isClosed = false;
  const next = (): Work | undefined => (isPaused || isClosed ? undefined : waiting.shift());
  const drain = async (): Promise<void> => {
    // Never within the call that added it: it may pause the queue, or add more first.
    await Promise.resolve();
    for (let work = next(); work !== undefined; work = next()) {
      try {
        await work();
      } catch (error) {
        onError(error);
      }
    }
    running = undefined;
  };
  const start = (): void => {
    running ??= drain();
  };
  const settled = async (): Promise<void> => {
    for (let work = running; work !== undefined; work = running) await work;
  };
  return {
    add: (work) => {
      if (isClosed) return;
      waiting.push(work);
      start();
    },
    isBusy: () => running !== undefined || waiting.length > 0,
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      isPaused = false;
      start();
    },
    settled,
    close: async () => {
      isClosed = true;
      waiting.length = 0;
      await settled();
    },
  };
}
