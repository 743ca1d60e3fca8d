/** What each kind of finding counts for, and what an administrator does about it: a row for each, in the order of the report. */

import type { PreflightKind } from "./finding.ts";

/**
 * A `problem` means not yet, until it is solved or accepted. `unknown` is what could not be read, without which nobody can say
 * go. `information` is listed and does not count.
 */
export type PreflightWeight = "problem" | "unknown" | "information";

interface PreflightRule {
  readonly weight: PreflightWeight;
  /** Heads the list of them. */
  readonly title: string;
  /** Why it has that weight. */
  readonly why: string;
  /** What to do before the day, in the imperative; undefined where nothing has to be done. */
  readonly how: string | undefined;
}

export const preflightKinds = {
  "already-provisioned": {
    weight: "problem",
    title: "The provider has provisioned this Astro before",
    why: "The predictions are those of a first run, and this would be none.",
    how: "compare with astro-scim diff instead",
  },
  "nobody-provisioned": {
    weight: "problem",
    title: "Nobody is provisioned",
    why: "No user of the directory is assigned and gets an account, so the first run does nothing.",
    how: "assign users or groups to the app, and check that this is the directory that was meant",
  },
  "roles-unknown": {
    weight: "unknown",
    title: "Roles and invitations are unknown",
    why: "Nobody can say who loses access, who is an owner and who was only invited.",
    how: "leave out --api scim, and use a token that may read Astro's IAM API (Organization Member)",
  },
  "domains-unknown": {
    weight: "unknown",
    title: "Verified domains are unknown",
    why: "People with an e-mail domain that is not verified may be unable to sign in.",
    how: "look them up in Astro (Organization Settings > Authentication > Managed Domains), and name each with --verified-domain",
  },
  "terraform-other-organization": {
    weight: "unknown",
    title: "Terraform, for another organization",
    why: "Nothing of the file was found in this organization, so nobody can say what Terraform owns here.",
    how: "give the file of the configuration that manages this organization, or leave out --terraform",
  },
  "account-link-unknown": {
    weight: "unknown",
    title: "Accounts that may be linked or made twice",
    why: "Astro knows the account by its address, the provider looks for a userName that is none, and it is not documented what Astro finds.",
    how: "map the e-mail address to userName, as Astro documents",
  },
  "mapping-not-evaluated": {
    weight: "unknown",
    title: "Mappings that cannot be evaluated",
    why: "Nobody can say which accounts the first run creates or links.",
    how: "replace the mapping by one of those that Astro documents",
  },
  "provider-finding": {
    weight: "problem",
    title: "Settings in the provider",
    why: "Something is never sent, however well everything else is set up.",
    how: "correct it in the provider's console before the day",
  },
  "first-run-fails": {
    weight: "problem",
    title: "Failures in the first run",
    why: "The rehearsal of the first run fails there, so the real one will.",
    how: "rehearse it with astro-scim simulate, which shows every request and answer",
  },
  "team-not-linked": {
    weight: "problem",
    title: "Teams that are not linked",
    why: "The group has the name of a Team, names are unique in Astro, and the provider does not take the Team over.",
    how: "rename the Team or the group",
  },
  "groups-share-name": {
    weight: "problem",
    title: "Groups with the same name",
    why: "Team names are unique in Astro, ignoring case: only the first group gets a Team.",
    how: "rename all of these groups but one",
  },
  "team-loses-members": {
    weight: "problem",
    title: "Members that Teams lose",
    why: "These people lose at once what they have through the Team.",
    how: "add them to the group, or accept the loss with --accept team-loses-members",
  },
  "team-members-outside-group": {
    weight: "problem",
    title: "Members who are not in the group",
    why: "Okta may take them out at the first push (that is not documented) and does at the next Push now; Entra ID never does.",
    how: "add them to the group, or take them out of the Team",
  },
  "team-gives-roles": {
    weight: "problem",
    title: "Roles that new members get",
    why: "The Team has roles in Astro already, and everybody in the group gets them.",
    how: "review the roles of the Team, or accept them with --accept team-gives-roles",
  },
  "terraform-team": {
    weight: "problem",
    title: "Teams owned by Terraform",
    why: "With SCIM on, the Terraform provider refuses to create or change a Team, so every later plan that touches it fails.",
    how: "take the resource out of the state with terraform state rm, and out of the configuration",
  },
  "terraform-members": {
    weight: "problem",
    title: "Memberships owned by Terraform",
    why: "Two writers own one list: a later plan removes the members that SCIM added.",
    how: "take member_ids or the membership out of the configuration before the day",
  },
  "owner-not-assigned": {
    weight: "problem",
    title: "Organization Owners whom nobody assigned",
    why: "The provider gets no link to the account: the owner keeps all rights when leaving the company.",
    how: "assign them to the app, or protect an emergency account in the profile",
  },
  "account-not-assigned": {
    weight: "problem",
    title: "Accounts that nobody assigned",
    why: "The provider gets no link to the account: it stays active, and no leaver is ever deactivated.",
    how: "assign them to the app, or remove them in Astro (Organization Settings > Access Management > Users)",
  },
  "invitation-pending": {
    weight: "problem",
    title: "Pending invitations of people who will be provisioned",
    why: "It is not documented what Astro does with an account that was only invited; Okta keeps no link if it stays inactive.",
    how: "have the invitations accepted, or delete them before the day",
  },
  "account-banned": {
    weight: "problem",
    title: "Banned accounts of people who will be provisioned",
    why: "Astronomer blocked the account, and SCIM does not lift that.",
    how: "ask Astronomer's support, or unassign the person",
  },
  "assigned-before-provisioning": {
    weight: "problem",
    title: "Assigned before Provisioning was on",
    why: "Nothing is sent for them: no account is created or linked, and nobody is deactivated later.",
    how: "after the switch, press Provision User on the tab Assignments, or unassign and assign them",
  },
  "domain-not-verified": {
    weight: "problem",
    title: "E-mail domains that are not verified",
    why: "It is not documented whether Astro accepts them over SCIM, and single sign-on needs a verified domain.",
    how: "verify the domain in Astro (Organization Settings > Authentication > Managed Domains)",
  },
  "user-without-mail": {
    weight: "problem",
    title: "Assigned, without an e-mail address",
    why: "The userName is empty, so the person gets no account.",
    how: "fill in the attribute in the directory, or unassign the person",
  },
  "users-share-address": {
    weight: "problem",
    title: "People with the same userName",
    why: "Only the first of them gets the account.",
    how: "correct the address of all but one, or unassign them",
  },
  "users-differ-by-case": {
    weight: "problem",
    title: "People with userNames that differ only in case",
    why: "Astro ignores the case of an address: only the first of them gets the account.",
    how: "correct the address of all but one, or unassign them",
  },
  "user-not-mappable": {
    weight: "problem",
    title: "Assigned, and the mappings fail",
    why: "The person gets no account.",
    how: "correct the mapping, or the attribute that it reads",
  },
  "just-in-time-on": {
    weight: "problem",
    title: "Just-in-time sign-in is on",
    why: "Whom SCIM removes, and who can still sign in at the provider, comes back as a member at the next sign-in.",
    how: "set Automatic Membership to Disabled in Astro (Organization Settings > Authentication)",
  },
  "team-linked": {
    weight: "information",
    title: "Teams that are linked",
    why: "The Team keeps its id and its roles, and the provider owns its members from then on; that Astro lets SCIM take over a Team that was made in it is inferred.",
    how: undefined,
  },
  "team-without-group": {
    weight: "information",
    title: "Teams without a group",
    why: "They stay as they are; once SCIM is on, nobody can create Teams or add members in Astro.",
    how: "push a group of the same name, if the Team should still get new members",
  },
  "account-linked": {
    weight: "information",
    title: "Accounts that are linked",
    why: "The account keeps its id and its roles, and the provider deactivates it when the person leaves.",
    how: undefined,
  },
  "terraform-team-roles": {
    weight: "information",
    title: "Team roles owned by Terraform",
    why: "SCIM carries no roles, so this goes on as before, as long as the Team keeps its id.",
    how: undefined,
  },
  "terraform-user-roles": {
    weight: "information",
    title: "User roles owned by Terraform",
    why: "SCIM carries no roles; the Terraform provider manages those of active users alone.",
    how: undefined,
  },
  "terraform-not-here": {
    weight: "information",
    title: "Terraform, not all in this organization",
    why: "Not all of the file was found in this organization, or it has nothing that owns Teams, members or roles.",
    how: "check that the file is of the configuration that manages this organization",
  },
  "mapping-left-out": {
    weight: "information",
    title: "Mappings that are left out",
    why: "They cannot be evaluated, so what they change is in no prediction.",
    how: undefined,
  },
  "deletion-guard-off": {
    weight: "information",
    title: "Prevent accidental deletion is off",
    why: "Nothing stops a cycle that deactivates everybody, for example after a wrong change of scope.",
    how: "switch on Prevent accidental deletion (Provisioning > Edit provisioning > Settings) with a low threshold",
  },
  "deletion-guard-too-high": {
    weight: "information",
    title: "The deletion threshold protects nobody",
    why: "It is higher than the number of accounts and Teams, so no cycle ever reaches it.",
    how: "lower the threshold (Provisioning > Edit provisioning > Settings)",
  },
  "just-in-time-unknown": {
    weight: "information",
    title: "Just-in-time sign-in cannot be read",
    why: "No API shows Automatic Membership. Where it is on, whom SCIM removes comes back at the next sign-in.",
    how: "look it up in Astro (Organization Settings > Authentication), and say it with --just-in-time on or off",
  },
  "scim-already-enabled": {
    weight: "information",
    title: "SCIM is enabled in Astro",
    why: "Nothing is in the way of the provider: what is listed here happens as soon as it starts.",
    how: undefined,
  },
  "setting-assumed": {
    weight: "information",
    title: "Assumed settings",
    why: "The provider does not show them.",
    how: undefined,
  },
} as const satisfies Readonly<Record<PreflightKind, PreflightRule>>;

export function preflightRule(kind: PreflightKind): PreflightRule {
  return preflightKinds[kind];
}

/** Kinds of problems, which can be accepted. */
export const acceptableKinds: readonly PreflightKind[] = Object.keys(preflightKinds)
  .filter(isPreflightKind)
  .filter((kind) => preflightKinds[kind].weight === "problem");

export function isPreflightKind(name: string): name is PreflightKind {
  return Object.hasOwn(preflightKinds, name);
}

const places: ReadonlyMap<string, number> = new Map(
  Object.keys(preflightKinds).map((kind, place) => [kind, place]),
);

/** In the order of the table; those of a kind stay in their order. */
export function inReportOrder<Item extends { readonly kind: PreflightKind }>(
  items: readonly Item[],
): readonly Item[] {
  return items.toSorted((a, b) => (places.get(a.kind) ?? 0) - (places.get(b.kind) ?? 0));
}
