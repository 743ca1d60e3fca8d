/** A part of a report: a title, its lines, and an empty line. */

import type { Style } from "../style.ts";
import { hanging } from "./hanging.ts";

/** None where there are no lines. */
export function section(title: string, lines: readonly string[], style: Style): readonly string[] {
  if (lines.length === 0) return [];
  return [...hanging("", style.paint.bold(title), style), ...lines, ""];
}
