/** Why fewer users are provisioned than the directory has. */

import type { NotProvisioned } from "../../astro/not-provisioned.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import { printable } from "../../ground/text/printable.ts";
import { plural } from "../../ground/text/plural.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { hanging } from "../layout/hanging.ts";
import type { Style } from "../style.ts";

/** `13 of 250 users in the directory are not provisioned: 8 not assigned to the app, 5 suspended in Okta`; undefined where all are. */
export function notProvisionedText({ directoryUsers, classes }: NotProvisioned): string | undefined {
  const missing = classes.reduce((sum, { users }) => sum + users, 0);
  if (missing === 0) return undefined;
  // Where there is one reason alone, its number was just said.
  const reasons = classes.map(({ reason, users }) =>
    classes.length === 1 ? printable(reason) : `${formatCount(users)} ${printable(reason)}`,
  );
  const are = missing === 1 ? "is" : "are";
  return `${formatCount(missing)} of ${plural(directoryUsers, "user")} in the directory ${are} not provisioned: ${reasons.join(", ")}`;
}

/** A sentence behind the summary. */
export function notProvisionedLines(
  { notProvisioned }: Pick<Drift, "notProvisioned">,
  style: Style,
): readonly string[] {
  const text = notProvisioned === undefined ? undefined : notProvisionedText(notProvisioned);
  return text === undefined ? [] : hanging("", `${text}.`, style);
}
