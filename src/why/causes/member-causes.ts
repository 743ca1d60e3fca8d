/** Why a member is missing in a Team, or is in it and should not be, where the member's account is as it should be. */

import type { MemberFacts } from "../facts/facts.ts";
import type { LogEntry } from "../logs/log-entry.ts";
import { causesOf, type Cause, type CauseId, type Found, type NamedCause } from "./cause.ts";
import { asEvidence, isAfter, last, logNameOf } from "./log-search.ts";
import { teamTable } from "./team-causes.ts";

/** A write to the Team that put this member in, or took it out. */
interface Move {
  readonly entry: LogEntry;
  readonly isIn: boolean;
}

function moves({ member: { scimId }, team }: MemberFacts): readonly Move[] {
  if (scimId === undefined) return [];
  return team.log.flatMap((entry): readonly Move[] => {
    if (entry.outcome !== "success" || entry.log === "provider") return [];
    // A Team that was deleted had members of its own.
    const written = entry.objects[0]?.id;
    if (written !== undefined && team.held !== undefined && written !== team.held.scimId) return [];
    if (entry.allMembers !== undefined) return [{ entry, isIn: entry.allMembers.includes(scimId) }];
    if (!entry.objects.some(({ id }) => id === scimId)) return [];
    if (entry.action === "member-added") return [{ entry, isIn: true }];
    return entry.action === "member-removed" ? [{ entry, isIn: false }] : [];
  });
}

/** The write that made the difference; only where it is the last word about this member. */
function moveBy(facts: MemberFacts, writer: LogEntry["writer"]): LogEntry | undefined {
  const newest = moves(facts).at(-1);
  if (newest === undefined || newest.isIn !== (facts.side === "extra")) return undefined;
  return newest.entry.writer === writer ? newest.entry : undefined;
}

/** What the change of a member makes of the rest: the provider does not read members back, and repairs nothing. */
const overruled: readonly CauseId[] = ["membership-before-user"];

const removedInAstro: Cause<MemberFacts> = {
  id: "member-removed-in-astro",
  explains: overruled,
  find: (facts) => (facts.side === "missing" ? changedInAstro(facts, "removed from") : undefined),
};

const addedInAstro: Cause<MemberFacts> = {
  id: "member-added-in-astro",
  find: (facts) => (facts.side === "extra" ? changedInAstro(facts, "added to") : undefined),
};

function changedInAstro(facts: MemberFacts, did: string): Found | undefined {
  const entry = moveBy(facts, "other");
  if (entry === undefined) return undefined;
  const { team, member } = facts;
  const { words } = team;
  return {
    sure: "certain",
    because: "Astro's audit log has the write, and no later one about this member",
    sentence: `${member.userName} was ${did} the Team ${team.name} in Astro, past ${words.name}, by ${entry.by ?? "somebody"}`,
    evidence: [asEvidence(entry, logNameOf(entry, words.name))],
    repair: pushNow(facts),
  };
}

const changedByAstroScim: Cause<MemberFacts> = {
  id: "member-changed-by-astro-scim",
  explains: ["member-removed-in-astro", "member-added-in-astro", ...overruled],
  find: (facts) => {
    const entry = moveBy(facts, "astro-scim");
    if (entry === undefined) return undefined;
    const { team, member, side } = facts;
    return {
      sure: "certain",
      because: "the write is recorded",
      sentence: `a repair with astro-scim ${side === "missing" ? "removed" : "added"} ${member.userName}`,
      evidence: [asEvidence(entry, logNameOf(entry, team.words.name))],
      repair: pushNow(facts),
    };
  },
};

/**
 * Members without an account are left out when a group is sent, and nothing sends them later (Okta: Group Push, users ignored;
 * Microsoft: Known issues for provisioning, a member who comes into scope).
 */
const beforeUser: Cause<MemberFacts> = {
  id: "membership-before-user",
  find: (facts) => {
    if (facts.side !== "missing" || facts.member.account !== "active") return undefined;
    // A provider's list leaves out members who have no account yet.
    if (moves(facts).some(({ entry, isIn }) => isIn || entry.writer !== "provider")) return undefined;
    const { team, user, member } = facts;
    const { words } = team;
    const created = last(user.log, { actions: ["account-created", "account-activated"], outcome: "success" });
    if (created === undefined) return undefined;
    const ignored = team.log.findLast(
      (entry) =>
        entry.action === "members-ignored" && names(entry.text, member.userName) && isAfter(created, entry),
    );
    const isIgnored = ignored !== undefined;
    const sent = ignored ?? lastSent(team);
    if (sent === undefined || sent.at > created.at) return undefined;
    return {
      ...surenessOf(words.name, { isIgnored, isAuditRead: team.logsRead.has("astro") }),
      sentence: `${words.name} sent the members of the group before ${member.userName} had an account, and does not send this member again by itself`,
      evidence: [sent, created].map((entry) => asEvidence(entry, logNameOf(entry, words.name))),
      repair: pushNow(facts),
    };
  },
};

function lastSent({ log }: MemberFacts["team"]): LogEntry | undefined {
  const actions = ["team-created", "team-changed", "member-added"] as const;
  return last(log, { actions, outcome: "success", log: "provider" });
}

function surenessOf(
  provider: string,
  { isIgnored, isAuditRead }: { readonly isIgnored: boolean; readonly isAuditRead: boolean },
): Pick<Found, "sure" | "because"> {
  if (isIgnored) return { sure: "certain", because: `${provider}'s log says that it left the member out` };
  const sent = "the group was sent last before the account was there";
  return isAuditRead
    ? { sure: "certain", because: `${sent}, and no write to the Team ever named the member` }
    : { sure: "likely", because: `${sent}; Astro's audit log could not be read` };
}

function names(text: string, userName: string): boolean {
  return text.toLowerCase().includes(userName.toLowerCase());
}

/** What holds for the Team holds for each of its members. */
const ofTeam: readonly Cause<MemberFacts>[] = teamTable
  .filter(({ id }) => id !== "team-roles-lost")
  .map(({ id, find, explains = [] }) => ({ id, explains, find: ({ team }) => find(team) }));

const table: readonly Cause<MemberFacts>[] = [
  ...ofTeam,
  changedByAstroScim,
  removedInAstro,
  addedInAstro,
  beforeUser,
];

export function memberCauses(facts: MemberFacts): readonly NamedCause[] {
  return causesOf(table, facts);
}

function pushNow({ team: { words, name } }: MemberFacts): Found["repair"] {
  return { how: words.inConsole.team, command: { words: ["push-group", name], does: "repair" } };
}
