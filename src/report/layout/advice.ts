/** The section of a report that says what to do: for each kind of trouble what helps, and a command that can be copied. */

import stringWidth from "string-width";
import type { Style } from "../style.ts";
import { hanging, padded, unbroken } from "./hanging.ts";
import { section } from "./section.ts";

export interface Advice {
  /** The trouble, in two or three words. */
  readonly what: string;
  readonly how: string;
  /** A command that does it instead. */
  readonly command?: string;
  /** A command that shows more. */
  readonly see?: string;
}

const columnOfWhat = 26;

/** What helps is broken into lines, a command never. */
export function whatToDo(advice: readonly Advice[], style: Style): readonly string[] {
  const below = (text: string): readonly string[] => {
    const isTooWide = style.columns !== undefined && columnOfWhat + 4 + stringWidth(text) > style.columns;
    return hanging(" ".repeat(isTooWide ? 6 : columnOfWhat + 4), unbroken(text), style);
  };
  const lines = advice.flatMap(({ what, how, command, see }) => [
    ...hanging(`  ${padded(what, columnOfWhat)}  `, how, style),
    ...(command === undefined ? [] : below(`or: ${command}`)),
    ...(see === undefined ? [] : below(`see: ${see}`)),
  ]);
  return section("What to do", lines, style);
}
