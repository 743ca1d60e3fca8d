/** Drift: what the directory says against what Astro holds. */

import type { AstroTarget } from "../../astro/address.ts";
import { countNotProvisioned, type NotProvisioned } from "../../astro/not-provisioned.ts";
import type { LinkRules } from "../../astro/provider-link.ts";
import { checkLinks, type BrokenLink, type KnownLinks } from "./broken-links.ts";
import { allTeams, type HeldState, type HeldTeam } from "../../astro/held.ts";
import {
  responsibilityOf,
  type Responsibility,
  type StatedResponsibility,
} from "../../astro/responsibility.ts";
import type { ExpectedState, StateKey } from "../../astro/state.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import type { IamReading } from "../../astro/records/iam-side.ts";
import { apisDisagree, type ApisDisagree } from "./over-iam/apis-disagree.ts";
import { boundaryOf, type Boundary } from "./outside/boundary.ts";
import { iamRemarks, type IamRemark } from "./over-iam/iam-remarks.ts";
import { iamRules } from "./over-iam/iam-rules.ts";
import { sortChanges, type Change, type MembersNotShown } from "./change.ts";
import { diffTeams } from "./teams/diff-teams.ts";
import { diffUsers, type UserRules } from "./users/diff-users.ts";
import { pushedGroups, type GroupTerms } from "./teams/group-terms.ts";
import { matchTeams } from "./teams/match-teams.ts";
import { matchUsers } from "./users/match-users.ts";
import { expectedMemberKeys, type Sides } from "./teams/memberships.ts";
import { preferKnownAccounts } from "./users/namesakes.ts";
import { leftAsFound, type LeftAsFound } from "./left-as-found.ts";
import { ssoOnlyEntries, type SsoOnlyEntry } from "./users/sso-only.ts";
import { linkedIdsOf, linkedUsersOf, type LinkedUsers, type ProviderLinks } from "./provider-links.ts";
import { listOutside, untouchable, type Outside } from "./outside/outside.ts";
import { suggestResponsibility, type SuggestedResponsibility } from "./outside/suggest-responsibility.ts";
import { countNotCompared, withoutNotKept, type NotCompared } from "./not-compared.ts";
import { driftStatus, type DriftStatus } from "./status.ts";
import { withEveryMapping } from "../provider/not-evaluated.ts";
import { providerReport, type ProviderReport } from "../provider/provider-report.ts";
import type { ProviderSide } from "../provider/provider-side.ts";
import { setProtectedApart } from "../safety/protect.ts";
import { resolveProtection, type Protection, type RememberedAccount } from "../safety/protection.ts";

export interface DiffOptions {
  /** Where `held` was read; the local Astro unless said. */
  readonly target?: AstroTarget;
  /** What no repair touches: userNames, e-mail addresses, Team names or SCIM ids, in any case. */
  readonly protect?: readonly string[];
  /** What the directory is responsible for, by everybody who says so: all of it has to hold. Everything unless said. */
  readonly responsibleFor?: readonly StatedResponsibility[];
  /** The accounts that the provider remembers, for protected names that are old by now. */
  readonly remembered?: readonly RememberedAccount[];
  /** What the provider remembers: key of the expected Team → SCIM id of the Team that it made or linked. */
  readonly linkedTeams?: ReadonlyMap<StateKey, string>;
  /** Everything that the provider remembers of its links; undefined where nothing says what it remembers. */
  readonly links?: ProviderLinks;
  /** What the provider's links are like, where that is known without what it remembers. */
  readonly linkRules?: LinkRules;
  /** Names of the directory's groups that are not provided (pushed, assigned): they explain no Team, and can be named by mistake. */
  readonly groupsNotPushed?: readonly string[];
  /** Why the directory provides no groups: a clause. Teams are then not compared. */
  readonly noTeams?: string | undefined;
  /** What the provider calls its groups; `pushed` unless said. */
  readonly groupTerms?: GroupTerms;
  /**
   * The target is provisioned by rehearsals: what is made of an id that the directory does not give is compared all the same,
   * where the account has a value.
   */
  readonly isRehearsed?: boolean;
  /** Paths of attributes that the target says it does not have, and that no account shows. */
  readonly notKept?: ReadonlySet<string>;
  /** Astro's own side; what `held` has of it is joined already. Not asked for unless said. */
  readonly iam?: IamReading;
  /** What a live provider says beside its directory; undefined for a directory that is a file. */
  readonly provider?: ProviderSide;
}

