/** What is odd about a server's answer although the provider goes on with it. */

import type { JsonValue } from "../../ground/json.ts";

export type Deviation =
  /** A look-up by a name answered another name. */
  | {
      readonly code: "filter-ignored";
      readonly asked: string;
      readonly got: string;
      /** What the provider did with that resource in the rest of the job, as far as the wire shows it. */
      readonly use: "none" | "taken" | "overwritten";
    }
  /** Several resources have the name that was looked for. */
  | { readonly code: "several-hits"; readonly asked: string; readonly hits: number }
  /** A look-up by a name answered the right resource first, and others behind it; `got` is the first other name. */
  | {
      readonly code: "others-among-hits";
      readonly asked: string;
      readonly hits: number;
      readonly got: string;
    }
  /** A page holds more than was asked for (RFC 7644 §3.4.2.4). */
  | { readonly code: "count-ignored"; readonly asked: number; readonly got: number }
  /** A counter of a list is not a number (RFC 7644 §3.4.2). */
  | { readonly code: "counter-is-text"; readonly counter: string }
  | {
      readonly code: "counter-is-wrong";
      readonly counter: string;
      readonly said: number;
      readonly right: number;
    }
  /** The answer to a write says another value than was sent; `answered` is null where it says none. */
  | {
      readonly code: "value-not-stored";
      readonly attribute: string;
      readonly sent: string | boolean;
      readonly answered: JsonValue;
    }
  /** The answer to a write has other members than were sent; by SCIM id. */
  | {
      readonly code: "members-not-stored";
      readonly missing: readonly string[];
      readonly extra: readonly string[];
    }
  | { readonly code: "no-id" }
  | { readonly code: "other-id"; readonly asked: string; readonly got: string }
  /** RFC 7643 §4.1.1: `password` is never returned. */
  | { readonly code: "password-returned" }
  /** An error without the body of RFC 7644 §3.12; `body` in words. */
  | { readonly code: "error-is-no-scim"; readonly status: number; readonly body: string }
  /** A creation that is not answered 201 (RFC 7644 §3.3). */
  | { readonly code: "created-without-201"; readonly status: number }
  /** A body whose Content-Type is no JSON; null where there is none. */
  | { readonly code: "media-type"; readonly mediaType: string | null };
