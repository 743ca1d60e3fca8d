/** What was not compared, or could not be, in words. */

import { attributeLabel } from "../../astro/attributes.ts";
import type { WhyNotCompared } from "../../astro/state.ts";
import type { MembersNotShown } from "../../drift/compare/change.ts";
import type { NotEvaluated } from "../../directory/provider-finding.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import type { NotCompared } from "../../drift/compare/not-compared.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { countedRows } from "../layout/counted.ts";
import { rowLines } from "../layout/rows.ts";
import type { Style } from "../style.ts";

/** Why an attribute was not compared, as a clause. */
export const whyNotCompared: Readonly<Record<WhyNotCompared, string>> = {
  "only-at-creation": "the provider sends it only when it creates the account",
  "never-the-same": "the mapping asks for the time or for a random value",
  "never-returned": "no server returns it",
  "refers-to-no-account": "it refers to a user who is to have no account",
  "unknown-id":
    "the directory does not give the provider's ids of these users (id: in a fixture), so it is unknown what is sent",
  "only-added": "the provider only adds to it, and Astro has more values",
  "unsupported-type": "astro-scim does not compare values of this type",
  "not-in-iam": "the IAM API does not show it",
  "inactive-may-be-hidden":
    "no account is listed as inactive, and the IAM API may leave such accounts out: what is missing may be inactive",
  "not-evaluated": "astro-scim cannot evaluate its mapping",
  "not-kept": "the target does not keep it: its /Schemas does not have it, and no account shows it",
};

/** `· externalId  13 users: the directory gives no id …`: a row for each attribute. */
export function notComparedLines(
  { notCompared, provider }: Pick<Drift, "notCompared" | "provider">,
  style: Style,
): readonly string[] {
  const rows = countedRows(
    notCompared,
    {
      sign: "·",
      noun: "attribute",
      nameOf: ({ attribute }) => attributeLabel(attribute),
      textOf: (one) => `${plural(one.users, "user")}: ${reasonNotCompared(one, provider?.notEvaluated)}`,
      kindOf: ({ why }) => whyNotCompared[why],
    },
    style,
  );
  return rowLines(rows, style);
}

/** With the expression, where it is a mapping that cannot be evaluated. */
export function reasonNotCompared(
  { attribute, why }: NotCompared,
  notEvaluated: readonly NotEvaluated[] = [],
): string {
  const mappings = why === "not-evaluated" ? notEvaluated.filter((one) => one.attribute === attribute) : [];
  const [reason, ...expressions] = [
    whyNotCompared[why],
    ...mappings.map((one) => `${one.expression} (${one.why})`),
  ];
  return expressions.length === 0 ? reason : `${reason}: ${expressions.join("; ")}`;
}

/** Why members are unknown, as a clause. */
export const whyMembersNotShown = "the server does not show who is in its Teams";

/** `? data-platform  members unknown: …`. */
export function cannotTellLines(all: readonly MembersNotShown[], style: Style): readonly string[] {
  const rows = countedRows(
    all,
    {
      sign: "?",
      noun: "Team",
      nameOf: ({ team }) => team.displayName,
      textOf: ({ members }) =>
        `members unknown: ${whyMembersNotShown}; the directory has ${plural(members.length, "member")}`,
      kindOf: () => `members unknown: ${whyMembersNotShown}`,
    },
    style,
  );
  return rowLines(rows, style);
}

/** The attributes, each once. */
export function attributesNotCompared(all: readonly NotCompared[]): readonly string[] {
  return [...new Set(all.map(({ attribute }) => printable(attributeLabel(attribute))))];
}
