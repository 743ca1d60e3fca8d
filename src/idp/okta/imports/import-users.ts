/** What an import of users makes of what it read: links, removals, and what waits on the Import tab. */

import { isAssigned } from "../../../directory/directory.ts";
import type { ImportCandidate, ImportResult } from "../../run/import-result.ts";
import { waitsForActivation } from "../users/user-jobs.ts";
import { matcherFor, type FindMatch, type ImportRule } from "./import-matches.ts";
import { isSameProfile } from "../mapping/mapping.ts";
import type { AppUser, OktaId } from "../memory.ts";
import type { RemoteAccount } from "../users/remote-account.ts";
import type { RunContext } from "../run-context.ts";

export interface ImportOptions {
  readonly match: ImportRule;
  /** "Auto-confirm exact matches": else they wait, as all others do. */
  readonly confirmsExact: boolean;
}

/** The share of the app's users that an import would take away, in percent; it stops itself above a limit. */
export interface RemovalLimitReached {
  readonly kind: "roadblock";
  readonly removed: number;
  readonly of: number;
}

/**
 * Active accounts are offered; a user who is linked to one that is gone or inactive loses the app (Okta:
 * Understanding SCIM, import). Nothing is remembered where the safeguard stops it (Okta: Import safeguards).
 */
export function importUsers(
  context: RunContext,
  accounts: readonly RemoteAccount[],
  options: ImportOptions,
): ImportResult | RemovalLimitReached {
  const links = linkedUsers(context);
  const active = accounts.filter((account) => account.active);
  const present = new Set(active.map(({ scimId }) => scimId));
  const gone = [...links].filter(([scimId]) => !present.has(scimId));
  if (gone.length * 100 > links.size * context.settings.fidelity.importSafeguard) {
    return { kind: "roadblock", removed: gone.length, of: links.size };
  }
  for (const [, { oktaId, appUser }] of gone) {
    context.ledger.recordAppUser(oktaId, { ...appUser, status: "UNASSIGNED", externalId: undefined });
  }
  const known = active.flatMap((account) => {
    const link = links.get(account.scimId);
    return link === undefined ? [] : [refresh(context, link, account)];
  });
  const offered = active.filter(({ scimId }) => !links.has(scimId));
  const find = matcherFor(context, options.match);
  const settled = offered.map((account) => settle(context, account, { find, ...options }));
  return {
    // "N users scanned" counts the active ones (okta-iam-lifecycle-lab, October 2026: 8 returned, 7 counted).
    scanned: active.length,
    added: settled.flatMap((one) => (one.kind === "linked" ? [one.name] : [])),
    updated: known.filter((change) => change === "updated").length,
    unchanged: known.filter((change) => change === "unchanged").length,
    removed: gone.map(([, { appUser }]) => appUser.profile.userName),
    waiting: settled.flatMap((one) => (one.kind === "waiting" ? [one.candidate] : [])),
  };
}

interface Link {
  readonly oktaId: OktaId;
  readonly appUser: AppUser;
}

function linkedUsers({ ledger }: RunContext): ReadonlyMap<string, Link> {
  return new Map(
    [...ledger.appUsers].flatMap(([oktaId, appUser]) =>
      appUser.status === "PROVISIONED" && appUser.externalId !== undefined
        ? [[appUser.externalId, { oktaId, appUser }] as const]
        : [],
    ),
  );
}

/** The app user takes over what the account says; the next change in Okta pushes over it. */
function refresh(
  { ledger }: RunContext,
  { oktaId, appUser }: Link,
  { profile }: RemoteAccount,
): "updated" | "unchanged" {
  if (isSameProfile(appUser.profile, profile)) return "unchanged";
  ledger.recordAppUser(oktaId, { ...appUser, profile });
  return "updated";
}

type Settled =
  | { readonly kind: "linked"; readonly name: string }
  | { readonly kind: "waiting"; readonly candidate: ImportCandidate };

/** A user who has the app and no account is linked; only the administrator assigns the app. */
function settle(
  { directory, ledger, settings }: RunContext,
  { scimId, profile }: RemoteAccount,
  { find, confirmsExact }: ImportOptions & { readonly find: FindMatch },
): Settled {
  const found = find(profile);
  const name = profile.userName;
  if (found === undefined) return { kind: "waiting", candidate: { name, proposed: undefined } };
  const { user, match } = found;
  const isFree =
    isAssigned(directory, user.key) &&
    !waitsForActivation(user, settings) &&
    ledger.linkOf(user.objectId) === undefined;
  if (match !== "exact" || !confirmsExact || !isFree) {
    return { kind: "waiting", candidate: { name, proposed: { name: user.key, match } } };
  }
  ledger.recordAppUser(user.objectId, {
    key: user.key,
    status: "PROVISIONED",
    externalId: scimId,
    profile,
    syncState: "SYNCHRONIZED",
  });
  ledger.closeTask(user.objectId);
  return { kind: "linked", name };
}
