/** Users who are assigned for single sign-on alone, as a section of a drift: listed, not counted. */

import type { SsoOnlyEntry } from "../../drift/compare/sso-only.ts";
import { plural } from "../../ground/plural.ts";
import { printable } from "../../ground/printable.ts";

export const ssoOnlyTitle =
  "Assigned before Provisioning was switched on (not counted: nothing is sent for them before Provision User)";

/** An existing app can have thousands of them; those with an account come first, for they are what somebody must look at. */
const mostShown = 12;

export function ssoOnlyLines(entries: readonly SsoOnlyEntry[]): readonly string[] {
  const sorted = ["active", "inactive", "missing"].flatMap((account) =>
    entries.filter((entry) => entry.account === account),
  );
  const shown = sorted.slice(0, mostShown).map(entryLine);
  const more = sorted.length - shown.length;
  return more === 0 ? shown : [...shown, `  and ${plural(more, "user")} more; --json lists all`];
}

function entryLine({ user, userName, account }: SsoOnlyEntry): string {
  const name = userName ?? user;
  return `  ? ${printable(name)}  ${accounts[account]}`;
}

const accounts: Readonly<Record<SsoOnlyEntry["account"], string>> = {
  active: "has an active account that the provider does not manage: it stays active when the user leaves",
  inactive: "has an inactive account that the provider does not manage",
  missing: "no account",
};
