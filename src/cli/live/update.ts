/** The next state of the live list: what an event, a key first of all, makes of it. Pure. */

import type { LiveEvent, Outcome } from "./event.ts";
import { withNewFaults } from "./model/fault-menu.ts";
import { withinLimits } from "./model/kept-requests.ts";
import { keyName, type KeyPress } from "./model/key-press.ts";
import type { LiveState } from "./model/state.ts";
import { pressInFaults } from "./press/in-faults.ts";
import { pressInInput } from "./press/in-input.ts";
import { pressInList } from "./press/in-list.ts";
import { pressInPage } from "./press/in-page.ts";
import { isPage } from "./view/pages.ts";

export function update(state: LiveState, event: LiveEvent): Outcome {
  switch (event.kind) {
    case "requests": {
      const { requests, total, failed } = event;
      return {
        state: { ...state, requests: withinLimits([...state.requests, ...requests]), total, failed },
      };
    }
    case "resize":
      return { state: { ...state, size: event.size } };
    case "faults": {
      const knownFaults = withNewFaults(state.knownFaults, event.faults);
      return { state: { ...state, faults: event.faults, knownFaults } };
    }
    case "notice":
      return { state: { ...state, notice: event.text } };
    case "key":
      return press({ ...state, notice: undefined }, event.key);
  }
}

function press(state: LiveState, key: KeyPress): Outcome {
  const name = keyName(key);
  if (name === "ctrl-c") return { state, effect: { kind: "quit" } };
  if (name === "ctrl-l") return { state, effect: { kind: "redraw" } };
  if (state.input !== undefined) return pressInInput(state, state.input, key);
  const { view } = state;
  if (view.kind === "list") return pressInList(state, name);
  if (name === "escape" || name === "q") return { state: { ...state, view: { kind: "list" } } };
  if (view.kind === "faults") return pressInFaults(state, view.selected, name);
  return isPage(view) ? pressInPage(state, view, name) : { state };
}
