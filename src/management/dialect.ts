/** What differs between management APIs: one value for Okta's, one for Microsoft Graph. */

import type { JsonArray, JsonValue } from "../ground/json.ts";
import type { WireResponse } from "../wire/exchange.ts";

/** Where the next page is, as an answer says it. */
export type NextLink =
  | { readonly kind: "last-page" }
  /** A URL, or a reference that is relative to the request's. */
  | { readonly kind: "next"; readonly url: string }
  /**
   * It says something about the next page that cannot be read: this must not pass for the last page. What it says is not kept:
   * a part of it, in a message, could be the part of a secret.
   */
  | { readonly kind: "unreadable" };

/** How much of a rate limit is left, as an answer says it. */
export interface RateLimitState {
  /** Tells the window from others: requests of several buckets with the same one are counted together. */
  readonly window: string;
  /** Requests in a window. */
  readonly limit: number;
  readonly remaining: number;
  /** Until the window ends, in milliseconds. */
  readonly resetInMs: number;
}

/** Why a request was answered 429. */
export type TooManyRequests =
  /** Too many in a window; it may be repeated after that time, in milliseconds. */
  | { readonly kind: "rate"; readonly waitMs: number | undefined }
  /** Too many at the same time. */
  | { readonly kind: "concurrency" };

export interface LimitRules {
  /** Requests whose paths have the same bucket are counted together by the API. */
  readonly bucketOf: (path: string) => string;
  /** Undefined where the answer says nothing. */
  readonly stateOf: (answer: WireResponse, now: Date) => RateLimitState | undefined;
  /** Of an answer 429. */
  readonly tooMany: (answer: WireResponse, now: Date) => TooManyRequests;
}

/** What a refused request lacks: other credentials, a permission, or a licence of the whole tenant. */
export type Refusal = "credentials" | "permission" | "licence";

export interface ManagementDialect {
  /** As messages name it: `Okta`, `Microsoft Graph`. */
  readonly name: string;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** The entries of one page of a list; undefined where the body has another form. */
  readonly entriesOf: (body: JsonValue) => JsonArray | undefined;
  readonly nextLinkOf: (answer: WireResponse) => NextLink;
  /** How many entries the list has altogether, where a page says it; left out where an API never does. */
  readonly countOf?: (body: JsonValue) => number | undefined;
  /** The error in the API's words, without a full stop; undefined where the body is not an error of this API. */
  readonly errorOf: (answer: WireResponse) => string | undefined;
  /**
   * What an answer that is no success means for the credentials: `credentials` are not accepted at all, `permission` is
   * missing for this call; undefined where it says nothing of them.
   */
  readonly refusalOf: (answer: WireResponse) => Refusal | undefined;
  readonly hints: {
    /** What to check where the credentials are refused: a sentence. */
    readonly credentials: string;
    /** Where to grant what a call needs (`CallPurpose.needs`): a sentence. */
    readonly permission: (needs: string) => string;
  };
  readonly limits: LimitRules;
  /**
   * The same list in smaller pages: asked for where a page has more entries than these and the answer has no sign of links at all,
   * because something on the way may remove them. Left out where next links are part of the body.
   */
  readonly inSmallerPages?: (path: string) => string | undefined;
}
