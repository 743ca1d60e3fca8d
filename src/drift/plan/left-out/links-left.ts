/** What no write to Astro can mend: the provider's own links. A plan lists them with what mends them. */

import type { BrokenLink } from "../../compare/broken-links.ts";
import { subjectOf, type Change } from "../../compare/change.ts";
import type { Drift } from "../../compare/diff.ts";
import type { LeftOut } from "./left-out.ts";
import type { Operation } from "../operations/operation.ts";
import { selects, type Selection } from "../selection.ts";

/** `Okta is linked to the id 2819c223, which no longer exists; the account in Astro has the id 7f3a0c1e`. */
export function brokenLinkInWords(change: BrokenLink): string {
  const { provider, problem, resource } = change;
  const [what, other] =
    change.kind === "user-link-broken"
      ? ["account", "account of another user"]
      : ["Team", "Team of another group"];
  switch (problem.kind) {
    case "gone": {
      const own = resource === undefined ? "" : `; the ${what} in Astro has the id ${resource.scimId}`;
      return `${provider} is linked to the id ${problem.scimId}, which no longer exists${own}`;
    }
    case "other-user":
    case "other-group":
      return `${provider} is linked to the ${other}, ${problem.name}`;
    case "other-account":
    case "other-team":
      return `${provider} is linked to another ${what}, ${problem.name} (${problem.scimId})`;
    case "not-linked":
      return `${provider} is not linked to the ${what}: ${problem.why}`;
    case "push-failed":
      return `${provider} pushes nothing to the Team: ${problem.why}`;
  }
}

/** The broken links of what was asked for, and those that the accounts and Teams will lack that the plan creates. */
export function linksLeft(
  { changes, links }: Drift,
  selection: Selection,
  operations: readonly Operation[],
): readonly LeftOut[] {
  const broken = changes.filter(isBrokenLink).filter((change) => selects(selection, change));
  return [
    ...broken.map((change): LeftOut => {
      const { kind, name } = subjectOf(change);
      return leftOut(kind, name, `${brokenLinkInWords(change)}. ${sentence(change.mend)}`);
    }),
    ...(links.kind === "checked" ? operations.flatMap((one) => unlinkedCreation(one, links)) : []),
  ];
}

/** Whether a change is about a link of the provider. */
export function isBrokenLink(change: Change): change is BrokenLink {
  return change.kind === "user-link-broken" || change.kind === "team-link-broken";
}

/**
 * What the reader has to know of what the plan creates, where nothing says what the provider remembers: a sentence each. A
 * local Astro inside the process is linked to nothing.
 */
export function unknownLinks({ links, target }: Drift, operations: readonly Operation[]): readonly string[] {
  if (links.kind === "checked" || links.rules === undefined || target.kind === "local") return [];
  const { afterCreation } = links.rules;
  const creates = (kind: Operation["kind"]): boolean => operations.some((one) => one.kind === kind);
  return [
    ...(creates("create-user") ? [afterCreation.user] : []),
    ...(creates("create-team") ? [afterCreation.team] : []),
  ];
}

function unlinkedCreation(
  { kind, subject }: Operation,
  { rules, unlinked }: Extract<Drift["links"], { kind: "checked" }>,
): readonly LeftOut[] {
  const { key, name } = subject;
  if (kind !== "create-user" && kind !== "create-team") return [];
  const why = kind === "create-user" ? unlinked.users.get(key) : unlinked.teams.get(key);
  if (why === undefined) return [];
  const what = kind === "create-user" ? "account" : "Team";
  const mend = rules.mends[subject.kind]["not-linked"];
  const reason = `${rules.provider} will not be linked to the ${what} that this creates: ${why}. ${sentence(mend)}`;
  return [leftOut(subject.kind, name, reason)];
}

function leftOut(kind: LeftOut["kind"], name: string, reason: string): LeftOut {
  return { code: "provider-link", kind, name, reason };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
