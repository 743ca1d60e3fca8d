/** Users who are assigned for single sign-on alone, as a section of a drift: listed, not counted. */

import type { SsoOnlyEntry } from "../../drift/compare/users/sso-only.ts";
import { countedRows } from "../layout/counted.ts";
import { rowLines } from "../layout/rows.ts";
import type { Style } from "../style.ts";

export const ssoOnlyTitle =
  "Assigned before Provisioning was switched on (not counted: nothing is sent for these users before Provision User)";

/** Those with an account come first: they are what somebody must look at. */
export function ssoOnlyLines(entries: readonly SsoOnlyEntry[], style: Style): readonly string[] {
  const sorted = ["active", "inactive", "missing"].flatMap((account) =>
    entries.filter((entry) => entry.account === account),
  );
  const rows = countedRows(
    sorted,
    {
      sign: "?",
      noun: "user",
      nameOf: ({ user, userName }) => userName ?? user,
      textOf: ({ account }) => accounts[account],
    },
    style,
  );
  return rowLines(rows, style);
}

const accounts: Readonly<Record<SsoOnlyEntry["account"], string>> = {
  active: "has an active account that the provider does not manage: it stays active when the user leaves",
  inactive: "has an inactive account that the provider does not manage",
  missing: "no account",
};
