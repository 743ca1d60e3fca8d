/** What the screen shows of a state: one line for each row of the terminal, none wider than it. */

import { activeFault } from "../model/fault-menu.ts";
import { listed, listWindow } from "../model/list-window.ts";
import type { LiveState } from "../model/state.ts";
import { plural } from "../../../ground/text/plural.ts";
import { faultView } from "./fault-view.ts";
import { fitted, folded, lineWidth, span, type Line } from "./line.ts";
import { listView } from "./list-view.ts";
import { isPage, pageHeight, pageLines, withinPage } from "./pages.ts";

export function frame(state: LiveState): readonly Line[] {
  const { columns, rows } = state.size;
  if (rows < 1 || columns < 1) return [];
  const mistake = mistakeLines(state).slice(0, rows - 1);
  const height = rows - 1 - mistake.length;
  const above = [title(state), ...content(state)].slice(0, height);
  const filled = [...above, ...Array.from({ length: height - above.length }, (): Line => [])];
  return [...filled, ...mistake, lastLine(state)].map((line) => fitted(line, columns));
}

function content(state: LiveState): readonly Line[] {
  const { view } = state;
  if (view.kind === "faults") return faultView(state, view.selected);
  if (!isPage(view)) return listView(state);
  const top = withinPage(view.top, view, state);
  return pageLines(view, state).slice(top, top + pageHeight(state.size));
}

function title({ view, connection, size, total }: LiveState): Line {
  if (view.kind === "request") return [span(`Request ${view.request.number} of ${total}`, "bold")];
  const name = titles[view.kind];
  const url = connection[0]?.value ?? "";
  const line: Line = [span(name, "bold"), span(`  ${url}`)];
  // A URL that is cut off is of no use; `i` shows it whole.
  return lineWidth(line) <= size.columns ? line : [span(name, "bold")];
}

const titles: Readonly<Record<LiveState["view"]["kind"], string>> = {
  list: "Local Astro",
  request: "Request",
  faults: "Faults",
  help: "Keys",
  connection: "Connection",
};

/** What is wrong with what is being typed, above it. */
function mistakeLines({ input, notice, size }: LiveState): readonly Line[] {
  if (input === undefined || notice === undefined) return [];
  return folded(notice, size.columns, { indent: 2, at: "spaces" }).map((text): Line => [span(text, "bad")]);
}

function lastLine(state: LiveState): Line {
  const { input, notice, size } = state;
  if (input !== undefined) {
    const label = input.purpose === "filter" ? "Filter: " : "Fault: ";
    // The end is what is being typed.
    const room = Math.max(0, size.columns - label.length - 1);
    const typed = input.text.length > room ? input.text.slice(input.text.length - room) : input.text;
    return [span(label, "bold"), span(typed), span(" ", "selected")];
  }
  if (notice !== undefined) return [span(notice, "bold")];
  const counts = span(statusText(state));
  const room = size.columns - lineWidth([counts]) - 2;
  const hint = keyHints[state.view.kind].find((keys) => keys.length <= room);
  if (hint === undefined) return [counts];
  return [counts, span(" ".repeat(room + 2 - hint.length)), span(hint, "dim")];
}

/** The longest one that fits is shown. */
const keyHints: Readonly<Record<LiveState["view"]["kind"], readonly string[]>> = {
  list: [
    "Enter show  / filter  Space pause  f faults  i connection  ? keys  q quit",
    "Enter show  / filter  Space pause  i connection  ? keys  q quit",
    "Enter show  i connection  ? keys  q quit",
    "Enter show  ? keys  q quit",
    "? keys",
  ],
  request: ["← → others  r send again  c curl  Esc back", "r send again  c curl  Esc back", "Esc back"],
  faults: ["Space switch  a add  Esc back", "Esc back"],
  help: ["Esc back"],
  connection: ["c show on the normal screen, to copy  Esc back", "c copy  Esc back", "Esc back"],
};

function statusText(state: LiveState): string {
  const { total, failed, filter, paused, faults, knownFaults } = state;
  const on = knownFaults.filter(({ text }) => activeFault(faults, text) !== undefined).length;
  const isFiltered = filter.trim() !== "";
  return [
    paused === undefined ? undefined : `PAUSED, ${total - paused.total} new`,
    plural(total, "request") + (failed === 0 ? "" : `, ${failed} failed`),
    isFiltered ? `filter "${filter.trim()}": ${listed(state).length}` : undefined,
    on === 0 ? undefined : `${plural(on, "fault")} on`,
    below(state),
  ]
    .filter((part) => part !== undefined)
    .join(" · ");
}

/** How far the latest request is from the selected one, where the list does not follow it. */
function below(state: LiveState): string | undefined {
  if (state.selection.kind === "latest" || state.view.kind !== "list") return undefined;
  const { requests, selected } = listWindow(state);
  const count = requests.length - 1 - selected;
  return count <= 0 ? undefined : `${count} below`;
}
