/** Keys in the list of requests. */

import type { Outcome } from "../event.ts";
import type { LiveRequest } from "../model/live-request.ts";
import { listHeight, listWindow, selectionAt } from "../model/list-window.ts";
import type { LiveState } from "../model/state.ts";
import { actionOf, type Bindings } from "./bindings.ts";
import { onRequest } from "./on-request.ts";

interface InList {
  readonly state: LiveState;
  /** Position of the selected request. */
  readonly selected: number;
  readonly request: LiveRequest | undefined;
}

const bindings: Bindings<InList> = [
  [["up", "k"], ({ state, selected }) => select(state, selected - 1)],
  [["down", "j"], ({ state, selected }) => select(state, selected + 1)],
  [["pageup"], ({ state, selected }) => select(state, selected - pageOf(state))],
  [["pagedown"], ({ state, selected }) => select(state, selected + pageOf(state))],
  [["home", "g"], ({ state }) => select(state, 0)],
  [["end", "G"], ({ state }) => ({ state: { ...state, selection: { kind: "latest" } } })],
  [["return", "enter"], open],
  [[" ", "p"], ({ state }) => ({ state: pausedOrNot(state) })],
  [
    ["/"],
    ({ state }) => ({
      state: { ...state, input: { purpose: "filter", text: state.filter, before: state.filter } },
    }),
  ],
  [["escape"], ({ state }) => ({ state: { ...state, filter: "" } })],
  [["f"], ({ state }) => ({ state: { ...state, view: { kind: "faults", selected: 0 } } })],
  [["i"], ({ state }) => ({ state: { ...state, view: { kind: "connection", top: 0 } } })],
  [["?", "h"], ({ state }) => ({ state: { ...state, view: { kind: "help", top: 0 } } })],
  [["q"], ({ state }) => ({ state, effect: { kind: "quit" } })],
];

export function pressInList(state: LiveState, key: string): Outcome {
  const { requests, selected } = listWindow(state);
  const request = requests[selected];
  const act = actionOf(bindings, key);
  return act === undefined ? onRequest(state, request, key) : act({ state, selected, request });
}

function select(state: LiveState, position: number): Outcome {
  return { state: { ...state, selection: selectionAt(state, position) } };
}

function pageOf({ size }: LiveState): number {
  return Math.max(1, listHeight(size) - 1);
}

function open({ state, selected, request }: InList): Outcome {
  if (request === undefined) return { state };
  // The list stays where it is while the request is read.
  return {
    state: { ...state, selection: selectionAt(state, selected), view: { kind: "request", request, top: 0 } },
  };
}

function pausedOrNot(state: LiveState): LiveState {
  const { paused, requests, total } = state;
  if (paused === undefined) return { ...state, paused: { requests, total } };
  return { ...state, paused: undefined, selection: { kind: "latest" } };
}
