/** A fault as `--fault` takes it. */

import type { FaultSettings } from "./fault.ts";
import { flagSpelling, type FaultKey } from "./fault-keys.ts";

/** What happens first, then to which requests, how often and for how long. */
const order: Readonly<Record<FaultKey, number>> = {
  status: 1,
  retryAfter: 2,
  when: 3,
  latency: 4,
  cut: 5,
  body: 6,
  contentType: 7,
  slow: 8,
  method: 9,
  path: 10,
  rate: 11,
  every: 12,
  times: 13,
  for: 14,
};

/** `status=429,retry-after=2`: the same text for the same fault, in whatever order its keys were written. */
export function faultText(settings: FaultSettings): string {
  return textOf(Object.entries(settings));
}

/** What happens, without how often and to which requests: `status=429`. */
export function effectText(settings: FaultSettings): string {
  return textOf(
    Object.entries(settings).filter(([key]) => position(key) < order.method && key !== "retryAfter"),
  );
}

function textOf(entries: readonly (readonly [key: string, value: unknown])[]): string {
  return entries
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => position(a) - position(b))
    .map(([key, value]) => `${flagSpelling(key)}=${String(value)}`)
    .join(",");
}

function position(key: string): number {
  return isKey(key) ? order[key] : 0;
}

function isKey(key: string): key is FaultKey {
  return Object.hasOwn(order, key);
}
