/** What is wrong with an Okta expression, or with what it makes of one user. */

/** One sentence for people, with the position (from 1) of what is wrong as soon as that is known. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
  /** The sentence without its end, for callers that know the position. */
  readonly problem: string;
  readonly isLocated: boolean;

  constructor(problem: string, at?: number) {
    super(at === undefined ? `${problem}.` : `${problem} at position ${at + 1}.`);
    this.problem = problem;
    this.isLocated = at !== undefined;
  }
}

/** An error at an offset of the expression's text, which is counted from 0. */
export function expressionErrorAt(at: number, problem: string): ExpressionError {
  return new ExpressionError(problem, at);
}

/** What a calculation throws, with the offset of what was calculated. */
export function located<Result>(at: number, calculate: () => Result): Result {
  try {
    return calculate();
  } catch (error) {
    if (!(error instanceof ExpressionError) || error.isLocated) throw error;
    throw new ExpressionError(`${error.problem}; calculated`, at);
  }
}
