/** How Okta waits when a server limits its rate (Okta: Understanding SCIM, "Handle SCIM server rate limiting"). */

import type { RetryRule } from "../converse.ts";

const defaultWaitSeconds = 300;
const maxAttempts = 10;

/**
 * 429 alone is repeated: after `Retry-After` where it is a whole number of seconds, after 300 s where it is
 * missing, a date or anything else, twice as long each time; the tenth 429 is final. Every other failure is
 * final at once.
 */
export const oktaRetryRule: RetryRule = (answer, attempt) => {
  if (answer.kind !== "response" || answer.status !== 429 || attempt >= maxAttempts) return undefined;
  const retryAfter = answer.headers["retry-after"]?.trim() ?? "";
  if (/^\d{1,9}$/.test(retryAfter)) {
    return { seconds: Number(retryAfter), reason: `429 Too Many Requests, Retry-After: ${retryAfter}` };
  }
  return {
    seconds: defaultWaitSeconds * 2 ** (attempt - 1),
    reason: `429 Too Many Requests without a Retry-After in seconds, attempt ${attempt} of ${maxAttempts}`,
  };
};
