/** Many workers at once on numbered work, for campaigns. */

/** So many workers who take one number after another. */
export interface Crew {
  readonly workers: number;
  readonly numbers: Iterator<number>;
  readonly work: (number: number) => Promise<void>;
}

/**
 * All crews at the same time, until there are no numbers left. The first failure, or the signal, stops all of them:
 * nothing goes on once the promise settles.
 * @throws what the first worker failed with, or the signal's reason
 */
export async function atOnce(signal: AbortSignal, ...crews: readonly Crew[]): Promise<void> {
  const failed = new AbortController();
  const over = AbortSignal.any([signal, failed.signal]);
  const workAll = async ({ numbers, work }: Crew): Promise<void> => {
    try {
      for (let next = numbers.next(); next.done !== true && !over.aborted; next = numbers.next()) {
        await work(next.value);
      }
    } catch (error) {
      failed.abort(error);
    }
  };
  await Promise.all(crews.flatMap((crew) => Array.from({ length: crew.workers }, () => workAll(crew))));
  over.throwIfAborted();
}
