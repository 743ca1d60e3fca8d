/** When Okta asks again (Okta: Understanding SCIM, "Handle SCIM server rate limiting"). */

import type { OktaFidelity } from "../../../fidelity/table.ts";
import type { WireAnswer, WireRequest } from "../../../wire/exchange.ts";
import type { RetryRule, Wait } from "../../run/converse.ts";
import type { SubjectKind } from "../../run/events.ts";

const defaultWaitSeconds = 300;
/** Not served, and never will be: no reason to ask again. */
const notImplemented = 501;

/**
 * 429 is repeated: after `Retry-After` where it is a whole number of seconds, after 300 s where it is missing, a
 * date or anything else, twice as long each time; the tenth 429 is final. What a server failed at is repeated where
 * this Okta does so for users or groups. Every other failure is final at once.
 */
export function oktaRetryRule(kind: SubjectKind, fidelity: OktaFidelity): RetryRule {
  const repeats = kind === "group" ? repeatsOfGroups(fidelity) : () => fidelity.userServerErrors === "retry";
  return (answer, attempt, request) => {
    if (isRateLimit(answer)) return rateLimitWait(answer, attempt, fidelity);
    if (kind === "user" && isConflict(answer, request)) return conflictWait(attempt, fidelity);
    return isTransient(answer) && repeats(request) ? transientWait(attempt, fidelity) : undefined;
  };
}

/** What was repeated although it had been carried out would make a group twice, or be a conflict. */
function repeatsOfGroups({ groupServerErrors }: OktaFidelity): (request: WireRequest) => boolean {
  return ({ method }) =>
    groupServerErrors === "all" || (groupServerErrors === "updates" && method !== "POST");
}

function rateLimitWait(
  answer: WireAnswer & { readonly kind: "response" },
  attempt: number,
  { rateLimitAttempts, rateLimitDoubling }: OktaFidelity,
): Wait | undefined {
  if (attempt >= rateLimitAttempts) return undefined;
  const doubled = 2 ** (attempt - 1);
  const retryAfter = answer.headers["retry-after"]?.trim() ?? "";
  if (/^\d{1,9}$/.test(retryAfter)) {
    return {
      seconds: Number(retryAfter) * (rateLimitDoubling === "every" ? doubled : 1),
      reason: `429 Too Many Requests, Retry-After: ${retryAfter}`,
      askedFor: true,
    };
  }
  return {
    seconds: defaultWaitSeconds * doubled,
    reason: `429 Too Many Requests without a Retry-After in seconds, attempt ${attempt} of ${rateLimitAttempts}`,
    askedFor: false,
  };
}

function transientWait(
  attempt: number,
  { transientAttempts, transientWait: seconds }: OktaFidelity,
): Wait | undefined {
  if (attempt >= transientAttempts) return undefined;
  return {
    seconds,
    reason: `the server failed, attempt ${attempt} of ${transientAttempts}`,
    askedFor: false,
  };
}

/** What lightdash #22402 reports. */
const conflictWaitSeconds = 30 * 60;

function isConflict(answer: WireAnswer, { method }: WireRequest): boolean {
  return method === "POST" && answer.kind === "response" && answer.status === 409;
}

function conflictWait(attempt: number, { conflictAttempts }: OktaFidelity): Wait | undefined {
  if (attempt >= conflictAttempts) return undefined;
  return {
    seconds: conflictWaitSeconds,
    reason: `409 Conflict, attempt ${attempt} of ${conflictAttempts}`,
    askedFor: false,
  };
}

function isRateLimit(answer: WireAnswer): answer is WireAnswer & { readonly kind: "response" } {
  return answer.kind === "response" && answer.status === 429;
}

/** A 5xx, a time-out, a connection that was cut or refused. */
function isTransient(answer: WireAnswer): boolean {
  if (answer.kind === "response") return answer.status >= 500 && answer.status !== notImplemented;
  return answer.reason === "timeout" || answer.reason === "reset" || answer.reason === "refused";
}
