/** Who calls: the API token that a request came with, without its value. */

import type { TokenScope } from "../../astro/token-claims.ts";

export interface Caller {
  /** Id of the API token: a cuid. */
  readonly tokenId: string;
  /** The organization that the token is for; undefined where it names none. */
  readonly organizationId: string | undefined;
  readonly scope: TokenScope;
  readonly startAt: Date;
  /** Undefined where it never expires. */
  readonly endAt: Date | undefined;
}

/** A token that the server accepts. */
export interface AcceptedToken {
  /** Never shown. */
  readonly value: string;
  readonly caller: Caller;
}
