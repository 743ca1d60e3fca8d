/** Keys in a view that is text to scroll. */

import type { Outcome } from "../event.ts";
import { listWindow, selectionAt } from "../model/list-window.ts";
import type { LiveState } from "../model/state.ts";
import { pageHeight, withinPage, type Page } from "../view/pages.ts";
import { onRequest } from "./on-request.ts";

export function pressInPage(state: LiveState, page: Page, key: string): Outcome {
  const height = Math.max(1, pageHeight(state.size) - 1);
  // The screen may have grown since, so that the page begins further up than it was left.
  const now = withinPage(page.top, page, state);
  const scroll = (top: number): Outcome => ({
    state: { ...state, view: { ...page, top: withinPage(top, page, state) } },
  });
  switch (key) {
    case "up":
    case "k":
      return scroll(now - 1);
    case "down":
    case "j":
      return scroll(now + 1);
    case "pageup":
    case "b":
      return scroll(now - height);
    case "pagedown":
    case " ":
      return scroll(now + height);
    case "home":
    case "g":
      return scroll(0);
    case "end":
    case "G":
      return scroll(Number.MAX_SAFE_INTEGER);
    case "return":
    case "enter":
      return { state: { ...state, view: { kind: "list" } } };
    case "left":
      return page.kind === "request" ? openNeighbour(state, page.request.number, -1) : { state };
    case "right":
      return page.kind === "request" ? openNeighbour(state, page.request.number, 1) : { state };
    default:
      return page.kind === "request" ? onRequest(state, page.request, key) : { state };
  }
}

/** The request before, or after, the one that is shown; which may no longer be in the list. */
function openNeighbour(state: LiveState, number: number, direction: -1 | 1): Outcome {
  const { requests } = listWindow(state);
  const position =
    direction === 1
      ? requests.findIndex((request) => request.number > number)
      : requests.findLastIndex((request) => request.number < number);
  const request = requests[position];
  if (request === undefined) {
    return {
      state: { ...state, notice: direction === 1 ? "This is the last one." : "This is the first one." },
    };
  }
  return {
    state: { ...state, selection: selectionAt(state, position), view: { kind: "request", request, top: 0 } },
  };
}