/** How much was compared; where a responsibility is stated, of what is inside alone. */
export interface Compared {
  /** Users who should have an active account. */
  readonly expectedUsers: number;
  /** Users whose account is left as it is found. */
  readonly tolerated: number;
  readonly expectedTeams: number;
  /** Accounts, the inactive ones included. */
  readonly heldUsers: number;
  readonly heldTeams: number;
  /** Memberships of Teams that the directory says should be there. */
  readonly expectedMemberships: number;
  /** Memberships of Teams that Astro holds, whatever the members are. */
  readonly heldMemberships: number;
}

export interface Drift {
  /** The Astro that was compared. */
  readonly target: AstroTarget;
  /** `unknown` if something could not be determined, even if there are differences. */
  readonly status: DriftStatus;
  /** Everything that differs, in a stable order; empty where Astro holds what the directory says. */
  readonly changes: readonly Change[];
  /** Teams whose members the target does not show: no drift, and filled only where they are named. */
  readonly cannotTell: readonly MembersNotShown[];
  /** Accounts of which SCIM and IAM say different things: it is unknown whether they can be used. */
  readonly apisDisagree: readonly ApisDisagree[];
  /** Mapped attributes that were not compared. */
  readonly notCompared: readonly NotCompared[];
  /** Why Teams are not compared, as a clause; undefined where they are. */
  readonly noTeams: string | undefined;
  /** Teams that no pushed group explains, and of which nothing tells who manages them: no drift. Every Team, where Teams are not compared. */
  readonly unexplainedTeams: readonly HeldTeam[];
  /** Teams that were made in Astro and are managed there, according to IAM: no drift, and never touched. */
  readonly localTeams: readonly HeldTeam[];
  /** Whether Astro's own side is known. */
  readonly iam: IamReading;
  /** What it shows beside the differences: no drift. */
  readonly iamRemarks: readonly IamRemark[];
  /** SCIM ids of the Teams that the provider is linked to. */
  readonly linkedTeamIds: ReadonlySet<string>;
  /** Users who are assigned for single sign-on alone, with the accounts that they have all the same: no drift. */
  readonly ssoOnly: readonly SsoOnlyEntry[];
  /** Active accounts of users about whom the provider sends nothing: no drift, and never repaired. */
  readonly leftAsFound: readonly LeftAsFound[];
  /** Differences about what is protected: seen, not counted, never repaired. */
  readonly protectedSkipped: readonly Change[];
  /** What no repair touches. */
  readonly protection: Protection;
  readonly responsibility: Responsibility;
  /** Everything that no repair touches because it is outside the responsibility of the directory. */
  readonly boundary: Boundary;
  /** What Astro holds outside: no drift. And what the directory provisions there: that is compared. */
  readonly outside: Outside;
  /** Where what is left over looks like another directory's. */
  readonly suggestedResponsibleFor: SuggestedResponsibility | undefined;
  /** `foldCase` of the names of groups that are not pushed. */
  readonly notPushedKeys: ReadonlySet<StateKey>;
  readonly compared: Compared;
  readonly expected: ExpectedState;
  readonly held: HeldState;
  readonly groupTerms: GroupTerms;
  /** Links of the provider that do not work, and that it mends itself when it next works on the user or the group: no drift. */
  readonly selfMendingLinks: readonly BrokenLink[];
  /** What is known of the provider's links. */
  readonly links: KnownLinks;
  /** What a live provider says beside its directory, joined with the comparison; undefined for a directory that is a file. */
  readonly provider: ProviderReport | undefined;
  /** Who of the directory is not among the expected users, and why; undefined where the directory does not say. */
  readonly notProvisioned: NotProvisioned | undefined;
}

