/** Who calls, as the credentials of a request say it. */

import type { TokenScope } from "../../astro/token-claims.ts";

/** An API token, without its value. */
export interface Caller {
  /** Of the token, not of a user. */
  readonly id: string;
  /** By which people know the token. */
  readonly name: string;
  /** The organizations that the token is for; it reaches no others. None for a token of a Workspace or a Deployment. */
  readonly organizationIds: readonly string[];
  readonly scope: TokenScope;
  readonly startAt: Date;
  /** Undefined where it never expires. */
  readonly endAt: Date | undefined;
}

/** A token that is let in, and who calls with it. */
export interface Guest {
  /** Never shown. */
  readonly token: string;
  readonly caller: Caller;
}
