/** How many requests Astro takes from one token (Astro docs: API best practices, rate limits). */

/** Requests of these methods, counted together, at most so many a second. */
export interface AstroRateLimit {
  readonly methods: readonly ("GET" | "POST" | "PUT" | "PATCH" | "DELETE")[];
  readonly perSecond: number;
}

/**
 * Documented: POST 10, DELETE 5, GET 25 a second and token.
 * Inferred: PUT and PATCH, which the documentation does not mention, count as writes like POST.
 */
export const astroRateLimits: readonly AstroRateLimit[] = [
  { methods: ["POST", "PUT", "PATCH"], perSecond: 10 },
  { methods: ["DELETE"], perSecond: 5 },
  { methods: ["GET"], perSecond: 25 },
];
