/** The tables of what is uncertain about the providers: the engines read them, and docs/fidelity.md is made from them. */

import type { AnswersTo } from "../choices/row.ts";
import { entraGroupRows } from "./entra-group-rows.ts";
import {
  entraCycleRows,
  entraErrorRows,
  entraQuarantineRows,
  entraUserRows,
  entraWireRows,
} from "./entra-rows.ts";
import { oktaGroupRows } from "./okta-group-rows.ts";
import {
  oktaConnectionRows,
  oktaImportRows,
  oktaLookupRows,
  oktaOrderRows,
  oktaRetryRows,
  oktaUserRows,
} from "./okta-rows.ts";

export const oktaFidelityTable = {
  ...oktaConnectionRows,
  ...oktaLookupRows,
  ...oktaUserRows,
  ...oktaGroupRows,
  ...oktaImportRows,
  ...oktaOrderRows,
  ...oktaRetryRows,
};

export const entraFidelityTable = {
  ...entraWireRows,
  ...entraUserRows,
  ...entraGroupRows,
  ...entraCycleRows,
  ...entraQuarantineRows,
  ...entraErrorRows,
};

/** One answer for every row about Okta. */
export type OktaFidelity = AnswersTo<typeof oktaFidelityTable>;

/** One answer for every row about Entra ID. */
export type EntraFidelity = AnswersTo<typeof entraFidelityTable>;

/** The same rows under headings, in the order in which they are documented. */
export const fidelitySections = {
  Okta: {
    "Test of the credentials": oktaConnectionRows,
    "Looking for an account": oktaLookupRows,
    Users: oktaUserRows,
    "Group push": oktaGroupRows,
    Import: oktaImportRows,
    Order: oktaOrderRows,
    "Waiting and repeating": oktaRetryRows,
  },
  "Microsoft Entra ID": {
    "Every request": entraWireRows,
    Users: entraUserRows,
    "Groups and members": entraGroupRows,
    Cycles: entraCycleRows,
    Quarantine: entraQuarantineRows,
    "Error codes": entraErrorRows,
  },
};
