/** The story of a user. */

import { resourceOf, subjectOf } from "../../drift/compare/change.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import { memberCauses } from "../causes/member-causes.ts";
import { symptomOf, symptomText } from "../causes/symptom.ts";
import { userCauses } from "../causes/user-causes.ts";
import type { UserFacts } from "../facts/facts.ts";
import { heldByKey } from "../facts/find-subject.ts";
import type { Sides } from "../facts/sides.ts";
import { objectIdOf, type UserSubject } from "../facts/subject.ts";
import { memberFacts, teamFacts } from "../facts/team-facts.ts";
import { userFacts } from "../facts/user-facts.ts";
import type { Logs } from "../logs/logs.ts";
import { distinctCauses, type MemberStory, type ServerClock, type Story, type Unread } from "../story.ts";
import { memberFact } from "./member-fact.ts";
import { userChapters } from "./user-chapters.ts";
import { verdictOf } from "./verdict.ts";

/** What was read, and what was not. */
export interface Reading {
  readonly sides: Sides;
  readonly logs: Logs;
  readonly clocks: readonly ServerClock[];
  readonly unread: readonly Unread[];
}

export function tellUser(subject: UserSubject, { sides, logs, clocks, unread }: Reading): Story {
  const facts = userFacts(sides, subject, logs);
  const own = userCauses(facts);
  const symptom = symptomOf(facts);
  // What is missing in Teams follows from an account that is not there.
  const members = symptom === undefined ? memberships(facts, { sides, logs }) : [];
  const symptoms = [
    ...(symptom === undefined ? [] : [symptomText(symptom, facts)]),
    ...members.map(({ side, team }) =>
      side === "missing"
        ? `${facts.name} is missing in the Team ${team}`
        : `${facts.name} is in the Team ${team} and should not be`,
    ),
  ];
  const causes = distinctCauses([...own, ...members.flatMap((member) => member.causes)]);
  const isPartUnknown = members.some((member) => member.causes.length === 0);
  return {
    kind: "user",
    name: facts.name,
    ids: { provider: objectIdOf(subject), scim: subject.accounts[0]?.scimId },
    chapters: userChapters(facts, sides),
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
      unknown: whyUnknown(facts, sides),
      fine: () => fineText(facts, sides),
    }),
  };
}

/** Teams of which the two sides say different things about this user. */
function memberships(
  facts: UserFacts,
  { sides, logs }: Pick<Reading, "sides" | "logs">,
): readonly MemberStory[] {
  const { provided, drift, teamKeys } = sides;
  const accountIds = new Set(facts.accounts.map(({ scimId }) => scimId));
  const held = heldByKey(sides);
  return teamNamesOf(drift, facts, accountIds).flatMap((key): readonly MemberStory[] => {
    const group = [...provided.directory.groups.values()].find(
      ({ objectId }) => teamKeys.get(objectId) === key,
    );
    const name = group?.name ?? held.get(key)?.displayName ?? key;
    const team = teamFacts(sides, { kind: "team", name, group, held: held.get(key) }, logs);
    return memberFacts(sides, team, logs)
      .filter(({ member }) => member.key === facts.expected?.key || accountIds.has(member.scimId ?? ""))
      .map((one) => ({
        side: one.side,
        team: name,
        userName: facts.name,
        fact: memberFact(one),
        causes: memberCauses(one),
      }));
  });
}

function teamNamesOf(
  { changes }: Drift,
  { expected }: UserFacts,
  accountIds: ReadonlySet<string>,
): readonly string[] {
  return changes.flatMap((change) => {
    if (change.kind !== "team-missing" && change.kind !== "team-members-differ") return [];
    const members = change.kind === "team-missing" ? change.members : [...change.missing, ...change.leftOver];
    const isIn = members.some(({ key, scimId }) => key === expected?.key || accountIds.has(scimId ?? ""));
    return isIn ? [change.team.key] : [];
  });
}

/** What the comparison itself leaves open about this user. */
function whyUnknown({ accounts, expected }: UserFacts, { drift }: Sides): string | undefined {
  const ids = new Set(accounts.map(({ scimId }) => scimId));
  const disagreed = drift.apisDisagree.find(({ user }) => ids.has(user.scimId));
  if (disagreed !== undefined) {
    const { user, inIam } = disagreed;
    const overIam = inIam === "not-listed" ? "not listed at all" : inIam;
    return `Astro's APIs disagree about ${user.userName}: ${user.active ? "active" : "inactive"} over SCIM, and ${overIam} over IAM`;
  }
  const hidden = drift.cannotTell.filter(({ team }) => team.members.has(expected?.key ?? ""));
  if (hidden.length === 0) return undefined;
  return `Astro does not show who is in ${hidden.map(({ team }) => team.displayName).join(", ")}`;
}

/** Why nothing is wrong. */
function fineText(facts: UserFacts, { drift }: Sides): string {
  const { name, accounts, expected, notProvisioned, user, outside, teams } = facts;
  const ids = new Set(accounts.map(({ scimId }) => scimId));
  const isProtected = drift.protectedSkipped.some(
    (change) => ids.has(resourceOf(change)?.scimId ?? "") || subjectOf(change).key === expected?.key,
  );
  if (isProtected) return `${name} differs from the directory, is on the protect list, and is never changed`;
  const account = accounts.find(({ active }) => active);
  if (account !== undefined && expected?.presence === "active") {
    const where =
      teams.held.length === 0 ? "" : `, and is in the Teams that it should be in: ${teams.held.join(", ")}`;
    return `${name} has the account that the directory says${where}`;
  }
  if (account !== undefined) return `${name} has an account that astro-scim is not responsible for`;
  const why =
    notProvisioned ??
    (user === undefined
      ? outside === undefined
        ? "not in the directory"
        : `${outside.status}, and not assigned to the app`
      : "not assigned to the app");
  return `${name} should have no active account, and has none (${why})`;
}
