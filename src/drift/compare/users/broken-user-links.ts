/** Links of the provider to accounts, each against the account that Astro shows for the user. */

import type { HeldUser } from "../../../astro/held.ts";
import type { ExpectedUser } from "../../../astro/state.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import type { UserLinkBroken, UserLinkProblem } from "../change.ts";
import type { Sides } from "../teams/memberships.ts";
import type { ProviderLink, ProviderLinks } from "../provider-links.ts";

/** The links that do not lead to the user's account; in no particular order. */
export function brokenUserLinks(
  sides: Sides,
  { users, unlisted, rules }: ProviderLinks,
): readonly UserLinkBroken[] {
  return users.flatMap((link): readonly UserLinkBroken[] => {
    const user = sides.expected.users.get(link.key ?? "");
    const account = user === undefined ? undefined : sides.match.heldOf(user.key);
    const problem = problemOf({ link, user, account }, sides, unlisted.users);
    if (problem === undefined) return [];
    const { provider, mends } = rules;
    return [
      {
        kind: "user-link-broken",
        user: user ?? { key: foldCase(link.name), userName: link.name, scimId: undefined },
        resource: account,
        problem,
        provider,
        mend: mends.user[problem.kind],
      },
    ];
  });
}

/** A link with what both sides have for its user. */
interface LinkedUser {
  readonly link: ProviderLink;
  readonly user: ExpectedUser | undefined;
  readonly account: HeldUser | undefined;
}

type Unlisted = ProviderLinks["unlisted"]["users"];

function problemOf(linked: LinkedUser, sides: Sides, unlisted: Unlisted): UserLinkProblem | undefined {
  const { scimId } = linked.link;
  if (scimId === undefined) return notLinked(linked);
  const target = sides.accounts.get(scimId);
  return target === undefined ? leadsNowhere(linked, scimId, unlisted) : leadsTo(linked, target, sides);
}

/** An account that nobody deactivates when the user leaves. */
function notLinked({ link, user, account }: LinkedUser): UserLinkProblem | undefined {
  const isOpen = user?.presence === "active" && account?.active === true;
  return isOpen && link.stopped !== undefined ? { kind: "not-linked", why: link.stopped } : undefined;
}

function leadsNowhere(linked: LinkedUser, scimId: string, unlisted: Unlisted): UserLinkProblem | undefined {
  const hidden = unlisted.get(scimId);
  if (!isWorked(linked) || hidden?.key === linked.link.key) return undefined;
  return hidden === undefined
    ? { kind: "gone", scimId }
    : { kind: "other-account", scimId, name: hidden.name };
}

function leadsTo(linked: LinkedUser, target: HeldUser, sides: Sides): UserLinkProblem | undefined {
  const { scimId, userName: name } = target;
  if (target === linked.account) return undefined;
  const owner = sides.match.expectedOf(target);
  if (owner === undefined) return isWorked(linked) ? { kind: "other-account", scimId, name } : undefined;
  const isHarmed = isWorked(linked) || owner.presence === "active";
  return isHarmed && owner.key !== linked.link.key ? { kind: "other-user", scimId, name } : undefined;
}

/** Of a user who is left as found, or who has gone, only the link to somebody else's account can do harm. */
function isWorked({ user, account }: LinkedUser): boolean {
  return user?.presence === "active" || (user?.presence === "either" && account?.active === true);
}
