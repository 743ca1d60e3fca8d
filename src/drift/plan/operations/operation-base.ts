/** What every operation of a plan has, and whom it is about. */

import type { StateKey } from "../../../astro/state.ts";

/** The user or Team that an operation writes, as it was seen when the plan was made. */
export interface OperationSubject {
  readonly kind: "user" | "team";
  readonly key: StateKey;
  readonly name: string;
  /** null where the plan itself makes it. */
  readonly scimId: string | null;
  /** What to find unchanged before writing; null where there was nothing. */
  readonly fingerprint: string | null;
}

/** A user who is to become a member, or to be one no longer. */
export interface OperationMember {
  readonly key: StateKey;
  readonly userName: string;
  /** null for an account that the operation `after` makes first. */
  readonly scimId: string | null;
  /** Id of the operation without which there is no active account to add. */
  readonly after: string | null;
  /** The user was asked for by name. */
  readonly named?: true;
}

/** What every operation has. */
export interface OperationBase {
  /** Unique in its plan, the same for the same drift: `create-user ada@example.com`. */
  readonly id: string;
  readonly subject: OperationSubject;
  /** Ids of operations that must have been carried out; all stand earlier in the plan. */
  readonly dependsOn: readonly string[];
  /** One line for people, in the infinitive: `add 2 members to the Team Data: a@example.com, b@example.com`. */
  readonly summary: string;
  /** What it writes was asked for by name, so that no budget counts it. */
  readonly named?: true;
  /** Why it goes over SCIM although the provider could be asked, as a clause; left out where there is no choice. */
  readonly overScim?: string;
}
