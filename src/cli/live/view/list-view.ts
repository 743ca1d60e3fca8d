/** The list: one line for each request, the selected one marked. */

import type { LiveRequest } from "../model/live-request.ts";
import { listHeight, listWindow } from "../model/list-window.ts";
import type { LiveState } from "../model/state.ts";
import { fitted, inColumns, lineWidth, span, textWidth, type Line, type Span } from "./line.ts";
import { connectionLines } from "./pages.ts";

/** Columns of each cell, its gap included; what is left is for the path. A narrow screen shows fewer of them. */
interface Columns {
  readonly time: number;
  readonly method: number;
  readonly path: number;
  readonly status: number;
  readonly duration: number;
  readonly client: number;
}

const markWidth = 2;

/** The names of the columns, then as many requests as fit. */
export function listView(state: LiveState): readonly Line[] {
  const { requests, top, selected } = listWindow(state);
  const columns = columnsOf(state.size.columns);
  const height = listHeight(state.size);
  if (requests.length === 0) return [[], ...emptyList(state)];
  const rows = requests.slice(top, top + height).map((request, at) => {
    const isSelected = top + at === selected;
    return requestLine(request, columns, isSelected);
  });
  return [headings(columns), ...rows];
}

function columnsOf(width: number): Columns {
  const time = width < 50 ? 0 : 10;
  const client = width < 64 ? 0 : width < 90 ? 8 : 12;
  const [method, status, duration] = [8, 5, 9];
  const path = Math.max(0, width - markWidth - time - method - status - duration - client);
  return { time, method, path, status, duration, client };
}

function headings({ time, method, path, status, duration, client }: Columns): Line {
  const cells = [
    " ".repeat(markWidth),
    cell("time", time),
    cell("method", method),
    cell("path", path),
    cell("status", status + 2),
    inColumns("", Math.max(0, duration - 4)),
    cell("client", client),
  ];
  return [span(cells.join(""), "dim")];
}

function requestLine(request: LiveRequest, columns: Columns, isSelected: boolean): Line {
  const words = request.words();
  const { time, method, path, status, duration, client } = columns;
  const line: Line = [
    span(isSelected ? "> " : "  "),
    span(cell(words.time, time), "dim"),
    span(cell(words.method, method)),
    ...pathCell(request, path),
    span(cell(words.status, status), request.isFailed ? "bad" : "good"),
    span(`${inColumns(words.duration, duration - 2, "right")}  `, "dim"),
    span(cell(words.client ?? "", client), request.isResent ? "bold" : "plain"),
  ];
  return isSelected ? line.map(({ text }) => span(text, "selected")) : line;
}

/** The path; what fits behind it of the faults that struck, and of why the request was refused. */
function pathCell(request: LiveRequest, columns: number): readonly Span[] {
  const { path, effect, detail } = request.words();
  const room = Math.max(0, columns - 1);
  const notes: Span[] = [
    ...(effect === undefined ? [] : [span(`  fault ${effect}`, "fault")]),
    ...(detail === undefined || effect !== undefined ? [] : [span(`  ${detail}`, "dim")]),
  ];
  // A fault is always seen, in half of the room at most.
  const kept = effect === undefined ? 0 : Math.min(lineWidth(notes), Math.floor(room / 2));
  const shownPath = fitted([span(path)], room - kept);
  const line = fitted([...shownPath, ...fitted(notes, room - lineWidth(shownPath))], room);
  return [...line, span(" ".repeat(Math.max(0, columns - lineWidth(line))))];
}

function emptyList(state: LiveState): readonly Line[] {
  const { columns } = state.size;
  if (state.filter.trim() !== "") return [[span("  No request passes the filter. Esc removes it.")]];
  return [
    [span("  Waiting for requests. Nothing has been received yet.", "dim")],
    [],
    ...connectionLines(state.connection, columns),
  ];
}

/** The text and a gap of at least one column behind it. */
function cell(text: string, columns: number): string {
  if (columns === 0) return "";
  return inColumns(textWidth(text) < columns ? text : inColumns(text, columns - 1), columns);
}
