/** Astro's own side of an organization: what its IAM API knows and SCIM does not. */

import { AppError } from "../../ground/errors.ts";
import type { TeamRecord, UserRecord } from "./record.ts";

/** Read completely, or not at all. */
export interface IamSide {
  /** Pending ones included: an invitation is seen as a user with the status PENDING. */
  readonly users: readonly UserRecord[];
  readonly teams: readonly TeamRecord[];
  /** Ids of the members by the id of their Team, of the Teams whose members were asked for. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  readonly isScimEnabled: boolean;
}

/** Whether a comparison knows Astro's own side. */
export type IamReading =
  /** SCIM alone: asked for, or a server without IAM. */
  | { readonly kind: "not-asked" }
  /** It should be there, and could not be read: what depends on it is unknown. `reason` is a clause. */
  | { readonly kind: "unreadable"; readonly reason: string }
  | {
      readonly kind: "read";
      readonly side: IamSide;
      /** Nothing was read over SCIM. */
      readonly isOnlySource: boolean;
    };

/** The statuses of a user (Astro API reference, User). */
const statuses: ReadonlySet<string> = new Set(["ACTIVE", "INACTIVE", "PENDING", "BANNED"]);

/**
 * A status that nobody described could mean either that the account can be used, or that it cannot.
 * @throws AppError source-incomplete
 */
export function requireKnownStatuses(users: readonly UserRecord[]): void {
  const unknown = users.find(({ status }) => !statuses.has(status));
  if (unknown === undefined) return;
  throw new AppError(
    "source-incomplete",
    `The IAM API gives ${unknown.email} the status ${unknown.status}, which Astro's API reference does not describe.`,
    { hint: "It is unknown whether that account is active. Add --api scim to compare over SCIM alone." },
  );
}
