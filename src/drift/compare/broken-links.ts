/** Links of the provider that do not work: nothing that is sent by them reaches the account or the Team that Astro shows. */

import type { HeldTeam, HeldUser } from "../../astro/held.ts";
import type { LinkRules } from "../../astro/provider-link.ts";
import type { StateKey } from "../../astro/state.ts";
import { foldCase } from "../../ground/fold-case.ts";
import type { TeamLinkBroken, TeamLinkProblem, UserLinkBroken, UserLinkProblem } from "./change.ts";
import type { TeamPair } from "./match-teams.ts";
import type { Sides } from "./memberships.ts";
import type { ProviderLink, ProviderLinks } from "./provider-links.ts";

export interface BrokenLinks {
  readonly changes: readonly (UserLinkBroken | TeamLinkBroken)[];
  /** Those that the provider mends itself, when it next works on the user or the group: no drift. */
  readonly selfMending: readonly (UserLinkBroken | TeamLinkBroken)[];
  /** Users and Teams to which the provider is not linked and that Astro does not hold: why, by key. */
  readonly unlinked: { readonly users: Reasons; readonly teams: Reasons };
}

type Reasons = ReadonlyMap<StateKey, string>;

/** Checks each link; in no particular order. */
export function findBrokenLinks(
  sides: Sides,
  pairs: ReadonlyMap<StateKey, TeamPair>,
  links: ProviderLinks,
): BrokenLinks {
  const found = [
    ...links.users.flatMap((link) => brokenUserLink(link, sides, links)),
    ...teamLinks(sides, pairs, links),
  ];
  const mendsItself = ({ problem }: UserLinkBroken | TeamLinkBroken): boolean =>
    links.rules.findsAgain && problem.kind === "gone";
  return {
    changes: found.filter((one) => !mendsItself(one)),
    selfMending: found.filter(mendsItself),
    unlinked: {
      users: unlinkedIn(links.users, (key) => sides.match.heldOf(key)),
      teams: unlinkedIn(links.teams, (key) => pairs.get(key)?.held),
    },
  };
}

function unlinkedIn(links: readonly ProviderLink[], heldOf: (key: StateKey) => unknown): Reasons {
  return new Map(
    links.flatMap(({ key, scimId, stopped }) => {
      const isUnlinked = key !== undefined && scimId === undefined && stopped !== undefined;
      return isUnlinked && heldOf(key) === undefined ? [[key, stopped] as const] : [];
    }),
  );
}

function brokenUserLink(
  link: ProviderLink,
  sides: Sides,
  { rules, unlisted }: ProviderLinks,
): readonly UserLinkBroken[] {
  const user = sides.expected.users.get(link.key ?? "");
  const account = user === undefined ? undefined : sides.match.heldOf(user.key);
  // Of a user who is left as found, or who has gone, only the link to somebody else's account can do harm.
  const isWorked = user?.presence === "active" || (user?.presence === "either" && account?.active === true);
  const about = (problem: UserLinkProblem): readonly UserLinkBroken[] => [
    {
      kind: "user-link-broken",
      user: user ?? { key: foldCase(link.name), userName: link.name, scimId: undefined },
      resource: account,
      problem,
      ...consoleOf(rules, rules.mends.user[problem.kind]),
    },
  ];
  const { scimId } = link;
  if (scimId === undefined) {
    const isOpen = user?.presence === "active" && account?.active === true;
    return isOpen && link.stopped !== undefined ? about({ kind: "not-linked", why: link.stopped }) : [];
  }
  const linked = sides.accounts.get(scimId);
  if (linked === undefined) {
    const hidden = unlisted.users.get(scimId);
    if (!isWorked || hidden?.key === user?.key) return [];
    if (hidden === undefined) return about({ kind: "gone", scimId });
    return about({ kind: "other-account", scimId, name: hidden.name });
  }
  if (linked === account) return [];
  const owner = sides.match.expectedOf(linked);
  if (owner !== undefined) {
    const isHarmed = isWorked || owner.presence === "active";
    return isHarmed && owner.key !== link.key ? about(otherUser(linked)) : [];
  }
  return isWorked ? about({ kind: "other-account", scimId, name: linked.userName }) : [];
}

function otherUser({ scimId, userName }: HeldUser): UserLinkProblem {
  return { kind: "other-user", scimId, name: userName };
}

function teamLinks(
  { expected, held }: Sides,
  pairs: ReadonlyMap<StateKey, TeamPair>,
  { teams: links, unlisted, rules }: ProviderLinks,
): readonly TeamLinkBroken[] {
  const heldById = new Map([...held.teams.values(), ...held.namesakeTeams].map((one) => [one.scimId, one]));
  const ownerOf = new Map([...pairs].map(([key, pair]) => [pair.held.scimId, key]));
  return links.flatMap((link): readonly TeamLinkBroken[] => {
    const team = expected.teams.get(link.key ?? "");
    if (team === undefined) return [];
    const own = pairs.get(team.key)?.held;
    const problem = teamLinkProblem(link, own, { heldById, ownerOf, unlisted: unlisted.teams });
    if (problem === undefined) return [];
    const mend = rules.mends.team[problem.kind];
    return [{ kind: "team-link-broken", team, resource: own, problem, ...consoleOf(rules, mend) }];
  });
}

interface TeamsByLink {
  readonly heldById: ReadonlyMap<string, HeldTeam>;
  readonly ownerOf: ReadonlyMap<string, StateKey>;
  readonly unlisted: ProviderLinks["unlisted"]["teams"];
}

function teamLinkProblem(
  { key, scimId, stopped }: ProviderLink,
  own: HeldTeam | undefined,
  { heldById, ownerOf, unlisted }: TeamsByLink,
): TeamLinkProblem | undefined {
  if (scimId === undefined) {
    return own === undefined || stopped === undefined ? undefined : { kind: "not-linked", why: stopped };
  }
  const linked = heldById.get(scimId);
  if (linked !== undefined && linked === own) {
    return stopped === undefined ? undefined : { kind: "push-failed", scimId, why: stopped };
  }
  const { displayName: name } = linked ?? { displayName: unlisted.get(scimId)?.name };
  if (name === undefined) return { kind: "gone", scimId };
  if (linked === undefined && unlisted.get(scimId)?.key === key) return undefined;
  const isOthers = linked !== undefined && ownerOf.has(linked.scimId);
  return { kind: isOthers ? "other-group" : "other-team", scimId, name };
}

function consoleOf({ provider }: LinkRules, mend: string): Pick<UserLinkBroken, "provider" | "mend"> {
  return { provider, mend };
}
