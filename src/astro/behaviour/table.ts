/** The one table of how the local Astro behaves: the server reads it, and docs/emulation.md is made from it. */

import { bodyRows } from "./bodies.ts";
import { filterRows } from "./filters.ts";
import { patchRows } from "./patch.ts";
import { requestRows } from "./requests.ts";
import type { ChoiceRow } from "./row.ts";
import { teamRows } from "./teams.ts";
import { userRows } from "./users.ts";

export const behaviourTable = {
  ...requestRows,
  ...bodyRows,
  ...filterRows,
  ...patchRows,
  ...userRows,
  ...teamRows,
};

/** The same rows under headings, in the order in which they are documented. */
export const behaviourSections = {
  "Requests and answers": requestRows,
  Bodies: bodyRows,
  "Attribute paths and filters": filterRows,
  PATCH: patchRows,
  Users: userRows,
  Teams: teamRows,
};

export type BehaviourName = keyof typeof behaviourTable;

type ValueOf<Row> = Row extends ChoiceRow<infer Value> ? Value : number;

/** One answer for every row. */
export type Behaviour = { readonly [Name in BehaviourName]: ValueOf<(typeof behaviourTable)[Name]> };

/** How an Astro is to behave where it differs from the default. */
export interface BehaviourChoice {
  /** The RFCs' reading instead of the lenient one. */
  readonly strict?: boolean;
  /** Single answers; they count more than `strict`. */
  readonly behaviour?: Partial<Behaviour>;
}

/** Whether there is a row of that name. */
export function isBehaviourName(name: string): name is BehaviourName {
  return Object.hasOwn(behaviourTable, name);
}
