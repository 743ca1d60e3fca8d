/** Keys in the menu of faults. */

import type { Outcome } from "../event.ts";
import { switched } from "../model/fault-menu.ts";
import type { LiveState } from "../model/state.ts";
import { actionOf, type Bindings } from "./bindings.ts";

interface InFaults {
  readonly state: LiveState;
  readonly selected: number;
}

const bindings: Bindings<InFaults> = [
  [["up", "k"], ({ state, selected }) => select(state, selected - 1)],
  [["down", "j"], ({ state, selected }) => select(state, selected + 1)],
  [["home", "g"], ({ state }) => select(state, 0)],
  [["end", "G"], ({ state }) => select(state, Infinity)],
  [[" ", "return", "enter"], switchSelected],
  [["a"], ({ state }) => ({ state: { ...state, input: { purpose: "fault", text: "", before: "" } } })],
];

export function pressInFaults(state: LiveState, selected: number, key: string): Outcome {
  return actionOf(bindings, key)?.({ state, selected }) ?? { state };
}

function select(state: LiveState, position: number): Outcome {
  const last = state.knownFaults.length - 1;
  return {
    state: { ...state, view: { kind: "faults", selected: Math.max(0, Math.min(last, position)) } },
  };
}

function switchSelected({ state, selected }: InFaults): Outcome {
  const fault = state.knownFaults[selected];
  if (fault === undefined) return { state };
  return { state, effect: { kind: "change-faults", faults: switched(state.faults, fault.text) } };
}
