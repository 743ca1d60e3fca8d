/** The faults that can be switched on and off; what does not fit on a line goes on below it, indented. */

import { activeFault, type KnownFault } from "../model/fault-menu.ts";
import type { LiveState } from "../model/state.ts";
import { folded, inColumns, lineWidth, span, type Line } from "./line.ts";
import { pageHeight } from "./pages.ts";

const widestText = 44;
const markWidth = 6;

export function faultView(state: LiveState, selected: number): readonly Line[] {
  const height = Math.max(1, pageHeight(state.size) - 1);
  const width = Math.min(widestText, 2 + Math.max(...state.knownFaults.map(({ text }) => text.length)));
  const entries = state.knownFaults.map((fault, at) =>
    entryLines(state, fault, { width, isSelected: at === selected }),
  );
  const before = entries.slice(0, selected).flat().length;
  const end = before + (entries[selected]?.length ?? 0);
  const top = Math.min(before, Math.max(0, end - height));
  const rows = entries.flat().slice(top, top + height);
  return [[span("  Faults of the SCIM endpoint (docs/faults.md)", "dim")], ...rows];
}

function entryLines(
  { faults, size }: LiveState,
  { text, meaning }: KnownFault,
  { width, isSelected }: { readonly width: number; readonly isSelected: boolean },
): readonly Line[] {
  const active = activeFault(faults, text);
  const counts = active === undefined ? "" : `  struck ${active.struck} of ${active.matched}`;
  const mark = `${isSelected ? "> " : "  "}${active === undefined ? "[ ]" : "[x]"} `;
  const whole: Line = [
    span(mark),
    span(inColumns(text, width), active === undefined ? "plain" : "fault"),
    span(meaning, "dim"),
    span(counts, "fault"),
  ];
  const isWhole = text.length <= width && lineWidth(whole) <= size.columns;
  const lines = isWhole ? [whole] : wrapped(mark + text, meaning + counts, size.columns);
  return isSelected ? lines.map((line) => line.map((one) => span(one.text, "selected"))) : lines;
}

function wrapped(fault: string, meaning: string, columns: number): readonly Line[] {
  const indent = Math.min(markWidth + 2, Math.max(0, columns - 2));
  const below = folded(" ".repeat(indent) + meaning, columns, { indent, at: "spaces" });
  return [
    ...folded(fault, columns, { indent: markWidth }).map((line): Line => [span(line)]),
    ...below.map((line): Line => [span(line, "dim")]),
  ];
}
