/** What is wrong with an Okta expression, or with what it makes of one user. */

/** One sentence for people, with the position (from 1) where the text itself is wrong. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

/** An error at an offset of the expression's text, which is counted from 0. */
export function expressionErrorAt(at: number, message: string): ExpressionError {
  return new ExpressionError(`${message} at position ${at + 1}.`);
}
