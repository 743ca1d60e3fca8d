/** Times as Okta writes them, and when jobs ended. */

import type { Company } from "../../company/company.ts";

/** `2026-01-15T09:00:00.000Z`; null where there is none. */
export function timestamp(at: Date | undefined): string | null {
  return at === undefined ? null : at.toISOString();
}

/** The last of them. */
export function latest(...dates: readonly (Date | undefined)[]): Date | undefined {
  return dates.reduce(
    (one, other) => (one === undefined || (other !== undefined && other > one) ? other : one),
    undefined,
  );
}

/** When the last job about a user or group ended, if that was not before the assignment or push that is there now. */
export function lastJobAt(company: Company, objectId: string, since: Date | undefined): Date | undefined {
  const at = company.lastJobOf(objectId)?.at;
  return at === undefined || (since !== undefined && at < since) ? undefined : at;
}
