/** The review of fixtures as JSON: docs/json.md. */

import type { Reviewed, ReviewReport } from "./report.ts";
import { warningTexts } from "./warning-text.ts";

export function reviewJson({ reviews }: ReviewReport): object {
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
  const told = warningTexts(warnings).map(({ code, step = null, sentence }) => ({ code, step, sentence }));
  return { file, status, provider: reviewed.idp, counts, warnings: told };
}
