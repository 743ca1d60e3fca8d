/** Links of the provider that do not work: nothing that is sent by them reaches the account or the Team that Astro shows. */

import type { LinkRules } from "../../astro/provider-link.ts";
import type { StateKey } from "../../astro/state.ts";
import { partition } from "../../ground/partition.ts";
import { brokenTeamLinks } from "./teams/broken-team-links.ts";
import { brokenUserLinks } from "./users/broken-user-links.ts";
import type { TeamLinkBroken, UserLinkBroken } from "./change.ts";
import type { TeamPair } from "./teams/match-teams.ts";
import type { Sides } from "./teams/memberships.ts";
import { linkedIdsOf, type ProviderLink, type ProviderLinks } from "./provider-links.ts";

export type BrokenLink = UserLinkBroken | TeamLinkBroken;

/** `checked` where what the provider remembers is at hand; otherwise nothing tells what a link leads to. */
export type KnownLinks =
  | {
      readonly kind: "checked";
      readonly rules: LinkRules;
      /** Users and Teams to which the provider is not linked and that Astro does not hold: why, by key. */
      readonly unlinked: { readonly users: Reasons; readonly teams: Reasons };
      /** SCIM ids of the accounts to which the provider is linked. */
      readonly linkedIds: ReadonlySet<string>;
    }
  | { readonly kind: "unknown"; readonly rules: LinkRules | undefined };

type Reasons = ReadonlyMap<StateKey, string>;

export interface CheckedLinks {
  /** In no particular order. */
  readonly changes: readonly BrokenLink[];
  /** Those that the provider mends itself, when it next works on the user or the group: no drift. */
  readonly selfMending: readonly BrokenLink[];
  readonly links: KnownLinks;
}

/** What is to be checked; `links` is undefined where nothing says what the provider remembers. */
export interface LinksToCheck {
  readonly links?: ProviderLinks | undefined;
  readonly linkRules?: LinkRules | undefined;
}

/** Checks each link. */
export function checkLinks(
  sides: Sides,
  pairs: ReadonlyMap<StateKey, TeamPair>,
  { links, linkRules }: LinksToCheck,
): CheckedLinks {
  if (links === undefined) {
    return { changes: [], selfMending: [], links: { kind: "unknown", rules: linkRules } };
  }
  const { rules, users, teams } = links;
  const found = [...brokenUserLinks(sides, links), ...brokenTeamLinks(sides, pairs, links)];
  const [selfMending, changes] = partition(
    found,
    ({ problem }) => rules.findsAgain && problem.kind === "gone",
  );
  const linkedIds = linkedIdsOf(links) ?? new Set<string>();
  const unlinked = {
    users: unlinkedIn(users, (key) => sides.match.heldOf(key)),
    teams: unlinkedIn(teams, (key) => pairs.get(key)),
  };
  return { changes, selfMending, links: { kind: "checked", rules, unlinked, linkedIds } };
}

function unlinkedIn(links: readonly ProviderLink[], heldOf: (key: StateKey) => unknown): Reasons {
  return new Map(
    links.flatMap(({ key, scimId, stopped }) => {
      const isUnlinked = key !== undefined && scimId === undefined && stopped !== undefined;
      return isUnlinked && heldOf(key) === undefined ? [[key, stopped] as const] : [];
    }),
  );
}
