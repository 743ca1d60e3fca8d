/**
 * The review of fixtures as annotations of a pull request (GitHub docs: Workflow commands for GitHub Actions): each mistake an
 * error at its line, each warning a warning at its file.
 */

import type { FilePlace } from "../../ground/errors.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import type { Reviewed, ReviewReport } from "./report.ts";
import { warningTexts } from "./warning-text.ts";

/** A line for each annotation; ends with a newline, or is empty. */
export function reviewGithub({ reviews }: ReviewReport): string {
  return reviews.flatMap(annotations).join("");
}

function annotations(reviewed: Reviewed): readonly string[] {
  const { file } = reviewed;
  if (reviewed.kind === "valid") {
    return warningTexts(reviewed.review.warnings).map(({ step, sentence }) =>
      annotation("warning", { file }, step === undefined ? sentence : `step "${step}": ${sentence}`),
    );
  }
  const { message, hint, place, mistakes } = reviewed.error;
  if (mistakes === undefined) {
    return [annotation("error", position(file, place), withHint({ message, hint }))];
  }
  const listed = mistakes.list();
  const more = mistakes.total - listed.length;
  return [
    ...listed.map((mistake) => annotation("error", position(file, mistake.place), withHint(mistake))),
    ...(more > 0 ? [annotation("error", { file }, `and ${plural(more, "more mistake")}`)] : []),
  ];
}

/** In the file itself, or in one that it names. */
function position(file: string, place: FilePlace | undefined): Readonly<Record<string, string | number>> {
  return place === undefined ? { file } : { file: place.file, line: place.line, col: place.column };
}

function withHint({
  message,
  hint,
}: {
  readonly message: string;
  readonly hint: string | undefined;
}): string {
  return hint === undefined ? message : `${message}\n${hint}`;
}

function annotation(
  level: "error" | "warning",
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const places = Object.entries(properties).map(([name, value]) => `${name}=${inProperty(String(value))}`);
  const title = "title=astro-scim fixture validate";
  return `::${level} ${[...places, title].join(",")}::${inMessage(message)}\n`;
}

/** Escaped as GitHub's own toolkit does (actions/toolkit: command.ts); other control characters stay visible. */
function inMessage(text: string): string {
  const escaped = printable(text, "keep line breaks");
  return escaped.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function inProperty(text: string): string {
  return inMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
