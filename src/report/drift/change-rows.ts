/** Differences as rows: one for each user or Team with all that differs, or one for many that differ alike. */

import { attributeLabel } from "../../astro/attributes.ts";
import { subjectOf, type Change } from "../../drift/compare/change.ts";
import { providedGroup, type GroupTerms } from "../../drift/compare/teams/group-terms.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { countedByKind, frequencies, namesOf } from "../layout/counted.ts";
import type { Row, RowDetail, RowSign } from "../layout/rows.ts";
import type { Style } from "../style.ts";
import { changeFacts, changeInWords, signOfChange, type FactOptions } from "./change-facts.ts";
import type { FindingsInRows } from "./provider/provider-rows.ts";
import type { RolesAtStake } from "./roles-at-stake.ts";
import { bannedText, invitePendingText, neverLinkedInCommon } from "./iam/iam-facts.ts";

export interface ChangeRowOptions extends Pick<Style, "all"> {
  readonly terms: GroupTerms;
  readonly roles: RolesAtStake;
  /** They are protected: nothing of them will be changed, so that nothing may look as if it were. */
  readonly isProtected?: boolean;
  /** What a live provider says of the same users and Teams. */
  readonly findings?: FindingsInRows;
}

/** In the order of the differences: a user or Team stands where its first one does. */
export function changeRows(changes: readonly Change[], options: ChangeRowOptions): readonly Row[] {
  const { terms, roles, isProtected = false, all = false, findings } = options;
  const facts = { terms, roles, all, orphaned: isProtected ? "" : "orphaned: " };
  const signOf = (change: Change): RowSign => (isProtected ? "=" : signOfChange(change));
  return countedByKind(bySubject(changes), ([first]) => first.kind, options).map((shown) => {
    const row = shown.kind === "one" ? subjectRow(shown.item, facts) : countedRow(shown.items, facts);
    const [first] = shown.kind === "one" ? shown.item : (shown.items[0] ?? []);
    const said =
      shown.kind === "one" ? findings?.detailsOf(shown.item) : findings?.countedOf(shown.items.flat());
    const details = [...(row.details ?? []), ...(said ?? [])];
    return { sign: first === undefined ? "~" : signOf(first), ...row, details };
  });
}

type Unsigned = Omit<Row, "sign">;

/** All differences of one user or Team; there is at least one. */
type OfSubject = readonly [Change, ...Change[]];

/** Two accounts of one name are two; an account that should not be there is not the one that is missing. */
function bySubject(changes: readonly Change[]): readonly OfSubject[] {
  const subjects = new Map<string, [Change, ...Change[]]>();
  for (const change of changes) {
    const { kind, key } = subjectOf(change);
    const which = signOfChange(change) === "-" && "held" in change ? change.held.scimId : "";
    const subject = JSON.stringify([kind, key, which]);
    const others = subjects.get(subject);
    if (others === undefined) subjects.set(subject, [change]);
    else others.push(change);
  }
  return [...subjects.values()];
}

function subjectRow(changes: OfSubject, options: FactOptions): Unsigned {
  const [first, ...others] = changes;
  const name = printable(subjectOf(first).name);
  if (others.length > 0) {
    const details = changes.flatMap((change) => changeFacts(change, options));
    return { name, text: plural(changes.length, "difference"), details };
  }
  const facts = changeFacts(first, options);
  if (facts.length > 1) return { name, text: "members differ", details: facts };
  return { name, text: changeInWords(first, options) };
}

