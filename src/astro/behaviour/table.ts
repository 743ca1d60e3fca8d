/** The one table of how the local Astro behaves: the server reads it, and docs/emulation.md is made from it. */

import type { AnswersTo } from "../../choices/row.ts";
import { bodyRows } from "./bodies.ts";
import { filterRows } from "./filters.ts";
import { iamRows, scimModeRows } from "./iam.ts";
import { patchRows } from "./patch.ts";
import { requestRows } from "./requests.ts";
import { teamRows } from "./teams.ts";
import { limitAndAuditRows } from "./limits-and-audit.ts";
import { userRows } from "./users.ts";

export const behaviourTable = {
  ...requestRows,
  ...limitAndAuditRows,
  ...bodyRows,
  ...filterRows,
  ...patchRows,
  ...userRows,
  ...teamRows,
  ...iamRows,
  ...scimModeRows,
};

/** The same rows under headings, in the order in which they are documented. */
export const behaviourSections = {
  "Requests and answers": requestRows,
  "Rate limits and audit log": limitAndAuditRows,
  Bodies: bodyRows,
  "Attribute paths and filters": filterRows,
  PATCH: patchRows,
  Users: userRows,
  Teams: teamRows,
  "Astro's own API": iamRows,
  "SCIM mode": scimModeRows,
};

export type BehaviourName = keyof typeof behaviourTable;

/** One answer for every row. */
export type Behaviour = AnswersTo<typeof behaviourTable>;

/** How an Astro is to behave where it differs from the default. */
export interface BehaviourChoice {
  /** The RFCs' reading instead of the lenient one. */
  readonly strict?: boolean;
  /** Single answers; they count more than `strict`. */
  readonly behaviour?: Partial<Behaviour>;
}
