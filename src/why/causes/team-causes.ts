/** Causes that concern a Team as a whole. */

import { grantedRoles } from "../../drift/compare/over-iam/iam-remarks.ts";
import type { TeamFacts } from "../facts/facts.ts";
import type { LogEntry } from "../logs/log-entry.ts";
import { notRunning, quarantine, tokenExpired, type LoggedFacts } from "./app-causes.ts";
import { causesOf, type Cause, type Found, type NamedCause } from "./cause.ts";
import { findingOf } from "./finding-causes.ts";
import { asEvidence, isAfter, last, logNameOf, timeText } from "./log-search.ts";

const stopped: readonly Cause<LoggedFacts>[] = [tokenExpired, quarantine, notRunning];

/** A deletion in Astro by anybody but the provider, with whether it is known to be of this Team. */
interface Deletion {
  readonly entry: LogEntry;
  readonly isKnown: boolean;
}

/** By an id that the Team is known to have had; else the only deletion of which nothing tells the name. */
function deletionOf({ log, namelessDeletions }: TeamFacts): Deletion | undefined {
  const known = log.findLast(
    ({ action, outcome, log: name, writer }) =>
      action === "team-deleted" && outcome === "success" && name !== "provider" && writer !== "provider",
  );
  const byProvider = last(log, { actions: ["team-deleted"], outcome: "success", writer: "provider" });
  if (byProvider !== undefined && isAfter(byProvider, known)) return undefined;
  if (known !== undefined) return { entry: known, isKnown: true };
  const [only, ...further] = namelessDeletions;
  return only === undefined || further.length > 0 ? undefined : { entry: only, isKnown: false };
}

/** The last roles that were given to the Team: a Team that is pushed again has none of them. */
function rolesBefore({ log }: TeamFacts, deletion: LogEntry): LogEntry | undefined {
  return log.findLast(
    (entry) => entry.action === "roles-changed" && entry.outcome === "success" && isAfter(deletion, entry),
  );
}

const ownerRemovedTeam: Cause<TeamFacts> = {
  id: "owner-removed-team",
  explains: ["mapping-error", "escrow"],
  find: (facts) => {
    if (!facts.changes.some(({ kind }) => kind === "team-missing" || kind === "team-link-broken"))
      return undefined;
    const { words, name } = facts;
    if (facts.held !== undefined) return undefined;
    const deletion = deletionOf(facts);
    if (deletion === undefined) return undefined;
    const { entry, isKnown } = deletion;
    const granted = rolesBefore(facts, entry);
    return {
      sure: isKnown ? "certain" : "likely",
      because: isKnown
        ? "the log has the deletion of this very Team"
        : "the audit log has one deletion of a Team and does not show its name; no other deletion is without a name",
      sentence: `the Team ${name} was deleted in Astro, past ${words.name}, by ${entry.by ?? "somebody"}`,
      evidence: [granted, entry].flatMap((one) =>
        one === undefined ? [] : [asEvidence(one, logNameOf(one, words.name))],
      ),
      repair:
        granted === undefined
          ? pushAgain(facts)
          : {
              ...pushAgain(facts),
              how: `${words.inConsole.team}; then grant the roles to the new Team again in Astro (Access Management > Teams)`,
            },
    };
  },
};

/** Deleting a Team removes its roles, and a Team that is pushed again begins without any (Astro docs: Manage Teams). */
const teamRolesLost: Cause<TeamFacts> = {
  id: "team-roles-lost",
  find: (facts) => {
    const { held, log, words, name } = facts;
    if (grantedRoles(held?.iam?.roles)?.length !== 0) return undefined;
    const deletion = deletionOf(facts);
    if (deletion === undefined) return undefined;
    const again = last(log, { actions: ["team-created"], outcome: "success" });
    if (!isAfter(again, deletion.entry)) return undefined;
    const granted = rolesBefore(facts, deletion.entry);
    // A Team that never had a role has lost none.
    if (granted === undefined && !deletion.isKnown) return undefined;
    const sure = deletion.isKnown && granted !== undefined ? "certain" : "likely";
    return {
      sure,
      because:
        sure === "certain"
          ? "the audit log has the roles, the deletion, and the Team that was pushed after it"
          : "the Team is a new one and has no role; the log does not show all of what it was before",
      sentence: `the Team ${name} was deleted in Astro and pushed again: the new Team has none of the roles of the old one`,
      evidence: [granted, deletion.entry, again].flatMap((entry) =>
        entry === undefined ? [] : [asEvidence(entry, logNameOf(entry, words.name))],
      ),
      repair: {
        how: "grant the roles to the new Team in Astro (Access Management > Teams), or undo the run that deleted it",
        command: { words: ["teams", "show", name], does: "show" },
      },
    };
  },
};

