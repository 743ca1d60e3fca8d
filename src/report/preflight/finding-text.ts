/** A finding in words: whom it is about, and what is to be known of it. Not safe for a terminal yet. */

import { roleInWords } from "../../drift/plan/operations/roles-lost.ts";
import type { ScopedRole } from "../../drift/compare/over-iam/iam-remarks.ts";
import { nameList } from "../../ground/text/name-list.ts";
import { plural } from "../../ground/text/plural.ts";
import { formatCount } from "../../ground/text/quantities.ts";
import type { ProviderWords } from "../../idp/provider-words.ts";
import type { AccountChange, FindingOf, PreflightFinding, PreflightKind } from "../../preflight/finding.ts";
import { providerSays } from "../drift/provider/provider-finding-text.ts";
import { namesOf } from "../layout/counted.ts";

export interface FindingText {
  /** Empty where the text says whom it is about. */
  readonly name: string;
  readonly text: string;
}

export interface FindingTextOptions {
  readonly words: ProviderWords;
  /** Names everybody. */
  readonly all: boolean;
}

type TextOf<Kind extends PreflightKind> = (
  finding: FindingOf<Kind>,
  options: FindingTextOptions,
) => FindingText;

const texts: { readonly [Kind in PreflightKind]: TextOf<Kind> } = {
  "already-provisioned": ({ accounts }) => ({
    name: "",
    text: `the provider is linked to ${plural(accounts, "account")} of this Astro`,
  }),
  "nobody-provisioned": ({ users }) => ({
    name: "",
    text: `of ${plural(users, "user")} in the directory`,
  }),
  "roles-unknown": ({ reason }) => ({ name: "", text: reason }),
  "domains-unknown": ({ reason }) => ({ name: "", text: reason }),
  "account-link-unknown": ({ user, userName }) => ({ name: user, text: `looked up as ${userName}` }),
  "mapping-left-out": ({ attribute, expression, reason }) => ({
    name: attribute,
    text: `${expression}: ${reason}`,
  }),
  "terraform-other-organization": ({ addresses }, options) => ({
    name: "",
    text: listed(addresses, options),
  }),
  "terraform-not-here": ({ addresses }, options) => ({
    name: "",
    text:
      addresses.length === 0
        ? "the file has no resource of the provider astronomer/astro that owns Teams, members or roles"
        : listed(addresses, options),
  }),
  "mapping-not-evaluated": ({ attribute, expression, reason }) => ({
    name: attribute,
    text: `${expression}: ${reason}`,
  }),
  "provider-finding": ({ finding }, { words, all }) => ({
    name: "user" in finding ? finding.user.name : "group" in finding ? finding.group.name : "",
    text: `${words.findings[finding.kind].what}${after(": ", providerSays(finding, { all }))}`,
  }),
  "first-run-fails": ({ subject, reason }) => ({ name: subject, text: reason }),
  "team-not-linked": ({ team, group, reason }) => ({
    name: team.name,
    text: `the group ${group}: ${reason}`,
  }),
  "groups-share-name": ({ name, groups }) => ({ name, text: `the groups ${nameList(groups)}` }),
  "team-loses-members": ({ team, members, roles }, options) => ({
    name: team.name,
    text: `${listed(members, options)}${after("; they lose ", rolesText(roles))}`,
  }),
  "team-members-outside-group": ({ team, members, roles }, options) => ({
    name: team.name,
    text: `${listed(members, options)}${after("; the Team gives them ", rolesText(roles))}`,
  }),
  "team-gives-roles": ({ team, members, roles }, options) => ({
    name: team.name,
    text: `${rolesText(roles)} to ${listed(members, options)}`,
  }),
  "terraform-team": ({ team, address, isLinked }) => ({
    name: team.name,
    text: `${address}${isLinked ? "; the provider links this Team" : ""}`,
  }),
  "terraform-members": ({ team, address, members }, options) => ({
    name: team.name,
    text: `${address}${members.length === 0 ? "" : `; a later plan removes ${listed(members, options)}`}`,
  }),
  "owner-not-assigned": ({ user, reason }) => ({ name: user, text: `ORGANIZATION_OWNER; ${reason}` }),
  "account-not-assigned": ({ user, reason, status }) => ({
    name: user,
    text: status === "PENDING" ? `${reason}; invited, not accepted yet` : reason,
  }),
  "invitation-pending": ({ user }) => ({ name: user, text: "invited in Astro, not accepted yet" }),
  "account-banned": ({ user }) => ({ name: user, text: "banned in Astro" }),
  "assigned-before-provisioning": ({ user, hasAccount }) => ({
    name: user,
    text: hasAccount ? "has an account, which is not linked" : "gets no account",
  }),
  "domain-not-verified": ({ domain, status, users }, options) => ({
    name: domain,
    text: `${status === "pending" ? "added to Astro, not verified yet" : "not in Astro"}; ${listed(users, options)}`,
  }),
  "user-without-mail": ({ user, reason }) => ({ name: user, text: reason }),
  "users-share-address": ({ address, users }) => ({ name: address, text: `the users ${nameList(users)}` }),
  "users-differ-by-case": ({ addresses, users }) => ({
    name: nameList(addresses),
    text: `the users ${nameList(users)}`,
  }),
  "user-not-mappable": ({ user, reason }) => ({ name: user, text: reason }),
  "just-in-time-on": () => ({ name: "", text: "people join at sign-in" }),
  "team-linked": linkedTeam,
  "team-without-group": ({ team, members }) => ({ name: team.name, text: plural(members, "member") }),
  "account-linked": ({ user, changes }) => ({
    name: user,
    text: changes.length === 0 ? "as it is" : changes.map(changeText).join("; "),
  }),
  "terraform-team-roles": ({ team, address }) => ({ name: team.name, text: address }),
  "terraform-user-roles": ({ user, address, status }) => ({
    name: user,
    text: status === "ACTIVE" ? address : `${address}; the account is ${status}`,
  }),
  "deletion-guard-off": ({ accounts }) => ({
    name: "",
    text: `a cycle may take away all ${accountsAndTeams(accounts)}`,
  }),
  "deletion-guard-too-high": ({ threshold, accounts }) => ({
    name: "",
    text: `the threshold is ${formatCount(threshold)}; the first run links ${accountsAndTeams(accounts)}`,
  }),
  "just-in-time-unknown": () => ({ name: "", text: "no API shows Automatic Membership" }),
  "scim-already-enabled": () => ({ name: "", text: "the switch is on" }),
  "setting-assumed": ({ setting, value, reason }) => ({ name: setting, text: `${value}: ${reason}` }),
};

