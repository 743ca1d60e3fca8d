/** An invalid fixture for people: every mistake in it, where other commands show the first five. */

import { oneLine, type AppError } from "../../ground/errors.ts";
import { mistakeLines } from "../../ground/text/mistake-lines.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { printable } from "../../ground/text/printable.ts";
import { stackText } from "../../ground/text/stack-text.ts";
import { failureText } from "../error/text.ts";

/** Ends with a newline. */
export function invalidText(
  file: string,
  error: AppError,
  options: { readonly verbose: boolean; readonly version: string },
): string {
  const { total = 0, list } = error.mistakes ?? {};
  if (list === undefined || total < 2) return failureText(error, options);
  const listed = list();
  const lines = [
    `Error: ${oneLine(file)} has ${formatCount(total)} mistakes:`,
    ...listed.flatMap(mistakeLines),
    ...(total > listed.length ? [`  and ${formatCount(total - listed.length)} more`] : []),
  ];
  const stack = options.verbose ? [stackText(error)] : [];
  return `${[...lines.map((line) => printable(line)), ...stack].join("\n")}\n`;
}
