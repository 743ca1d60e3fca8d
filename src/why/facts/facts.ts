/** What is known of one user or Team, from whatever could be read: what the causes are looked for in. Plain data. */

import type { HeldTeam, HeldUser } from "../../astro/held.ts";
import type { AstroTeam, ExpectedUser } from "../../astro/state.ts";
import type { DirectoryGroup, DirectoryUser } from "../../directory/directory.ts";
import type { OutsideUser } from "../../directory/provider-history.ts";
import type { ProviderFinding } from "../../directory/provider-finding.ts";
import type { Member, TeamChange, UserChange } from "../../drift/compare/change.ts";
import type { ProviderWords } from "../../idp/provider-words.ts";
import type { LogEntry } from "../logs/log-entry.ts";

/** What holds for every subject. */
export interface AppFacts {
  readonly words: ProviderWords;
  /** Whether the provider itself was asked; a file knows neither links nor logs. */
  readonly isLive: boolean;
  /** Entra ID's flag in the Tenant URL as it is stated; undefined where it plays no part. */
  readonly flag: boolean | undefined;
  /** What the provider says of the app as a whole. */
  readonly appFindings: readonly ProviderFinding[];
  /** Which logs were read. */
  readonly logsRead: ReadonlySet<LogEntry["log"]>;
  /** Since when the provider's log is complete; undefined where it was not read. */
  readonly providerLogSince: string | undefined;
  /** When Astro last took a write of the provider, by its audit log. */
  readonly lastAccepted: string | undefined;
  /** Every PATCH of the provider in the audit log has Entra's older form. */
  readonly isAlwaysLegacy: boolean;
}

/** What the provider remembers of the user's account. */
export type LinkFact =
  | { readonly kind: "linked"; readonly scimId: string }
  | { readonly kind: "not-linked" }
  /** Nothing says what it remembers. */
  | { readonly kind: "unknown" };

export interface UserFacts extends AppFacts {
  readonly kind: "user";
  /** As the story calls the user. */
  readonly name: string;
  /** In the directory that was read. */
  readonly user: DirectoryUser | undefined;
  /** Known to the provider, and without a part in the app. */
  readonly outside: OutsideUser | undefined;
  readonly expected: ExpectedUser | undefined;
  /** Why the mappings make no account of the user, as a clause without its subject. */
  readonly unmappableReason: string | undefined;
  /** Why the user is to have no active account; undefined where there should be one. */
  readonly notProvisioned: string | undefined;
  readonly isAssigned: { readonly directly: boolean; readonly through: readonly string[] };
  readonly findings: readonly ProviderFinding[];
  readonly link: LinkFact;
  /** Every account that may be the user's, the one that the directory means first. */
  readonly accounts: readonly HeldUser[];
  readonly changes: readonly UserChange[];
  /** The log of the user and of the user's accounts, the oldest first. */
  readonly log: readonly LogEntry[];
  /** SCIM ids of the accounts, those included that are gone. */
  readonly scimIds: ReadonlySet<string>;
  /** Names of the Teams that the user should be in, and is in. */
  readonly teams: { readonly expected: readonly string[]; readonly held: readonly string[] };
}

export interface TeamFacts extends AppFacts {
  readonly kind: "team";
  readonly name: string;
  readonly group: DirectoryGroup | undefined;
  readonly isProvided: boolean;
  readonly isAssigned: boolean;
  readonly expected: AstroTeam | undefined;
  readonly held: HeldTeam | undefined;
  readonly findings: readonly ProviderFinding[];
  readonly changes: readonly TeamChange[];
  /** Astro does not show who is in it. */
  readonly areMembersHidden: boolean;
  readonly log: readonly LogEntry[];
  /** SCIM ids that the Team has, and had. */
  readonly scimIds: ReadonlySet<string>;
  /** SCIM ids of Teams that somebody deleted in Astro and of which nothing tells the name. */
  readonly namelessDeletions: readonly LogEntry[];
}

/** A member who is missing in a Team, or is in it and should not be. */
export interface MemberFacts {
  readonly kind: "member";
  readonly side: "missing" | "extra";
  readonly member: Member;
  readonly team: TeamFacts;
  readonly user: UserFacts;
}