/** How many, what all of them have in common, and whom it is about. */
function countedRow(subjects: readonly OfSubject[], options: FactOptions): Unsigned {
  const changes = subjects.flat();
  const [first] = changes;
  const noun = first === undefined || subjectOf(first).kind === "user" ? "user" : "Team";
  const kinds = [...new Set(changes.map(({ kind }) => kind))];
  const texts = kinds.map((kind) => {
    const ofKind = changes.filter((change) => change.kind === kind);
    const count = kind === "user-attribute-differs" ? undefined : ofKind.length;
    return { count, text: kindInWords(kind, ofKind, options) };
  });
  const names: RowDetail = { label: "", text: namesOf(subjects.map(([change]) => subjectOf(change).name)) };
  const [only] = texts;
  const name = plural(subjects.length, noun);
  if (texts.length === 1 && only !== undefined) return { name, text: only.text, details: [names] };
  const details = texts.map(({ count, text }) => ({
    label: "",
    text: count === undefined ? text : `${text} (${formatCount(count)})`,
  }));
  return { name, text: plural(changes.length, "difference"), details: [...details, names] };
}

/** What many differences of one kind have in common, with how often each of its variants is among them. */
function kindInWords(
  kind: Change["kind"],
  changes: readonly Change[],
  { terms, orphaned }: FactOptions,
): string {
  return {
    "user-missing": "missing: assigned in the directory, no account in Astro",
    "user-invite-pending": invitePendingText,
    "user-inactive": "inactive in Astro, should be active",
    "user-banned": bannedText,
    "user-renamed": "under an old userName in Astro",
    "user-attribute-differs": `attributes differ: ${frequencies(changes.flatMap(attributeOf))}`,
    "user-link-broken": "link broken",
    "user-never-linked": `never linked by the provider: ${frequencies(changes.flatMap(evidenceOf))}`,
    "user-duplicate": "a second account of a user in the directory",
    "user-left-over": `${orphaned}active in Astro${reasonsOf(changes.flatMap(reasonOf))}${orphaned === "" ? "" : linksInCommon(changes)}`,
    "team-missing": `missing: ${terms.provided} in the directory, no Team in Astro`,
    "team-renamed": "under another name in Astro",
    "team-members-differ": `members differ: ${memberTotals(changes)}`,
    "team-link-broken": "link broken",
    "team-left-over": `${orphaned}no longer linked to ${providedGroup(terms)}`,
  }[kind];
}

/** `, not in the directory` of all, or `: not in the directory (12), deactivated in Okta (3)`. */
function reasonsOf(reasons: readonly string[]): string {
  return new Set(reasons).size === 1 ? `, ${reasons[0] ?? ""}` : `: ${frequencies(reasons)}`;
}

function attributeOf(change: Change): readonly string[] {
  return change.kind === "user-attribute-differs" ? [printable(attributeLabel(change.attribute))] : [];
}

function evidenceOf(change: Change): readonly string[] {
  return change.kind === "user-never-linked" ? [neverLinkedInCommon[change.evidence]] : [];
}

function reasonOf(change: Change): readonly string[] {
  return change.kind === "user-left-over" ? [printable(change.reason)] : [];
}

/** `; 12 without a link: the provider will never deactivate them`. */
function linksInCommon(changes: readonly Change[]): string {
  const unlinked = changes.filter(
    (change) => change.kind === "user-left-over" && change.link === "not-linked",
  );
  if (unlinked.length === 0) return "";
  return `; ${formatCount(unlinked.length)} without a link: the provider will never deactivate them`;
}

/** `120 missing, 33 not expected`. */
function memberTotals(changes: readonly Change[]): string {
  const teams = changes.filter((change) => change.kind === "team-members-differ");
  const total = (label: string, countOf: (team: (typeof teams)[number]) => number): readonly string[] => {
    const count = teams.reduce((sum, team) => sum + countOf(team), 0);
    return count === 0 ? [] : [`${formatCount(count)} ${label}`];
  };
  return [
    ...total("missing", ({ missing }) => missing.length),
    ...total("not expected", ({ leftOver }) => leftOver.length),
    ...total("without an account", ({ unknownMembers }) => unknownMembers.length),
    ...total("that the list of users does not show", ({ unseenMembers }) => unseenMembers.length),
  ].join(", ");
}
