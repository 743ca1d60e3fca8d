/** Keys while a text is typed: a filter, which works at once, or a fault. */

import { faultText } from "../../../fault/fault-text.ts";
import { parseFault } from "../../../fault/parse-faults.ts";
import type { Outcome } from "../event.ts";
import { activeFault, switched } from "../model/fault-menu.ts";
import { isCharacter, keyName, type KeyPress } from "../model/key-press.ts";
import type { Input, LiveState } from "../model/state.ts";

/** Longer texts are pasted by mistake. */
const longestInput = 200;

export function pressInInput(state: LiveState, input: Input, key: KeyPress): Outcome {
  switch (keyName(key)) {
    case "return":
    case "enter":
      return finished({ ...state, input: undefined }, input);
    case "escape":
      return { state: { ...withText(state, input, input.before), input: undefined } };
    case "backspace":
    case "ctrl-h":
      return { state: withText(state, input, input.text.replace(/.$/su, "")) };
    case "ctrl-u":
      return { state: withText(state, input, "") };
    default:
      if (key.ctrl || !isCharacter(key.sequence)) return { state };
      return { state: withText(state, input, (input.text + key.sequence).slice(0, longestInput)) };
  }
}

function withText(state: LiveState, input: Input, text: string): LiveState {
  const next = { ...state, input: { ...input, text } };
  return input.purpose === "filter" ? { ...next, filter: text } : next;
}

function finished(state: LiveState, { purpose, text }: Input): Outcome {
  if (purpose === "filter" || text.trim() === "") return { state };
  const reading = parseFault(text.trim());
  if (reading.kind === "mistake") {
    const { message, hint } = reading.mistake;
    // What was typed can be corrected.
    return {
      state: { ...state, input: { purpose, text, before: "" }, notice: `${message} ${hint}` },
    };
  }
  const added = faultText(reading.fault.settings);
  if (activeFault(state.faults, added) !== undefined) {
    return { state: { ...state, notice: "This fault is on already." } };
  }
  return { state, effect: { kind: "change-faults", faults: switched(state.faults, added) } };
}