/** Compares both sides, in time linear in their size. */
export function diff(wanted: ExpectedState, listed: HeldState, given: DiffOptions = {}): Drift {
  const options = withDefaults(given);
  const { iam, linkedTeams } = options;
  const expected = withoutNotKept(wanted, options.notKept);
  const linkedUsers = linkedUsersOf(options.links);
  const held = preferKnownAccounts(expected, listed, linkedUsers);
  const responsibility = responsibilityOf(options.responsibleFor);
  const sides = sidesOf(expected, held, { linkedUsers, responsibility });
  const teamMatch = matchTeams(sides, linkedTeams);
  const linkedTeamIds = new Set(linkedTeams.values());
  const linkedIds = linkedIdsOf(options.links);
  const users = diffUsers(sides, userRules(sides, { linkedUsers, linkedIds }, options));
  const teams = diffTeams(sides, teamMatch, { linkedTeams, areProvided: options.noTeams === undefined });
  const checked = checkLinks(sides, teamMatch.pairs, options);
  const protection = resolveProtection(options.protect, {
    ...sides,
    teamOf: teamMatch.pairs,
    remembered: options.remembered,
  });
  const changes = sortChanges<Change>([...users.changes, ...teams.changes, ...checked.changes]);
  const apart = setProtectedApart(changes, protection);
  const compared = { ...apart, sides, pairs: teamMatch.pairs, linkedIds, protection, responsibility };
  const provider = providerReport(options.provider, compared);
  const disagree = apisDisagree(sides, iam);
  const cannotTell = teams.notShown.toSorted((a, b) => (a.team.key < b.team.key ? -1 : 1));
  return {
    target: options.target,
    status: driftStatus({ ...apart, cannotTell, apisDisagree: disagree, iam, provider, expected }),
    ...apart,
    cannotTell,
    apisDisagree: disagree,
    protection,
    notCompared: withEveryMapping(countNotCompared(users.notCompared), provider?.notEvaluated ?? []),
    responsibility,
    boundary: untouchable(sides, teamMatch),
    outside: listOutside(sides, teamMatch, options),
    suggestedResponsibleFor: suggestResponsibility(expected, apart.changes, responsibility),
    notPushedKeys: new Set(options.groupsNotPushed.map(foldCase)),
    noTeams: options.noTeams,
    unexplainedTeams: byName(teams.unexplained),
    localTeams: byName(teams.local),
    iam,
    iamRemarks: iamRemarks(sides, teamMatch, linkedTeamIds),
    linkedTeamIds,
    ssoOnly: ssoOnlyEntries(sides),
    leftAsFound: leftAsFound(sides),
    compared: countCompared(sides),
    expected,
    held,
    groupTerms: options.groupTerms,
    selfMendingLinks: sortChanges(checked.selfMending),
    links: checked.links,
    provider,
    notProvisioned: countNotProvisioned(expected, sides.outside.userKeys),
  };
}

function userRules(
  sides: Sides,
  links: Pick<UserRules, "linkedUsers" | "linkedIds">,
  options: ReturnType<typeof withDefaults>,
): UserRules {
  return {
    ...links,
    iam: iamRules(options.iam, sides, options),
    isRehearsed: options.isRehearsed === true,
    isInProcess: options.target.kind !== "scim",
  };
}

function withDefaults(options: DiffOptions) {
  return {
    ...options,
    target: options.target ?? ({ kind: "local" } as const),
    protect: options.protect ?? [],
    responsibleFor: options.responsibleFor ?? [],
    remembered: options.remembered ?? [],
    linkedTeams: options.linkedTeams ?? new Map<StateKey, string>(),
    groupsNotPushed: options.groupsNotPushed ?? [],
    groupTerms: options.groupTerms ?? pushedGroups,
    notKept: options.notKept ?? new Set<string>(),
    iam: options.iam ?? ({ kind: "not-asked" } as const),
  };
}

function byName(teams: readonly HeldTeam[]): readonly HeldTeam[] {
  return teams.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function sidesOf(
  expected: ExpectedState,
  held: HeldState,
  {
    linkedUsers,
    responsibility,
  }: { readonly linkedUsers: LinkedUsers; readonly responsibility: Responsibility },
): Sides {
  const outside = boundaryOf(responsibility, { expected, held });
  const accounts = [...held.users.values(), ...held.namesakeUsers];
  return {
    expected,
    held,
    accounts: new Map(accounts.map((account) => [account.scimId, account])),
    match: matchUsers(expected, held, { linkedUsers, outside }),
    outside,
  };
}

function countCompared(sides: Sides): Compared {
  const { expected, held, outside } = sides;
  const presences = [...expected.users.values()]
    .filter(({ key }) => !outside.userKeys.has(key))
    .map((user) => user.presence);
  const expectedTeams = [...expected.teams.values()].filter(({ key }) => !outside.teamKeys.has(key));
  const heldTeams = allTeams(held).filter(({ scimId }) => !outside.teamIds.has(scimId));
  return {
    expectedUsers: presences.filter((presence) => presence === "active").length,
    tolerated: presences.filter((presence) => presence === "either").length,
    expectedTeams: expectedTeams.length,
    heldUsers: countOthers(sides.accounts.keys(), outside.userIds),
    heldTeams: heldTeams.length,
    expectedMemberships: sum(expectedTeams, (team) =>
      countOthers(expectedMemberKeys(team, sides), outside.userKeys),
    ),
    heldMemberships: sum(heldTeams, (team) => countOthers(team.memberIds, outside.userIds)),
  };
}

/** How many of them are not among those outside. */
function countOthers(ids: Iterable<string>, outside: ReadonlyMap<string, unknown>): number {
  let count = 0;
  for (const id of ids) if (outside.size === 0 || !outside.has(id)) count += 1;
  return count;
}

function sum<Item>(items: readonly Item[], numberOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + numberOf(item), 0);
}
