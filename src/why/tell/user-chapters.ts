/** What the directory, the provider and Astro say of a user. */

import type { HeldUser } from "../../astro/held.ts";
import { last, timeText } from "../causes/log-search.ts";
import type { UserFacts } from "../facts/facts.ts";
import type { Sides } from "../facts/sides.ts";
import type { Chapter } from "../story.ts";
import { findingLines, notRead, type Line } from "./finding-lines.ts";

export function userChapters(facts: UserFacts, sides: Sides): readonly Chapter[] {
  return [
    { of: "directory", title: "In the directory", lines: directoryLines(facts, sides) },
    { of: "provider", title: `Provisioning by ${facts.words.name}`, lines: providerLines(facts) },
    { of: "astro", title: "In Astro", lines: astroLines(facts, sides) },
  ];
}

function directoryLines(facts: UserFacts, { provided: { directory }, unreadSide }: Sides): readonly Line[] {
  if (unreadSide?.of === "directory") {
    const known =
      facts.outside === undefined
        ? []
        : [{ label: "User", text: `${facts.outside.name} (${facts.outside.status})` }];
    return [...known, ...notRead("Assigned")];
  }
  const { user, outside, expected, isAssigned, notProvisioned, unmappableReason } = facts;
  if (user === undefined) {
    const text =
      outside === undefined ? "not there" : `${outside.name} (${outside.status}), with no part in the app`;
    return [{ label: "User", text }];
  }
  const groups = [...directory.groups.values()].filter(
    ({ key, members }) =>
      members.has(user.key) && (directory.assignedGroups.has(key) || directory.pushedGroups.has(key)),
  );
  const through = isAssigned.through.map((name) => `through the group ${name}`);
  const ways = [...(isAssigned.directly ? ["directly"] : []), ...through];
  const mapped =
    expected === undefined
      ? `no account${unmappableReason === undefined ? "" : `: ${unmappableReason}`}`
      : `the userName ${expected.userName}`;
  return [
    { label: "User", text: `${user.key} (${user.status}), ID ${user.objectId}` },
    { label: "Assigned", text: ways.length === 0 ? "no" : ways.join(" and ") },
    ...(groups.length === 0 ? [] : [{ label: "Groups", text: groups.map(({ name }) => name).join(", ") }]),
    { label: "Mapped to", text: mapped },
    ...(notProvisioned === undefined
      ? []
      : [{ label: "Account", text: `none to expect: ${notProvisioned}` }]),
  ];
}

function providerLines(facts: UserFacts): readonly Line[] {
  const { isLive, link, log, findings, appFindings, words } = facts;
  if (!isLive) {
    const linked = link.kind === "linked" ? [{ label: "Link", text: `to the account ${link.scimId}` }] : [];
    return [
      ...linked,
      {
        label: "State",
        text: `not known: the directory is a file; --from okta or --from entra asks the provider`,
      },
    ];
  }
  const newest = last(log, {
    actions: [
      "account-created",
      "account-changed",
      "account-activated",
      "account-deactivated",
      "account-deleted",
      "other",
    ],
    log: "provider",
    writer: "provider",
  });
  return [
    { label: "Link", text: linkText(facts) },
    ...findingLines([...findings, ...appFindings], words),
    ...(newest === undefined
      ? []
      : [{ label: "Last sent", text: `${timeText(newest.at)}: ${newest.text}, ${newest.outcome}` }]),
  ];
}

function linkText({ link, words, flag }: UserFacts): string {
  switch (link.kind) {
    case "linked":
      return `to the account ${link.scimId}`;
    case "not-linked":
      return "none";
    case "unknown":
      return flag === undefined ? "not known" : `not shown by ${words.name}`;
    default:
      return link satisfies never;
  }
}

function astroLines(facts: UserFacts, sides: Sides): readonly Line[] {
  if (sides.unreadSide?.of === "astro") return notRead("Account");
  if (facts.accounts.length === 0) return [{ label: "Account", text: "none" }];
  return facts.accounts.flatMap((account) => accountLines(account, facts, sides));
}

function accountLines(account: HeldUser, facts: UserFacts, { drift }: Sides): readonly Line[] {
  const { userName, active, scimId, iam } = account;
  const status = iam?.status ?? (active ? "active" : "inactive");
  // The Astro inside the process has made its accounts just now.
  const createdAt = drift.target.kind === "local" ? undefined : iam?.createdAt;
  return [
    { label: "Account", text: `${userName} (${status}), ID ${scimId}` },
    ...(createdAt === undefined ? [] : [{ label: "Created", text: timeText(createdAt) }]),
    { label: "Roles", text: rolesText(account, drift.iam.kind === "read") },
    ...(account === facts.accounts[0] ? mainAccountLines(facts) : []),
  ];
}

function rolesText({ roles = [] }: HeldUser, isKnown: boolean): string {
  if (roles.length > 0) return roles.join(", ");
  return isKnown ? "none" : "not known: IAM was not read";
}

/** Of the account that the directory means. */
function mainAccountLines({ log, teams }: UserFacts): readonly Line[] {
  const created = log.find(
    (entry) => entry.action === "account-created" && entry.log === "astro" && entry.outcome === "success",
  );
  return [
    ...(created === undefined ? [] : [{ label: "Created by", text: created.by ?? created.writer }]),
    { label: "Teams", text: teams.held.length === 0 ? "none" : teams.held.join(", ") },
  ];
}
