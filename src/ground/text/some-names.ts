/** A few of many names. */

import { printable } from "./printable.ts";

/** `ada, grace, alan`, or with `, …` behind them where there are more than `most`. */
export function someNames(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).map((name) => printable(name));
  return [...shown, ...(names.length > most ? ["…"] : [])].join(", ");
}
