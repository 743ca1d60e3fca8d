/** The review of fixtures as it is reported. */

import type { AppSettings } from "../../directory/app-settings.ts";
import type { AppError } from "../../ground/errors.ts";
import type { ProviderWords } from "../../idp/provider-words.ts";
import type { FixtureReview } from "../../review/fixture-review.ts";
import type { NextStep } from "../next-step.ts";

/** One file, as it came out. */
export type Reviewed =
  | {
      readonly kind: "valid";
      readonly file: string;
      readonly idp: AppSettings["idp"];
      /** What the provider calls things. */
      readonly words: ProviderWords;
      readonly review: FixtureReview;
    }
  | { readonly kind: "invalid"; readonly file: string; readonly error: AppError };

export interface ReviewReport {
  readonly reviews: readonly Reviewed[];
  /** The command to type next; undefined where no file was named. */
  readonly next: NextStep | undefined;
}
