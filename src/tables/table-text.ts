/** The text of a table's file, and the places in it. */

import type { FilePlace } from "../ground/errors.ts";
import { shownLine } from "../ground/text/shown-line.ts";
import type { PlacedMistake } from "../yaml/mistake.ts";
import type { TableOutcome, TableSource } from "./table.ts";

/** More mistakes than these are only counted. */
const mostPlaced = 2_000;

export class TableText {
  readonly file: string;
  /** Every line ends with \n alone: a file may mix the ends of several systems. */
  readonly text: string;
  #lineStarts: readonly number[] | undefined;

  constructor({ file, text }: TableSource) {
    this.file = file;
    const withoutMark = text.startsWith("\uFEFF") ? text.slice(1) : text;
    this.text = withoutMark.includes("\r") ? withoutMark.replaceAll(/\r\n?/g, "\n") : withoutMark;
  }

  /** The place of a character. */
  place(offset: number): FilePlace {
    this.#lineStarts ??= lineStartsOf(this.text);
    const index = lastNotAfter(this.#lineStarts, offset);
    const start = this.#lineStarts[index] ?? 0;
    const end = this.text.indexOf("\n", start);
    const line = this.text.slice(start, end === -1 ? undefined : end);
    return { file: this.file, line: index + 1, column: offset - start + 1, text: shownLine(line) };
  }
}

/** What is wrong at a character of the text. */
export interface TextMistake {
  readonly offset: number;
  readonly message: string;
  readonly hint?: string;
  /** The text looks cut off: what follows may be missing. */
  readonly isCut?: true;
}

export function refused(text: TableText, mistakes: readonly TextMistake[]): TableOutcome {
  const placed = mistakes.slice(0, mostPlaced).map(({ offset, message, hint }): PlacedMistake => {
    return { message, hint, place: text.place(offset) };
  });
  const isCut = mistakes.some((mistake) => mistake.isCut === true);
  return { kind: "mistakes", mistakes: placed, total: mistakes.length, isCut };
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The index of the last number that is not greater. */
function lastNotAfter(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
