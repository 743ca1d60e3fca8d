/** A request that is refused: an HTTP status, and what was wrong in words for people. Each API writes its body. */

export class HttpError extends Error {
  override readonly name: string = "HttpError";
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}
