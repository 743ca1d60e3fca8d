/** Limits of Microsoft Graph in resource units (Microsoft Graph: Throttling limits, Identity and access service). */

import type { EmulatedRequest } from "../../http/emulated-api.ts";
import { optionOf } from "../odata/list-query.ts";
import type { ThrottlingLimit } from "../options.ts";

/** What a request costs: `$select` makes it cheaper, `$expand` dearer, few objects cheaper. */
export function costOf(base: number, { query }: Pick<EmulatedRequest, "query">): number {
  const top = Number(optionOf(query, "top") ?? Number.NaN);
  const cost =
    base -
    (optionOf(query, "select") === undefined ? 0 : 1) +
    (optionOf(query, "expand") === undefined ? 0 : 1) -
    (top < 20 ? 1 : 0);
  return Math.max(1, cost);
}

/** For each app and tenant in ten seconds, by the number of users in the tenant. */
export function documentedLimit(users: number): ThrottlingLimit {
  const units = users < 50 ? 3_500 : users <= 500 ? 5_000 : 8_000;
  return { units, perMs: 10_000 };
}

/** Counts in windows of fixed length, one for each client. */
export class Throttle {
  readonly #windows = new Map<string, { begins: number; used: number }>();

  /**
   * Seconds until the client may ask again; undefined where it may now, and the cost is counted. `share` is how much of the
   * limit is used.
   */
  count(
    client: string,
    cost: number,
    { units, perMs }: ThrottlingLimit,
    nowMs: number,
  ): { readonly retryAfter: number | undefined; readonly share: number } {
    const known = this.#windows.get(client);
    const window = known !== undefined && nowMs < known.begins + perMs ? known : { begins: nowMs, used: 0 };
    this.#windows.set(client, window);
    window.used += cost;
    const share = window.used / units;
    if (window.used <= units) return { retryAfter: undefined, share };
    return { retryAfter: Math.max(1, Math.ceil((window.begins + perMs - nowMs) / 1000)), share };
  }
}
