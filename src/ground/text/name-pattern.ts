/** Patterns of names: `*` is any number of characters, `?` is one, everything else is itself, in any case. */

import { foldCase } from "./fold-case.ts";

/** Whether a pattern means a name. It takes at most as many comparisons as both lengths multiplied. */
export function matchesPattern(pattern: string, name: string): boolean {
  const signs = Array.from(foldCase(pattern));
  const characters = Array.from(foldCase(name));
  let sign = 0;
  let at = 0;
  // Where the last `*` stands, and up to where it takes characters for now.
  let star: { readonly sign: number; at: number } | undefined;
  while (at < characters.length) {
    if (signs[sign] === "*") {
      star = { sign, at };
      sign += 1;
    } else if (signs[sign] === "?" || (sign < signs.length && signs[sign] === characters[at])) {
      sign += 1;
      at += 1;
    } else if (star !== undefined) {
      star.at += 1;
      at = star.at;
      sign = star.sign + 1;
    } else {
      return false;
    }
  }
  return signs.slice(sign).every((rest) => rest === "*");
}