const mappingError: Cause<TeamFacts> = {
  id: "mapping-error",
  find: (facts) => {
    const finding = findingOf(facts.findings, "push-mapping-failed");
    if (finding === undefined) return undefined;
    const { words, name } = facts;
    const when = finding.lastPush === undefined ? "" : `, last push ${timeText(finding.lastPush)}`;
    return {
      ...saidBy(facts, `the push mapping of ${name} is in ERROR${when}: ${finding.error}`),
      sentence: `the last push of the group failed, and ${words.name} pushes nothing more to the Team until that is resolved: ${finding.error}`,
      repair: { ...pushAgain(facts), how: words.findings["push-mapping-failed"].how ?? words.inConsole.team },
    };
  },
};

const mappingInactive: Cause<TeamFacts> = {
  id: "mapping-inactive",
  find: (facts) => {
    const finding = findingOf(facts.findings, "push-mapping-inactive");
    if (finding === undefined) return undefined;
    const { words, name } = facts;
    return {
      ...saidBy(facts, `the push mapping of ${name} is INACTIVE`),
      sentence: `the push of the group is deactivated: ${words.name} sends no change to the Team`,
      repair: { how: words.findings["push-mapping-inactive"].how ?? words.inConsole.team },
    };
  },
};

const groupEscrow: Cause<TeamFacts> = {
  id: "escrow",
  find: (facts) => {
    const finding = findingOf(facts.findings, "group-in-escrow");
    if (finding === undefined) return undefined;
    const { words, name } = facts;
    const why = finding.error === undefined ? "" : `: ${finding.error}`;
    return {
      ...saidBy(facts, `the last export of ${name} failed${why}`),
      sentence: `the last export of the group failed, and ${words.name} tries again in a later cycle${why}`,
      repair: { how: words.findings["group-in-escrow"].how ?? words.inConsole.team },
    };
  },
};

const groupLabels = /Groups > Enabled$|Groups > .*> (?:Create|Update)$/;

const groupToggleOff: Cause<TeamFacts> = {
  id: "toggle-off",
  find: (facts) => {
    const { appFindings, changes, words } = facts;
    if (changes.length === 0) return undefined;
    const off = appFindings.find((one) => one.kind === "toggle-off" && groupLabels.test(one.toggle));
    if (off?.kind !== "toggle-off") return undefined;
    return {
      ...saidBy(facts, `"${off.toggle}" is off`),
      sentence: `"${off.toggle}" is switched off in ${words.name}: ${off.effect.replace(/\.$/, "")}`,
      repair: { how: words.findings["toggle-off"].how ?? "" },
    };
  },
};

/** What holds for every member of the Team. */
export const teamTable: readonly Cause<TeamFacts>[] = [
  ...stopped,
  groupToggleOff,
  ownerRemovedTeam,
  teamRolesLost,
  mappingError,
  mappingInactive,
  groupEscrow,
];

export function teamCauses(facts: TeamFacts): readonly NamedCause[] {
  const isWrong = facts.changes.length > 0 || facts.findings.length > 0 || facts.areMembersHidden;
  if (isWrong) return causesOf(teamTable, facts);
  return [...causesOf(stopped, { ...facts, log: [] }), ...causesOf([teamRolesLost], facts)];
}

function saidBy({ words }: TeamFacts, evidence: string): Pick<Found, "sure" | "because" | "evidence"> {
  return {
    sure: "certain",
    because: `${words.name} says so itself`,
    evidence: [`${words.name}: ${evidence}`],
  };
}

function pushAgain({ words, name }: TeamFacts): Found["repair"] {
  return { how: words.inConsole.team, command: { words: ["push-group", name], does: "repair" } };
}
