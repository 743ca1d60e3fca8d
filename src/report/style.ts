/** How a report is laid out: what the terminal or the file bears. */

import type { ChalkInstance } from "chalk";

export interface Style {
  /** Colours; none at all in any format but text. */
  readonly paint: ChalkInstance;
  /** Width of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  /** Takes secrets out, which are no longer found once a text is broken into lines. */
  readonly hide?: (text: string) => string;
}
