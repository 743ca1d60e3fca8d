/** What is wrong with an expression of an Entra mapping, or with what it makes of one object. */

/** One sentence for people; where the text itself is wrong it ends with the position, counted from 1. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";

  /** @param at the offset of the mistake in the text, counted from 0 */
  constructor(message: string, at?: number) {
    super(at === undefined ? message : `${message} at position ${at + 1}.`);
  }
}

/** An attribute of the target that takes one value is to have several; the object fails with the code of that name. */
export class SingleValueError extends ExpressionError {
  readonly code = "SchemaPropertyCanOnlyAcceptValue";
}
