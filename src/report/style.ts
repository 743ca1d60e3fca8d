/** How a report is laid out: what the terminal or the file bears, and how much is wanted. */

import type { ChalkInstance } from "chalk";

export interface Style {
  /** Colours; none at all in any format but text. */
  readonly paint: ChalkInstance;
  /** Width of the terminal; undefined where there is none: then no line is broken, so that each can be searched for. */
  readonly columns: number | undefined;
  /** Every row; otherwise many rows of a kind are counted. */
  readonly all?: boolean;
  /** Takes secrets out, which are no longer found once a text is broken into lines. */
  readonly hide?: (text: string) => string;
}
