/** What an administrator does about differences: in a console, or with a command of ours. */

import { isUserToRemove, subjectOf, type Change } from "../../drift/compare/change.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import { isNotForProvider } from "../../drift/provider/for-provider.ts";
import { isBrokenLink } from "../../drift/plan/left-out/links-left.ts";
import type { ProviderWords } from "../../idp/provider-words.ts";
import { findingAdvice } from "./provider/provider-advice.ts";
import type { Advice } from "../layout/advice.ts";
import { unbroken } from "../layout/hanging.ts";

/** Where somebody can repair by hand: the provider's console, and Astro's where the target is Astro's, or plays it. */
interface Consoles {
  readonly words: ProviderWords;
  readonly hasAstroConsole: boolean;
}

interface Repairers extends Consoles {
  /** A command of ours for the compared directory and target. */
  readonly commandFor: (words: string) => string;
}

/**
 * The recovery of Astro's documentation for each kind that is there (Set up SCIM provisioning: FAQ), and our command
 * for it.
 */
export function adviceFor(
  drift: Pick<Drift, "changes" | "cannotTell" | "apisDisagree" | "iam" | "provider" | "protection">,
  repairers: Repairers,
): readonly Advice[] {
  const { changes, cannotTell, apisDisagree, iam } = drift;
  const isOurs = isNotForProvider(drift);
  const kinds = new Set(
    changes.filter(isNoPartOfBrokenLink(changes)).filter(isOurs).map(recoveryWith(drift.protection)),
  );
  if (cannotTell.length > 0) kinds.add("push-unknown");
  if (apisDisagree.length > 0) kinds.add("compare-apis");
  const isBefore = iam.kind === "read" && iam.isOnlySource && !iam.side.isScimEnabled;
  return [
    ...findingAdvice(drift, "problem", repairers.words.findings),
    ...recoveries
      .filter(({ recovery }) => kinds.has(recovery))
      .map(({ recovery, what, inConsole, repair }) => {
        const how = isBefore && recovery in beforeScim ? atFirstProvisioning : inConsole(repairers);
        if (repair === undefined || isBefore) return { what, how: how ?? inAstro(recovery) };
        const command = repairers.commandFor(repair);
        return how === undefined ? { what, how: unbroken(command) } : { what, how, command };
      }),
    ...repairsOfLinks(changes),
    ...findingAdvice(drift, "information", repairers.words.findings),
  ];
}

/** What the first provisioning ends by itself. */
const beforeScim = { "re-assign": true, "push-now": true };
const deleteTeam = "delete the Team in Astro (Access Management > Teams)";

/** Where the target has no console of Astro's, so that nothing else is said of it. */
function inAstro(recovery: Recovery): string {
  return recovery === "remove-team" ? deleteTeam : "remove the member in Astro";
}

const atFirstProvisioning = "nothing: the identity provider does it when SCIM is enabled and it provisions";

/** What repairs a link creates the missing account or Team, too; our repair would create it without a link. */
function isNoPartOfBrokenLink(changes: readonly Change[]): (change: Change) => boolean {
  const nameOf = (change: Change): string => {
    const { kind, key } = subjectOf(change);
    return `${kind} ${key}`;
  };
  const broken = new Set(changes.filter(isBrokenLink).map(nameOf));
  return (change) => !change.kind.endsWith("-missing") || !broken.has(nameOf(change));
}

/** Each way to repair a link once. None of our commands can. */
function repairsOfLinks(changes: readonly Change[]): readonly Advice[] {
  const byText = new Map<string, Advice>();
  for (const { kind, mend } of changes.filter(isBrokenLink)) {
    const what = kind === "user-link-broken" ? "user's link broken" : "Team's link broken";
    byText.set(`${what} ${mend}`, { what, how: `${mend}; no command of astro-scim can do this` });
  }
  return [...byText.values()];
}

type Recovery =
  | "re-assign"
  | "push-now"
  | "push-unknown"
  | "compare-apis"
  | "remove"
  | "remove-unknown"
  | "remove-owner"
  | "remove-team"
  | "mend-link"
  | "accept-invite"
  | "end-ban"
  | "link-account"
  | "remove-unlinked"
  | "remove-duplicate";

interface RecoveryText {
  readonly recovery: Recovery;
  readonly what: string;
  /** Undefined where there is none. */
  readonly inConsole: (consoles: Consoles) => string | undefined;
  /** The words of our command; undefined where none can do it. */
  readonly repair?: string;
}

