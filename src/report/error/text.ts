/** The one place where an error becomes text for people. */

import { AppError, type FilePlace } from "../../ground/errors.ts";
import { printable } from "../../ground/text/printable.ts";
import { stackText } from "../../ground/text/stack-text.ts";

/** What is wrong, where, and what to do; a stack trace only when asked for, or where the fault is ours. */
export function failureText(
  error: unknown,
  options: { readonly verbose: boolean; readonly version: string },
): string {
  if (!(error instanceof AppError)) return unexpectedText(error, options.version);
  // A list has lines of its own; in what a server or a file says they would pass for ours.
  const lineBreaks = error.isList ? "keep line breaks" : "escape line breaks";
  const lines = [`Error: ${printable(error.message, lineBreaks)}`];
  if (error.place !== undefined) lines.push(...placeLines(error.place));
  if (error.hint !== undefined) lines.push(printable(error.hint, lineBreaks));
  if (options.verbose) lines.push(stackText(error));
  return `${lines.join("\n")}\n`;
}

/** The line of the file with a caret below the column. */
function placeLines(place: FilePlace): readonly string[] {
  const head = `${place.line} | `;
  const indent = " ".repeat(head.length + place.column - 1);
  return [
    `  at ${printable(place.file)}:${place.line}:${place.column}`,
    `  ${head}${printable(place.text)}`,
    // Of a long line only the beginning is shown.
    ...(place.column <= place.text.length + 1 ? [`  ${indent}^`] : []),
  ];
}

function unexpectedText(error: unknown, version: string): string {
  return (
    `Error: internal error in astro-scim ${version}. ` +
    `Please report it, including the lines below.\n${stackText(error)}\n`
  );
}
