/** Keys in the menu of faults. */

import type { Outcome } from "../event.ts";
import { switched } from "../model/fault-menu.ts";
import type { LiveState } from "../model/state.ts";

export function pressInFaults(state: LiveState, selected: number, key: string): Outcome {
  const { knownFaults, faults } = state;
  const last = knownFaults.length - 1;
  const select = (position: number): Outcome => ({
    state: { ...state, view: { kind: "faults", selected: Math.max(0, Math.min(last, position)) } },
  });
  switch (key) {
    case "up":
    case "k":
      return select(selected - 1);
    case "down":
    case "j":
      return select(selected + 1);
    case "home":
    case "g":
      return select(0);
    case "end":
    case "G":
      return select(last);
    case " ":
    case "return":
    case "enter": {
      const fault = knownFaults[selected];
      if (fault === undefined) return { state };
      return { state, effect: { kind: "change-faults", faults: switched(faults, fault.text) } };
    }
    case "a":
      return { state: { ...state, input: { purpose: "fault", text: "", before: "" } } };
    default:
      return { state };
  }
}
