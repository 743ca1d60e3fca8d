/** Keys for one request, in the list and while it is shown. */

import type { Outcome } from "../event.ts";
import type { LiveRequest } from "../model/live-request.ts";
import type { LiveState } from "../model/state.ts";

export function onRequest(state: LiveState, request: LiveRequest | undefined, key: string): Outcome {
  if (request === undefined) return { state };
  switch (key) {
    case "r":
      return request.logged.original() === undefined
        ? {
            state: {
              ...state,
              notice:
                "It cannot be sent again: its body is not kept, because it is too long or may be secret.",
            },
          }
        : { state, effect: { kind: "send-again", request } };
    case "c":
      return { state, effect: { kind: "print-curl", request } };
    default:
      return { state };
  }
}
