/** When two values of a mapped attribute are the same. */

import { comparisonAt } from "../../astro/attributes.ts";
import { foldCase } from "../../ground/fold-case.ts";

/**
 * Compares two values at a mapped attribute path; undefined is no value. In Unicode NFC, for directories hold `é`
 * in both its forms; e-mail addresses without regard to case, for servers fold them.
 */
export function isSameValue(path: string, a: string | undefined, b: string | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return comparisonAt(path) === "ignoring-case"
    ? foldCase(a) === foldCase(b)
    : a.normalize() === b.normalize();
}
