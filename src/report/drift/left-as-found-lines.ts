/** Users about whom the provider sends nothing, as a section of a drift: listed, not counted. */

import type { LeftAsFound } from "../../drift/compare/left-as-found.ts";
import { plural } from "../../ground/plural.ts";
import { printable } from "../../ground/printable.ts";

export const leftAsFoundTitle =
  "Active, and left as they are: the provider sends nothing about them (not counted)";

const mostShown = 12;

export function leftAsFoundLines(entries: readonly LeftAsFound[]): readonly string[] {
  const shown = entries
    .slice(0, mostShown)
    .map(({ userName, reason }) => `  ? ${printable(userName)}  ${printable(reason)}`);
  const more = entries.length - shown.length;
  return more === 0 ? shown : [...shown, `  and ${plural(more, "user")} more; --json lists all`];
}
