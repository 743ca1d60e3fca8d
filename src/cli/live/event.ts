/** What happens to the live list, and what it asks for in turn. */

import type { FaultSpec } from "../../fault/parse-faults.ts";
import type { FaultStatus } from "../../server/faults/faults.ts";
import type { KeyPress } from "./model/key-press.ts";
import type { LiveRequest } from "./model/live-request.ts";
import type { LiveState, Size } from "./model/state.ts";

export type LiveEvent =
  /** Answered since the last event, with the counts since the start. */
  | {
      readonly kind: "requests";
      readonly requests: readonly LiveRequest[];
      readonly total: number;
      readonly failed: number;
    }
  | { readonly kind: "key"; readonly key: KeyPress }
  | { readonly kind: "resize"; readonly size: Size }
  | { readonly kind: "faults"; readonly faults: readonly FaultStatus[] }
  /** One sentence for the last line. */
  | { readonly kind: "notice"; readonly text: string };

export type LiveEffect =
  | { readonly kind: "quit" }
  | { readonly kind: "redraw" }
  | { readonly kind: "send-again"; readonly request: LiveRequest }
  /** What was printed before the list, to copy it: lines that the screen wraps are whole there. */
  | { readonly kind: "show-shell" }
  | { readonly kind: "print-curl"; readonly request: LiveRequest }
  | { readonly kind: "change-faults"; readonly faults: readonly FaultSpec[] };

export interface Outcome {
  readonly state: LiveState;
  /** Undefined where the state is all that changed. */
  readonly effect?: LiveEffect;
}
