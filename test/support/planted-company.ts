/** A company without a difference, at the directory, at the provider's links, in SCIM and in Astro's own API: for planting one. */

import type { FindingKind, ProviderFinding } from "../../src/directory/provider-finding.ts";
import type { Drift } from "../../src/drift/compare/diff.ts";
import type { ProviderLink } from "../../src/drift/compare/provider-links.ts";
import { subjectOf } from "../../src/drift/compare/change.ts";
import { foundIn } from "../../src/drift/provider/judge-findings.ts";
import { oktaLinkRules } from "../../src/idp/okta/link-rules.ts";
import { diffBoth, type TeamRecordSpec, type UserRecordSpec } from "./iam-states.ts";
import { findingOfEachKind, foundGroup, foundUser, providerSide } from "./provider-findings.ts";
import { key, userName, type ExpectedUserSpec, type HeldUserSpec, type TeamSpec } from "./states.ts";

/** By name; what is planted changes it. */
export interface PlantedCompany {
  readonly expected: Map<string, ExpectedUserSpec>;
  readonly held: Map<string, HeldUserSpec>;
  readonly iam: Map<string, UserRecordSpec>;
  readonly groups: Map<string, TeamSpec>;
  readonly teams: Map<string, TeamSpec>;
  readonly iamTeams: Map<string, TeamRecordSpec>;
  readonly userLinks: Map<string, Partial<ProviderLink>>;
  readonly teamLinks: Map<string, Partial<ProviderLink>>;
  readonly findings: ProviderFinding[];
  /** In no Team. */
  readonly user: string;
  readonly otherUser: string;
  readonly team: string;
  readonly otherTeam: string;
}

/** Which members each of three Teams has, of five users; which user and Team is the subject. */
export interface CompanySeed {
  readonly members: readonly (readonly number[])[];
  readonly user: number;
  readonly team: number;
}

export function plantedCompany({ members, user, team }: CompanySeed): PlantedCompany {
  const names = Array.from({ length: 8 }, (_, index) => `u${index}`);
  // Five are in Teams; each Team has a member of its own, so that none has the members of another.
  const groups = members.map((some, index): TeamSpec => {
    const own = new Set([index, ...some.filter((one) => one > 2)]);
    return { name: `Team ${index}`, members: [...own].map((one) => `u${one}`) };
  });
  const [subject, otherUser] = [`u${5 + user}`, `u${5 + ((user + 1) % 3)}`];
  const named = <Item>(items: readonly (Item & { readonly name: string })[]): Map<string, Item> =>
    new Map(items.map((item) => [item.name, item]));
  return {
    expected: named(names.map((name) => ({ name, externalId: `00${name}` }))),
    held: named(names.map((name) => ({ name, externalId: `00${name}` }))),
    iam: named(names.map((name) => ({ name }))),
    groups: named(groups),
    teams: named(groups),
    iamTeams: named(groups.map(({ name }) => ({ name }))),
    userLinks: new Map(names.map((name) => [name, { scimId: `id-${name}` }])),
    teamLinks: new Map(groups.map(({ name }) => [name, { scimId: `team-${name}` }])),
    findings: [],
    user: subject,
    otherUser,
    team: `Team ${team}`,
    otherTeam: `Team ${(team + 1) % 3}`,
  };
}

export function plantedFinding({ user, team }: PlantedCompany, kind: FindingKind): ProviderFinding {
  return findingOfEachKind({ user: foundUser(user), group: foundGroup(team) })[kind];
}

export function driftOf(company: PlantedCompany): Drift {
  const { expected, held, iam, groups, teams, iamTeams, userLinks, teamLinks, findings } = company;
  const links = {
    rules: oktaLinkRules,
    users: [...userLinks].map(([name, link]): ProviderLink => {
      return { key: key(name), name: userName(name), scimId: undefined, stopped: undefined, ...link };
    }),
    teams: [...teamLinks].map(([name, link]): ProviderLink => {
      return { key: name.toLowerCase(), name, scimId: undefined, stopped: undefined, ...link };
    }),
    unlisted: { users: new Map(), teams: new Map() },
  };
  const linkedTeams = new Map(
    links.teams.flatMap(({ key: one, scimId }) =>
      one === undefined || scimId === undefined ? [] : [[one, scimId] as const],
    ),
  );
  return diffBoth(
    { users: [...expected.values()], teams: [...groups.values()] },
    { users: [...held.values()], teams: [...teams.values()] },
    { users: [...iam.values()], teams: [...iamTeams.values()] },
    {
      links,
      linkedTeams,
      provider: providerSide(findings, { users: [...expected.keys()], teams: [...groups.keys()] }),
    },
  );
}

/** Everything that was found: `kind subject`, with what is wrong with a link, and findings as `finding kind subject`. */
export function everythingIn({ changes, provider, selfMendingLinks, cannotTell }: Drift): readonly string[] {
  return [
    ...changes.map((change) => {
      const { name } = subjectOf(change);
      const problem = "problem" in change ? ` ${change.problem.kind}` : "";
      const link = change.kind === "user-left-over" ? ` ${change.link ?? "unknown"}` : "";
      return `${change.kind}${problem}${link} ${name}`;
    }),
    ...(provider?.findings ?? []).map(({ finding, shownWith }) => {
      const by = shownWith === undefined ? "" : ` with ${shownWith.kind}`;
      return `finding ${finding.kind} ${foundIn(finding)?.name ?? "the app"}${by}`;
    }),
    ...selfMendingLinks.map(({ kind }) => `self-mending ${kind}`),
    ...cannotTell.map(({ team }) => `unknown ${team.displayName}`),
  ];
}