const recoveries: readonly RecoveryText[] = [
  {
    recovery: "re-assign",
    what: "user missing or different",
    inConsole: ({ words }) => words.inConsole.user,
    repair: "resync USER",
  },
  {
    recovery: "accept-invite",
    what: "invitation pending",
    inConsole: () =>
      "the user accepts the invitation, or you delete it in Astro (Access Management > Users) and assign the user again",
  },
  {
    recovery: "end-ban",
    what: "account banned",
    inConsole: () => "ask Astronomer's support: neither the identity provider nor astro-scim can end it",
  },
  {
    recovery: "link-account",
    what: "user never linked",
    inConsole: ({ words }) =>
      `${words.inConsole.user}: until the provider links the account, it stays active when the user leaves`,
  },
  {
    recovery: "remove-unlinked",
    what: "account never linked",
    inConsole: () =>
      "the provider does not know it and will never deactivate it: assign its user to the app, or remove the member in Astro (Access Management > Users)",
    repair: "delete USER",
  },
  {
    recovery: "remove-duplicate",
    what: "same person twice",
    inConsole: () =>
      "find out which account the person uses, give its roles to the one that the directory names, and remove the other in Astro",
    repair: "delete USER",
  },
  {
    recovery: "push-now",
    what: "Team missing or different",
    inConsole: ({ words }) => words.inConsole.team,
    repair: "push-group NAME",
  },
  {
    recovery: "push-unknown",
    what: "members unknown",
    inConsole: ({ words }) => words.inConsole.team,
    repair: "push-group NAME",
  },
  {
    recovery: "remove-unknown",
    what: "orphaned, no link",
    inConsole: ({ hasAstroConsole }) =>
      hasAstroConsole
        ? "no deactivation will ever be sent: Access Management > Users > Remove member in Astro"
        : undefined,
    repair: "delete USER",
  },
  {
    recovery: "compare-apis",
    what: "APIs disagree",
    inConsole: ({ words }) =>
      `look the user up in Astro (Access Management > Users). If the user is missing or inactive there, and should not be: ${words.inConsole.user}. If the user should have no account: remove the member in Astro. Otherwise run diff again later`,
  },
  {
    recovery: "remove",
    what: "orphaned",
    inConsole: ({ hasAstroConsole }) =>
      hasAstroConsole ? "Access Management > Users > Remove member in Astro" : undefined,
    repair: "delete USER",
  },
  {
    recovery: "remove-owner",
    what: "Organization Owner",
    inConsole: ({ hasAstroConsole }) =>
      hasAstroConsole
        ? "astro-scim deletes no owner. First change the Organization role in Astro (Access Management > Users > Edit User > Update member, or in the Team that gives it); Astro keeps the last owner, so make another user an Organization Owner before. After that: Remove member"
        : "astro-scim deletes no owner. First give the user a lower organization role on that server, and keep another owner. After that: remove the account there",
    repair: "delete USER",
  },
  {
    recovery: "remove-team",
    what: "orphaned Team",
    inConsole: ({ hasAstroConsole }) => (hasAstroConsole ? deleteTeam : undefined),
    repair: "delete --team NAME",
  },
];

/** Nothing of ours deletes an owner. */
function recoveryWith({ ownerIds }: Drift["protection"]): (change: Change) => Recovery {
  return (change) =>
    isUserToRemove(change) && ownerIds.has(change.held.scimId) ? "remove-owner" : recoveryOf(change);
}

function recoveryOf(change: Change): Recovery {
  if (change.kind === "user-left-over" && change.link === "not-linked") return "remove-unknown";
  if (change.kind === "user-never-linked" && change.user !== undefined) return "link-account";
  return recoveryOfKind[change.kind];
}

const recoveryOfKind: Readonly<Record<Change["kind"], Recovery>> = {
  "user-missing": "re-assign",
  "user-invite-pending": "accept-invite",
  "user-inactive": "re-assign",
  "user-banned": "end-ban",
  "user-renamed": "re-assign",
  "user-attribute-differs": "re-assign",
  "user-link-broken": "mend-link",
  "user-never-linked": "remove-unlinked",
  "user-duplicate": "remove-duplicate",
  "user-left-over": "remove",
  "team-missing": "push-now",
  "team-renamed": "push-now",
  "team-members-differ": "push-now",
  "team-link-broken": "mend-link",
  "team-left-over": "remove-team",
};
