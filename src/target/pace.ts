/** At which pace a target is spoken to. */

import { astroRateLimits } from "../astro/rate-limits.ts";
import type { RateLimit } from "../http/rate.ts";
import type { WireMethod } from "../wire/exchange.ts";
import type { Target } from "./resolve-target.ts";

const allMethods: readonly WireMethod[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/**
 * `--rate`, else the profile's, counts all requests together; without either, the documented limits of Astro's
 * own host, and none for other servers.
 */
export function rateLimitsFor(target: Target, rate: number | undefined): readonly RateLimit[] {
  if (target.kind === "in-process") return [];
  const perSecond = rate ?? target.profile?.rate;
  if (perSecond !== undefined) return [{ methods: allMethods, perSecond }];
  return target.isPublicAstro ? astroRateLimits : [];
}
