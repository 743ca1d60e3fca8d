/** What authorizes requests beyond a fixed bearer token: headers that are made for each request, and are never shown. */

import type { WireAnswer, WireResponse } from "./exchange.ts";

/**
 * No authorization for the moment: the token endpoint did not answer, or failed. What it answered stands for the answer to the
 * request, which may be repeated.
 */
export class NoAuthorizationNow extends Error {
  override readonly name = "NoAuthorizationNow";
  readonly answer: WireAnswer;

  constructor(answer: WireAnswer) {
    super("no authorization for the moment");
    this.answer = answer;
  }
}

export interface RequestToAuthorize {
  readonly method: string;
  /** Complete, query included. */
  readonly url: string;
}

export interface Authorizer {
  /**
   * The headers of one request: `Authorization`, and a proof of possession with it (RFC 9449).
   * @throws NoAuthorizationNow; AppError where no token is given out
   */
  headersFor(request: RequestToAuthorize): Promise<Readonly<Record<string, string>>>;
  /**
   * Called with each answer. True if the request must be sent once more, with new headers: the server asks for a nonce
   * (RFC 9449 §9), or no longer accepts the token.
   */
  mustRepeat(answer: WireResponse): boolean;
  /** Every secret that it has sent or received so far. The list is another one when it changes. */
  secrets(): readonly string[];
}
