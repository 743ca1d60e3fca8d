/** The review of fixtures as JSON: docs/json.md. */

import type { AppSettings } from "../../directory/app-settings.ts";
import type { ProviderWords } from "../../idp/provider-words.ts";
import type { AppError } from "../../ground/errors.ts";
import type { FixtureReview } from "../../review/fixture-review.ts";

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

export function reviewJson(reviews: readonly Reviewed[]): object {
  const isValid = reviews.every(({ kind }) => kind === "valid");
  return { schemaVersion: 1, status: isValid ? "valid" : "invalid", files: reviews.map(fileJson) };
}

function fileJson(reviewed: Reviewed): object {
  const { kind: status, file } = reviewed;
  if (reviewed.kind === "invalid") {
    const { message, hint = null, place } = reviewed.error;
    const at = place === undefined ? null : { line: place.line, column: place.column };
    return { file, status, error: { message, hint, place: at } };
  }
  const { counts, warnings } = reviewed.review;
  const told = warnings.map(({ code, step = null, sentence }) => ({ code, step, sentence }));
  return { file, status, provider: reviewed.idp, counts, warnings: told };
}
