/** The tables of what is uncertain about the providers: the engines read them, and docs/fidelity.md is made from them. */

import type { AnswersTo } from "../choices/row.ts";
import { entraGroupRows } from "./entra-rows.ts";
import { oktaConnectionRows, oktaGroupRows, oktaRetryRows } from "./okta-rows.ts";

export const oktaFidelityTable = { ...oktaConnectionRows, ...oktaGroupRows, ...oktaRetryRows };

export const entraFidelityTable = { ...entraGroupRows };

/** One answer for every row about Okta. */
export type OktaFidelity = AnswersTo<typeof oktaFidelityTable>;

/** One answer for every row about Entra ID. */
export type EntraFidelity = AnswersTo<typeof entraFidelityTable>;

/** The same rows under headings, in the order in which they are documented. */
export const fidelitySections = {
  Okta: {
    "Test of the credentials": oktaConnectionRows,
    "Group push": oktaGroupRows,
    "Waiting and repeating": oktaRetryRows,
  },
  "Microsoft Entra ID": {
    "Groups and members": entraGroupRows,
  },
};
