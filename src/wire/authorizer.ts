/** What authorizes requests beyond a fixed bearer token: headers that are made for each request, and are never shown. */

import type { WireResponse } from "./exchange.ts";

export interface RequestToAuthorize {
  readonly method: string;
  /** Complete, query included. */
  readonly url: string;
}

export interface Authorizer {
  /**
   * The headers of one request: `Authorization`, and a proof of possession with it (RFC 9449).
   * @throws AppError where no token can be obtained
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
