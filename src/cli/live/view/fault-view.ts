/** The faults that can be switched on and off, one line each. */

import { activeFault } from "../model/fault-menu.ts";
import type { LiveState } from "../model/state.ts";
import { inColumns, span, type Line } from "./line.ts";
import { pageHeight } from "./pages.ts";

const widestText = 44;

export function faultView(state: LiveState, selected: number): readonly Line[] {
  const height = Math.max(1, pageHeight(state.size) - 1);
  const top = Math.max(0, Math.min(selected - height + 1, state.knownFaults.length - height));
  const width = Math.min(widestText, 2 + Math.max(...state.knownFaults.map(({ text }) => text.length)));
  const rows = state.knownFaults.slice(top, top + height).map(({ text, meaning }, at): Line => {
    const active = activeFault(state.faults, text);
    const mark = active === undefined ? "[ ]" : "[x]";
    const counts = active === undefined ? "" : `  struck ${active.struck} of ${active.matched}`;
    const isSelected = top + at === selected;
    const line: Line = [
      span(`${isSelected ? "> " : "  "}${mark} `),
      span(inColumns(text, width), active === undefined ? "plain" : "fault"),
      span(meaning, "dim"),
      span(counts, "fault"),
    ];
    return isSelected ? line.map((one) => span(one.text, "selected")) : line;
  });
  return [[span("  Faults of the SCIM endpoint (docs/faults.md)", "dim")], ...rows];
}
