/** Names in a sentence. */

import { formatCount } from "./quantities.ts";

const mostNames = 5;

/** `a, b and c`; of many the first five and the number of the rest: `a, b, c, d, e and 7 more`. */
export function nameList(names: readonly string[]): string {
  if (names.length > mostNames + 1) {
    return `${names.slice(0, mostNames).join(", ")} and ${formatCount(names.length - mostNames)} more`;
  }
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