export function findingText<Kind extends PreflightKind>(
  finding: PreflightFinding & FindingOf<Kind>,
  options: FindingTextOptions,
): FindingText {
  const text: TextOf<Kind> = texts[finding.kind];
  return text(finding, options);
}

function linkedTeam(
  { group, team, renamedTo, membersKept, gains, loses }: FindingOf<"team-linked">,
  options: FindingTextOptions,
): FindingText {
  const parts = [
    ...(renamedTo === undefined ? [] : [`renamed to ${renamedTo}`]),
    `${plural(membersKept, "member")} ${membersKept === 1 ? "stays" : "stay"}`,
    ...(gains.length === 0 ? [] : [`gains ${listed(gains, options)}`]),
    ...(loses.length === 0 ? [] : [`loses ${listed(loses, options)}`]),
  ];
  const from = group === team.name || group === renamedTo ? "" : `by the group ${group}; `;
  return { name: team.name, text: from + parts.join("; ") };
}

function changeText({ attribute, from, to }: AccountChange): string {
  if (attribute === "active") return to === "true" ? "becomes active again" : "becomes inactive";
  return `${attribute}: ${from ?? "(unset)"} → ${to ?? "(unset)"}`;
}

function listed(names: readonly string[], { all }: FindingTextOptions): string {
  return namesOf(names, all ? Infinity : undefined);
}

/** Empty where there are none, and where Astro does not show them. */
function rolesText(roles: readonly ScopedRole[] = []): string {
  return nameList(roles.map(roleInWords));
}

function accountsAndTeams(count: number): string {
  return count === 1 ? "1 account or Team" : `${formatCount(count)} accounts and Teams`;
}

function after(lead: string, text: string): string {
  return text === "" ? "" : lead + text;
}
