/** All that the screen of the live list shows: a value, changed by keys and requests alone (update.ts). */

import type { FaultStatus } from "../../../server/faults/faults.ts";
import type { KnownFault } from "./fault-menu.ts";
import type { LiveRequest } from "./live-request.ts";

/** Of the terminal, in characters. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** How a client reaches the server: labels and values, the SCIM URL first. */
export type Connection = readonly { readonly label: string; readonly value: string }[];

/** The latest request, whichever it is; or one by its number, with the one in the first line. */
export type Selection =
  | { readonly kind: "latest" }
  | { readonly kind: "one"; readonly number: number; readonly top: number };

/** What fills the screen. `top` is the first line that is seen. */
export type View =
  | { readonly kind: "list" }
  | { readonly kind: "request"; readonly request: LiveRequest; readonly top: number }
  | { readonly kind: "faults"; readonly selected: number }
  | { readonly kind: "help"; readonly top: number }
  | { readonly kind: "connection"; readonly top: number };

/** A text that is being typed, and the filter to which Esc returns. */
export interface Input {
  readonly purpose: "filter" | "fault";
  readonly text: string;
  readonly before: string;
}

export interface LiveState {
  readonly size: Size;
  readonly connection: Connection;
  readonly requests: readonly LiveRequest[];
  /** Of all requests since the start, also of those that are not kept any more. */
  readonly total: number;
  readonly failed: number;
  /** The list as it stood when it was paused. */
  readonly paused: { readonly requests: readonly LiveRequest[]; readonly total: number } | undefined;
  /** Empty shows all. */
  readonly filter: string;
  readonly selection: Selection;
  readonly view: View;
  readonly input: Input | undefined;
  /** Those to choose from. */
  readonly knownFaults: readonly KnownFault[];
  /** Those that are set. */
  readonly faults: readonly FaultStatus[];
  /** One sentence in the last line, until the next key. */
  readonly notice: string | undefined;
}

export function initialState({
  size,
  connection,
  knownFaults,
  faults,
}: Pick<LiveState, "size" | "connection" | "knownFaults" | "faults">): LiveState {
  return {
    size,
    connection,
    requests: [],
    total: 0,
    failed: 0,
    paused: undefined,
    filter: "",
    selection: { kind: "latest" },
    view: { kind: "list" },
    input: undefined,
    knownFaults,
    faults,
    notice: undefined,
  };
}
