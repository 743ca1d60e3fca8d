/** How one of several mistakes in a file is shown. */

import { oneLine, type FileMistake } from "../errors.ts";

/** Message and hint on a line with the place, the line of the file below it, and a caret below the column. */
export function mistakeLines({ message, hint, place }: FileMistake): readonly string[] {
  const head = `    ${place.line} | `;
  const where = `${place.file}:${place.line}:${place.column}`;
  const caret = `${" ".repeat(head.length + place.column - 1)}^`;
  return [
    oneLine(`  ${where}: ${message}${hint === undefined ? "" : ` ${hint}`}`),
    head + place.text,
    ...(place.column <= place.text.length ? [caret] : []),
  ];
}
