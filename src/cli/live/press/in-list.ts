/** Keys in the list of requests. */

import type { Outcome } from "../event.ts";
import type { LiveRequest } from "../model/live-request.ts";
import { listHeight, listWindow, selectionAt } from "../model/list-window.ts";
import type { LiveState } from "../model/state.ts";
import { onRequest } from "./on-request.ts";

export function pressInList(state: LiveState, key: string): Outcome {
  const { requests, selected } = listWindow(state);
  const page = Math.max(1, listHeight(state.size) - 1);
  const select = (position: number): Outcome => ({
    state: { ...state, selection: selectionAt(state, position) },
  });
  switch (key) {
    case "up":
    case "k":
      return select(selected - 1);
    case "down":
    case "j":
      return select(selected + 1);
    case "pageup":
      return select(selected - page);
    case "pagedown":
      return select(selected + page);
    case "home":
    case "g":
      return select(0);
    case "end":
    case "G":
      return { state: { ...state, selection: { kind: "latest" } } };
    case "return":
    case "enter":
      return open(state, requests[selected]);
    case " ":
    case "p":
      return { state: pausedOrNot(state) };
    case "/":
      return { state: { ...state, input: { purpose: "filter", text: state.filter, before: state.filter } } };
    case "escape":
      return { state: { ...state, filter: "" } };
    case "f":
      return { state: { ...state, view: { kind: "faults", selected: 0 } } };
    case "i":
      return { state: { ...state, view: { kind: "connection", top: 0 } } };
    case "?":
    case "h":
      return { state: { ...state, view: { kind: "help", top: 0 } } };
    case "q":
      return { state, effect: { kind: "quit" } };
    default:
      return onRequest(state, requests[selected], key);
  }
}

function open(state: LiveState, request: LiveRequest | undefined): Outcome {
  if (request === undefined) return { state };
  // The list stays where it is while the request is read.
  const { selected } = listWindow(state);
  return {
    state: { ...state, selection: selectionAt(state, selected), view: { kind: "request", request, top: 0 } },
  };
}

function pausedOrNot(state: LiveState): LiveState {
  const { paused, requests, total } = state;
  if (paused === undefined) return { ...state, paused: { requests, total } };
  return { ...state, paused: undefined, selection: { kind: "latest" } };
}
