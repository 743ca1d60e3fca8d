/** The requests that the live list keeps: the last ones, bounded in number and in size. */

import type { LiveRequest } from "./live-request.ts";

export const keptLimits = {
  requests: 1_000,
  /** Of the bodies of all of them together. */
  characters: 16 * 1024 * 1024,
} as const;

/** The kept ones and the new ones, without the oldest where they are too many. The last one always stays. */
export function withinLimits(
  requests: readonly LiveRequest[],
  limits: { readonly requests: number; readonly characters: number } = keptLimits,
): readonly LiveRequest[] {
  let first = requests.length;
  let characters = 0;
  while (first > 0 && requests.length - first < limits.requests) {
    characters += requests[first - 1]?.logged.characters ?? 0;
    if (characters > limits.characters && first < requests.length) break;
    first -= 1;
  }
  return first === 0 ? requests : requests.slice(first);
}
