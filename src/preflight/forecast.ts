/** How long the first run takes, by what is documented of Astro's limits and of each provider. */

import { astroRateLimits } from "../astro/rate-limits.ts";
import { countMemberships } from "./outcome.ts";
import type { PreflightSubject } from "./subject.ts";

export type Duration =
  /** Okta: as fast as Astro allows; each answer 429 adds to that. */
  | {
      readonly kind: "pace-of-astro";
      readonly atLeastSeconds: number;
      /** For a 429 without Retry-After (Okta: Handle SCIM server rate limiting). */
      readonly secondsPer429: number;
    }
  /** Entra ID's own estimate for an initial cycle, over users, groups and memberships in scope. */
  | {
      readonly kind: "estimate-of-entra";
      readonly atLeastSeconds: number;
      readonly atMostSeconds: number;
      readonly objects: number;
    };

export interface Forecast {
  /** Requests of the first run, the test of the credentials included. */
  readonly requests: number;
  /** By method. */
  readonly byMethod: Readonly<Record<string, number>>;
  readonly duration: Duration;
}

const secondsPer429 = 300;

/** Minutes for each user, group and membership of an initial cycle (Microsoft: How long will it take to provision users). */
const minutesPerObject = { least: 0.01, most: 0.08 } as const;

export function forecastOf(subject: PreflightSubject): Forecast {
  const { run, provided } = subject;
  const byMethod = run.requests;
  const requests = Object.values(byMethod).reduce((sum, count) => sum + count, 0);
  const duration = provided.app.idp === "okta" ? paceOfAstro(byMethod) : estimateOfEntra(subject);
  return { requests, byMethod, duration };
}

/** All limits hold at the same time, so the slowest methods decide. */
function paceOfAstro(byMethod: Readonly<Record<string, number>>): Duration {
  const seconds = astroRateLimits.map(({ methods, perSecond }) => {
    const count = methods.reduce((sum, method) => sum + (byMethod[method] ?? 0), 0);
    return count / perSecond;
  });
  return { kind: "pace-of-astro", atLeastSeconds: Math.ceil(Math.max(0, ...seconds)), secondsPer429 };
}

function estimateOfEntra({ expected }: PreflightSubject): Duration {
  const users = [...expected.users.values()].filter(({ presence }) => presence === "active").length;
  const objects = users + expected.teams.size + countMemberships(expected.teams.values());
  return {
    kind: "estimate-of-entra",
    atLeastSeconds: Math.ceil(objects * minutesPerObject.least * 60),
    atMostSeconds: Math.ceil(objects * minutesPerObject.most * 60),
    objects,
  };
}
