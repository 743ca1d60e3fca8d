/** The review of fixtures as JSON: docs/json.md. */

import type { AppError, FilePlace } from "../../ground/errors.ts";
import type { Reviewed, ReviewReport } from "./report.ts";
import { warningTexts } from "./warning-text.ts";

export function reviewJson({ reviews }: ReviewReport): object {
  const isValid = reviews.every(({ kind }) => kind === "valid");
  return { schemaVersion: 1, status: isValid ? "valid" : "invalid", files: reviews.map(fileJson) };
}

function fileJson(reviewed: Reviewed): object {
  const { kind: status, file } = reviewed;
  if (reviewed.kind === "invalid") {
    const { message, hint, place } = reviewed.error;
    const errors = mistakesOf(reviewed.error).map(mistakeJson);
    return { file, status, error: mistakeJson({ message, hint, place }), errors };
  }
  const { counts, warnings } = reviewed.review;
  const texts = warningTexts(warnings).map(({ code, step = null, sentence }) => ({ code, step, sentence }));
  return { file, status, provider: reviewed.idp, counts, warnings: texts };
}

/** Of a file that can't be read at all, its one error. */
function mistakesOf({ mistakes, message, hint, place }: AppError): readonly MistakeInFile[] {
  return mistakes?.list() ?? [{ message, hint, place }];
}

interface MistakeInFile {
  readonly message: string;
  readonly hint: string | undefined;
  readonly place: FilePlace | undefined;
}

function mistakeJson({ message, hint, place }: MistakeInFile): object {
  const at = place === undefined ? null : { file: place.file, line: place.line, column: place.column };
  return { message, hint: hint ?? null, place: at };
}
