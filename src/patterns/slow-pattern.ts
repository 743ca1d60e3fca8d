/** A regular expression of a fixture that was stopped, and for whom it was evaluated. */

import { AppError } from "../ground/errors.ts";

const longestShown = 60;
const hint =
  "Rewrite it so that a text matches in one way only: a+ instead of (a+)+, [^@]+@ instead of .+.+@.";

/** Ends a run: for the next object it would take as long. */
export class SlowPatternError extends AppError {
  /** @param what the sentence from its verb on */
  constructor(written: string, what: string) {
    super("invalid-file", `The regular expression ${shortened(written)} ${what}.`, { hint });
  }
}

/** Does something for a user or group whose name the error says, should a regular expression be stopped. */
export function namingWhom<Result>(whom: () => string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SlowPatternError)) throw error;
    throw new AppError("invalid-file", `${whom()}: ${error.message}`, { hint, cause: error });
  }
}

/** As much of a text as says which it is. */
export function shortened(text: string): string {
  return text.length <= longestShown ? text : `${text.slice(0, longestShown)}…`;
}
