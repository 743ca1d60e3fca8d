/** Why a provider looks at its app. */

import type { Action } from "../../directory/action.ts";
import type { Directory } from "../../directory/directory.ts";

/** `everything`: the start of a rehearsal. `action`: something was done; `before` is the directory as it was then. */
export type Occasion =
  | { readonly kind: "everything" }
  | { readonly kind: "action"; readonly action: Action; readonly before: Directory };
