/** Which requests the list shows, and which of them are on the screen. */

import { passesFilter } from "./filter.ts";
import type { LiveRequest } from "./live-request.ts";
import type { LiveState, Selection, Size } from "./state.ts";

/** Lines above the list: the address of the server and the names of the columns. */
export const linesAbove = 2;

/** Lines of the terminal that are left between the first ones and the status line. */
export function listHeight({ rows }: Size): number {
  return Math.max(0, rows - linesAbove - 1);
}

/** All that can be selected, the oldest first. */
export function listed(state: Pick<LiveState, "paused" | "requests" | "filter">): readonly LiveRequest[] {
  const requests = state.paused?.requests ?? state.requests;
  if (state.filter.trim() === "") return requests;
  return requests.filter((request) => passesFilter(request, state.filter));
}

export interface ListWindow {
  readonly requests: readonly LiveRequest[];
  /** Of the request in the first line. */
  readonly top: number;
  /** Of the selected request; -1 where there are none. */
  readonly selected: number;
}

/** Positions are those in `requests`, all that can be selected. */
export function listWindow(state: LiveState): ListWindow {
  const requests = listed(state);
  const height = Math.max(1, listHeight(state.size));
  const last = requests.length - 1;
  const { selection } = state;
  const selected = selection.kind === "latest" ? last : positionOf(requests, selection.number);
  const wished = selection.kind === "latest" ? last : positionOf(requests, selection.top);
  return { requests, selected, top: topFor({ selected, wished, last, height }) };
}

/** The selection of the request at a position, which is moved into the list where it is outside. */
export function selectionAt(state: LiveState, position: number): Selection {
  const { requests, top: wished } = listWindow(state);
  const height = Math.max(1, listHeight(state.size));
  const last = requests.length - 1;
  const selected = Math.max(0, Math.min(last, position));
  const request = requests[selected];
  if (request === undefined) return { kind: "latest" };
  const top = requests[topFor({ selected, wished, last, height })] ?? request;
  return { kind: "one", number: request.number, top: top.number };
}

/** The list moves no further than it has to for the selected request to be seen, and leaves no lines empty. */
function topFor(at: {
  readonly selected: number;
  readonly wished: number;
  readonly last: number;
  readonly height: number;
}): number {
  const lowest = Math.max(0, at.last - at.height + 1);
  const top = Math.min(at.wished, lowest);
  return Math.max(0, Math.min(Math.max(top, at.selected - at.height + 1), Math.max(0, at.selected)));
}

/** The request with that number, or else the next one: the oldest are dropped, and the filter hides some. */
function positionOf(requests: readonly LiveRequest[], number: number): number {
  let [low, high] = [0, requests.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((requests[middle]?.number ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, requests.length - 1);
}
