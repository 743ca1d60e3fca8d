/** Keys in a view that is text to scroll. */

import type { Outcome } from "../event.ts";
import { listWindow, selectionAt } from "../model/list-window.ts";
import type { LiveState } from "../model/state.ts";
import { pageHeight, withinPage, type Page } from "../view/pages.ts";
import { actionOf, type Bindings } from "./bindings.ts";
import { onRequest } from "./on-request.ts";

interface InPage {
  readonly state: LiveState;
  readonly page: Page;
  /** The first line that is seen. */
  readonly top: number;
  /** Lines by which a page scrolls. */
  readonly height: number;
}

const bindings: Bindings<InPage> = [
  [["up", "k"], (at) => scroll(at, at.top - 1)],
  [["down", "j"], (at) => scroll(at, at.top + 1)],
  [["pageup", "b"], (at) => scroll(at, at.top - at.height)],
  [["pagedown", " "], (at) => scroll(at, at.top + at.height)],
  [["home", "g"], (at) => scroll(at, 0)],
  [["end", "G"], (at) => scroll(at, Infinity)],
  [["return", "enter"], ({ state }) => ({ state: { ...state, view: { kind: "list" } } })],
  [["left"], ({ state, page }) => openNeighbour(state, page, "before")],
  [["right"], ({ state, page }) => openNeighbour(state, page, "after")],
];

export function pressInPage(state: LiveState, page: Page, key: string): Outcome {
  const act = actionOf(bindings, key);
  if (act === undefined) return pressOnContent(state, page, key);
  // The screen may have grown since, so that the page begins further up than it was left.
  const top = withinPage(page.top, page, state);
  return act({ state, page, top, height: Math.max(1, pageHeight(state.size) - 1) });
}

function pressOnContent(state: LiveState, page: Page, key: string): Outcome {
  if (page.kind === "request") return onRequest(state, page.request, key);
  return page.kind === "connection" && key === "c" ? { state, effect: { kind: "show-shell" } } : { state };
}

function scroll({ state, page }: InPage, top: number): Outcome {
  return { state: { ...state, view: { ...page, top: withinPage(top, page, state) } } };
}

/** The request before, or after, the one that is shown; which may no longer be in the list. */
function openNeighbour(state: LiveState, page: Page, which: "before" | "after"): Outcome {
  if (page.kind !== "request") return { state };
  const { number } = page.request;
  const { requests } = listWindow(state);
  const position =
    which === "after"
      ? requests.findIndex((request) => request.number > number)
      : requests.findLastIndex((request) => request.number < number);
  const request = requests[position];
  if (request === undefined) {
    const notice = which === "after" ? "This is the last one." : "This is the first one.";
    return { state: { ...state, notice } };
  }
  return {
    state: { ...state, selection: selectionAt(state, position), view: { kind: "request", request, top: 0 } },
  };
}
