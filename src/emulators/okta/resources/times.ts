/** Times as Okta writes them, and when jobs ended. */

import type { Company, Relation } from "../../company/company.ts";

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

/** When the last job about a user or group ended; undefined for one about an earlier assignment or push than this one. */
export function lastJobAt(
  company: Company,
  objectId: string,
  relation: Relation | undefined,
): Date | undefined {
  const job = company.lastJobOf(objectId);
  return job === relation?.jobBefore ? undefined : job?.at;
}
