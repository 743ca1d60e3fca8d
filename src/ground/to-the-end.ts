/** Work in pieces, done at once. */

/** Goes through all pieces without a pause; returns the result. */
export function toTheEnd<Result>(pieces: Iterator<unknown, Result>): Result {
  for (;;) {
    const { done, value } = pieces.next();
    if (done === true) return value;
  }
}
