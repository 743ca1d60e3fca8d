/** What a plan leaves out, as rows: each with its reason, or one for many of a kind. */

import type { LeftOut, LeftOutCode } from "../../drift/plan/left-out/left-out.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { countedByKind, namesOf } from "../layout/counted.ts";
import type { Row } from "../layout/rows.ts";
import type { Style } from "../style.ts";

export function leftOutRows(leftOut: readonly LeftOut[], style: Pick<Style, "all">): readonly Row[] {
  return countedByKind(leftOut, ({ code, kind }) => `${kind} ${code}`, style).map((shown): Row => {
    if (shown.kind === "one") {
      const { code, kind, name, reason } = shown.item;
      return { sign: signOf(code), name: `${nouns[kind]} ${printable(name)}`, text: printable(reason) };
    }
    const [first] = shown.items;
    if (first === undefined) return { sign: "·", name: "", text: "" };
    return {
      sign: signOf(first.code),
      name: plural(shown.items.length, nouns[first.kind]),
      text: inCommon[first.code],
      details: [{ label: "", text: namesOf(shown.items.map(({ name }) => name)) }],
    };
  });
}

const nouns = { user: "user", team: "Team" } as const;

/** What is protected has the same sign in every report. */
function signOf(code: LeftOutCode): Row["sign"] {
  return code === "protected" || code === "protected-apart" ? "=" : "·";
}

/** Of many: what is the same in the reasons of all that have the code. */
const inCommon: Readonly<Record<LeftOutCode, string>> = {
  "unknown-name": "neither in the directory nor in Astro",
  "ambiguous-name": "name of several accounts or Teams",
  unmappable: "cannot have an account",
  "sso-only": "assigned before Provisioning was switched on",
  "sso-only-members": "without the members who were assigned before Provisioning was switched on",
  "not-pushed": "not provided by the identity provider",
  protected: "protected: repairs do not change them",
  "protected-apart": "protected: repairs do not change them",
  outside: "outside responsibleFor",
  "outside-apart": "outside responsibleFor",
  owner: "Organization Owners: repairs never delete, deactivate or rename owners",
  "nothing-to-do": "no change needed",
  "not-left-over": "not orphaned",
  "left-over": "orphaned: delete removes them",
  "member-without-account": "no active account, so cannot be added to a Team",
  "reference-without-account": "refer to a user who has no account yet",
  "unknown-id": "attribute kept: the directory does not give the provider's id",
  "members-not-shown": "the server does not show who is in its Teams",
  "team-missing": "belong in a Team that does not exist: push-group creates it",
  "unknown-management": "not linked to a group; to delete one, add --team NAME",
  "provider-link": "not linked by the provider",
  "unseen-member": "stay in their Team: the list of users does not show them",
  "invite-pending": "invited in Astro, and not accepted yet",
  banned: "banned in Astro: ask Astronomer's support",
  "apis-disagree": "SCIM and the IAM API disagree: look them up in Astro",
  "never-linked": "never linked by the provider: remove and assign them again there",
  "same-person": "a second account of a user in the directory: name it to delete it",
  "hidden-from-scim": "not shown over SCIM, so not changed",
  "local-team": "created in Astro, and not managed by the identity provider",
  "local-team-apart": "created in Astro, and changed only if you name them",
  "changed-since": "changed since the plan was saved",
  "held-before": "existed before the run",
  "not-known-created": "no answer shows that the run created them",
  "undo-changed": "changed since the run, so not put back",
  "undo-lost": "not all of it can be put back",
  "undo-unknown": "not known whether the run did it",
};
