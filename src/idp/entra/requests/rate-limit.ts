/** What Entra does about a 429: Microsoft's answers contradict each other, so it is a switch. */

import type { EntraFidelity } from "../../../fidelity/table.ts";
import type { RetryRule } from "../../run/converse.ts";

/** Inferred: Entra would not wait forever. */
const mostAttempts = 10;

/** Repeats after Retry-After where this Entra honours it; everything else is left to a later cycle. */
export function rateLimitRule({ entraRateLimit }: EntraFidelity): RetryRule {
  if (entraRateLimit === "next-cycle") return () => undefined;
  return (answer, attempt) => {
    if (answer.kind !== "response" || answer.status !== 429 || attempt >= mostAttempts) return undefined;
    const retryAfter = answer.headers["retry-after"]?.trim() ?? "";
    if (!/^\d{1,9}$/.test(retryAfter)) return undefined;
    return {
      seconds: Number(retryAfter),
      reason: `429 Too Many Requests, Retry-After: ${retryAfter}`,
      askedFor: true,
    };
  };
}
