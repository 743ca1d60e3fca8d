/** Findings of a live provider joined with the comparison: what counts, what is set apart, and what a difference says already. */

import type { HeldTeam, HeldUser } from "../../astro/held.ts";
import type { Responsibility } from "../../astro/responsibility.ts";
import type { StateKey } from "../../astro/state.ts";
import type { FoundGroup, FoundUser, ProviderFinding } from "../../directory/provider-finding.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { resourceOf, subjectOf, type Change } from "../compare/change.ts";
import type { TeamPair } from "../compare/teams/match-teams.ts";
import type { Sides } from "../compare/teams/memberships.ts";
import { isProtectedUser } from "../safety/protect.ts";
import type { Protection } from "../safety/protection.ts";
import { findingKindNames, findingRule } from "./finding-kinds.ts";
import type { ProviderSide } from "./provider-side.ts";

export type FindingStanding = "problem" | "information" | "protected" | "outside";

export interface JudgedFinding {
  readonly finding: ProviderFinding;
  /**
   * `problem`: counted as a difference is, unless one says it already. `information`: listed. `protected`: about a user or a Team that is protected, and
   * `outside`: about one that is outside responsibleFor and that the directory does not provision; both are listed alone.
   */
  readonly standing: FindingStanding;
  /** What Astro holds: the user's account, or the group's Team. */
  readonly held: HeldUser | HeldTeam | undefined;
  /** Whether the provider has a link to that account; undefined without one, or where nothing says what it remembers. */
  readonly link: "linked" | "not-linked" | undefined;
  /** A difference of the same user or Team, in whose row the finding is shown: it is not counted again. */
  readonly shownWith: Change | undefined;
}

/** What the findings are joined with. */
export interface Compared {
  readonly sides: Sides;
  readonly pairs: ReadonlyMap<StateKey, TeamPair>;
  /** SCIM ids of the accounts to which the provider has a link; undefined where nothing says so. */
  readonly linkedIds: ReadonlySet<string> | undefined;
  readonly protection: Protection;
  readonly responsibility: Responsibility;
  readonly changes: readonly Change[];
  readonly protectedSkipped: readonly Change[];
}

/** Sorted by kind, then by name; in time linear in the number of users and differences. */
export function judgeFindings(side: ProviderSide, compared: Compared): readonly JudgedFinding[] {
  const changesOf = changesBySubject([...compared.changes, ...compared.protectedSkipped]);
  const judged = side.findings.map((finding): JudgedFinding => {
    const subject = subjectIn(finding, side, compared);
    const { shownWith: kinds } = findingRule(finding.kind);
    const candidates = subject === undefined ? [] : (changesOf.get(`${subject.kind} ${subject.key}`) ?? []);
    const shownWith = kinds.flatMap((kind) => candidates.find((change) => change.kind === kind) ?? [])[0];
    return {
      finding,
      standing: standingOf(finding, subject, compared),
      held: subject?.held,
      link: linkOf(subject, compared),
      shownWith,
    };
  });
  return sorted(judged);
}

/** The user or the group that a finding is about; undefined where it is about the app. */
export function foundIn(finding: ProviderFinding): FoundUser | FoundGroup | undefined {
  if ("user" in finding) return finding.user;
  return "group" in finding ? finding.group : undefined;
}

/** A user or a group in both sides. */
interface Subject {
  readonly kind: "user" | "team";
  readonly key: StateKey;
  readonly name: string;
  readonly held: HeldUser | HeldTeam | undefined;
  /** The directory says that it should be there. */
  readonly isProvisioned: boolean;
}

function subjectIn(
  finding: ProviderFinding,
  side: ProviderSide,
  { sides, pairs }: Compared,
): Subject | undefined {
  const { expected, held, match } = sides;
  if ("user" in finding) {
    const { objectId, name } = finding.user;
    const key = side.userKeys.get(objectId) ?? foldCase(name);
    return {
      kind: "user",
      key,
      name,
      held: match.heldOf(key) ?? held.users.get(foldCase(name)),
      isProvisioned: expected.users.get(key)?.presence === "active",
    };
  }
  if (!("group" in finding)) return undefined;
  const { objectId, name } = finding.group;
  const key = side.teamKeys.get(objectId) ?? foldCase(name);
  return {
    kind: "team",
    key,
    name,
    held: pairs.get(key)?.held ?? held.teams.get(key),
    isProvisioned: expected.teams.has(key),
  };
}

function linkOf(subject: Subject | undefined, { linkedIds }: Compared): JudgedFinding["link"] {
  if (subject?.kind !== "user" || subject.held === undefined || linkedIds === undefined) return undefined;
  return linkedIds.has(subject.held.scimId) ? "linked" : "not-linked";
}

function standingOf(
  { kind }: ProviderFinding,
  subject: Subject | undefined,
  { protection, responsibility }: Compared,
): FindingStanding {
  const { weight } = findingRule(kind);
  if (subject === undefined) return weight;
  if (isProtected(subject, protection)) return "protected";
  // What the directory provisions is compared wherever it is.
  if (!subject.isProvisioned && isOutside(subject, responsibility)) return "outside";
  return weight;
}

function isProtected({ kind, key, name, held }: Subject, protection: Protection): boolean {
  const { keys, teamIds } = protection;
  if (keys.has(foldCase(name)) || (held !== undefined && keys.has(held.key))) return true;
  if (kind === "user") return isProtectedUser({ key, scimId: held?.scimId }, protection);
  return keys.has(key) || (held !== undefined && teamIds.has(held.scimId));
}

function isOutside(
  { kind, name, held }: Subject,
  { excludesAccount, excludesTeam }: Responsibility,
): boolean {
  if (kind === "team") return excludesTeam(name) !== undefined;
  const account = held !== undefined && "userName" in held ? held : { userName: name };
  return excludesAccount(account) !== undefined;
}

/** By the key of the directory's user or Team, and by that of the account or Team in Astro. */
function changesBySubject(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const bySubject = new Map<string, Change[]>();
  for (const change of changes) {
    const { kind, key } = subjectOf(change);
    for (const one of new Set([key, resourceOf(change)?.key ?? key])) {
      const subject = `${kind} ${one}`;
      const others = bySubject.get(subject);
      if (others === undefined) bySubject.set(subject, [change]);
      else others.push(change);
    }
  }
  return bySubject;
}

function sorted(judged: readonly JudgedFinding[]): readonly JudgedFinding[] {
  const rank = new Map(findingKindNames.map((kind, at) => [kind, at]));
  return judged
    .map((one) => ({
      one,
      rank: rank.get(one.finding.kind) ?? 0,
      name: foldCase(foundIn(one.finding)?.name ?? ""),
    }))
    .toSorted((a, b) => a.rank - b.rank || compare(a.name, b.name))
    .map(({ one }) => one);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
