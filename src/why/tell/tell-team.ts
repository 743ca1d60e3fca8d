/** The story of a Team. */

import { roleNamesOf } from "../../astro/records/shown-roles.ts";
import type { HeldTeam } from "../../astro/held.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import { memberCauses } from "../causes/member-causes.ts";
import { last, timeText } from "../causes/log-search.ts";
import { teamCauses } from "../causes/team-causes.ts";
import { userCauses } from "../causes/user-causes.ts";
import type { MemberFacts, TeamFacts } from "../facts/facts.ts";
import type { Sides } from "../facts/sides.ts";
import { objectIdOf, type TeamSubject } from "../facts/subject.ts";
import { memberFacts, teamFacts } from "../facts/team-facts.ts";
import { distinctCauses, type Chapter, type MemberStory, type Story } from "../story.ts";
import { findingLines, notRead, type Line } from "./finding-lines.ts";
import { memberFact } from "./member-fact.ts";
import type { Reading } from "./tell-user.ts";
import { verdictOf } from "./verdict.ts";

export function tellTeam(subject: TeamSubject, { sides, logs, clocks, unread }: Reading): Story {
  const facts = teamFacts(sides, subject, logs);
  const isMissing = facts.changes.some(({ kind }) => kind === "team-missing");
  // Nobody is in a Team that is not there: that has one cause.
  const members = isMissing ? [] : memberFacts(sides, facts, logs).map(memberStory);
  const own = teamCauses(facts);
  const symptoms = symptomsOf(facts, members);
  const causes = distinctCauses([...own, ...members.flatMap((member) => member.causes)]);
  const isPartUnknown = members.some((member) => member.causes.length === 0);
  return {
    kind: "team",
    name: facts.name,
    ids: { provider: objectIdOf(subject), scim: facts.held?.scimId },
    chapters: chaptersOf(facts, sides),
    events: facts.log,
    clocks,
    unread,
    symptoms,
    causes,
    members,
    ...verdictOf({
      symptoms,
      causes,
      isPartUnknown,
      unread,
      sides,
      fine: () => fineText(facts),
    }),
  };
}

/** A member without a working account is missing because of that. */
function memberStory(facts: MemberFacts): MemberStory {
  const { side, member, team, user } = facts;
  const ofAccount = side === "missing" && member.account === "active" ? [] : userCauses(user);
  return {
    side,
    team: team.name,
    userName: member.userName,
    fact: memberFact(facts),
    causes: ofAccount.length > 0 ? ofAccount : memberCauses(facts),
  };
}

function symptomsOf(facts: TeamFacts, members: readonly MemberStory[]): readonly string[] {
  const { changes, name, held, areMembersHidden } = facts;
  const kinds = new Set(changes.map(({ kind }) => kind));
  const missing = members.filter(({ side }) => side === "missing").length;
  const extra = members.length - missing;
  return [
    ...(kinds.has("team-missing") ? [`there should be a Team ${name} in Astro, and there is none`] : []),
    ...(kinds.has("team-left-over") ? [`the Team ${name} is in Astro, and no group explains it`] : []),
    ...(kinds.has("team-renamed")
      ? [`the Team of the group ${name} is called ${held?.displayName ?? "otherwise"} in Astro`]
      : []),
    ...(kinds.has("team-link-broken") ? [`the provider's link to the Team ${name} does not work`] : []),
    ...(missing === 0 ? [] : [`${missing} of its members ${missing === 1 ? "is" : "are"} missing in Astro`]),
    ...(extra === 0 ? [] : [`${extra} of the members in Astro should not be there`]),
    ...(areMembersHidden ? [`Astro does not show who is in the Team ${name}`] : []),
  ];
}

function chaptersOf(facts: TeamFacts, { unreadSide, drift }: Sides): readonly Chapter[] {
  return [
    {
      of: "directory",
      title: "In the directory",
      lines: unreadSide?.of === "directory" ? notRead("Group") : directoryLines(facts),
    },
    { of: "provider", title: `Provisioning by ${facts.words.name}`, lines: providerLines(facts) },
    {
      of: "astro",
      title: "In Astro",
      lines: unreadSide?.of === "astro" ? notRead("Team") : astroLines(facts, drift),
    },
  ];
}

function directoryLines({ group, isProvided, isAssigned, expected, words }: TeamFacts): readonly Line[] {
  if (group === undefined) return [{ label: "Group", text: "no such group has a part in the app" }];
  const count = expected === undefined ? "" : `, of whom ${expected.members.size} should be in the Team`;
  return [
    { label: "Group", text: `${group.name}, ID ${group.objectId}` },
    {
      label: "Team",
      text: isProvided ? words.groups.provided : `not ${words.groups.provided}: no Team is made of it`,
    },
    { label: "Assigned", text: isAssigned ? "yes: it gives its members the app" : "no" },
    { label: "Members", text: `${group.members.size}${count}` },
  ];
}

function providerLines({ isLive, findings, appFindings, words, log }: TeamFacts): readonly Line[] {
  if (!isLive)
    return [
      {
        label: "State",
        text: "not known: the directory is a file; --from okta or --from entra asks the provider",
      },
    ];
  const newest = last(log, {
    actions: ["team-created", "team-changed", "team-deleted"],
    log: "provider",
    writer: "provider",
  });
  const lines = findingLines([...findings, ...appFindings], words);
  return [
    ...(lines.length === 0 ? [{ label: "Status", text: "no error" }] : lines),
    ...(newest === undefined
      ? []
      : [{ label: "Last sent", text: `${timeText(newest.at)}: ${newest.text}, ${newest.outcome}` }]),
  ];
}

function astroLines({ held, log }: TeamFacts, { target }: Drift): readonly Line[] {
  if (held === undefined) return [{ label: "Team", text: "none" }];
  const created = last(log, { actions: ["team-created"], outcome: "success", log: "astro" });
  const { iam, displayName, scimId, memberIds } = held;
  return [
    { label: "Team", text: `${displayName}, ID ${scimId}` },
    ...(iam?.createdAt === undefined || target.kind === "local"
      ? []
      : [{ label: "Created", text: timeText(iam.createdAt) }]),
    ...(created === undefined ? [] : [{ label: "Created by", text: created.by ?? created.writer }]),
    { label: "Members", text: String(memberIds.size) },
    { label: "Roles", text: rolesText(held) },
  ];
}

function fineText({ name, held, group, isProvided, words }: TeamFacts): string {
  if (held === undefined) {
    return `there should be no Team ${name}, and there is none (the group is ${isProvided ? "empty" : `not ${words.groups.provided}`})`;
  }
  if (group === undefined)
    return `the Team ${name} was made in Astro, and no group of the directory is responsible for it`;
  return `the Team ${name} has the members that the directory says`;
}

function rolesText({ iam }: Pick<HeldTeam, "iam">): string {
  if (iam?.roles === undefined) return "not known: IAM was not read";
  const names = roleNamesOf(iam.roles);
  return names.length === 0 ? "none" : names.join(", ");
}
