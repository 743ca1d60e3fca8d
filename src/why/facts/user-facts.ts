/** Everything that is known of a user. */

import { allUsers, teamsByMember } from "../../astro/held.ts";
import type { ProviderFinding } from "../../directory/provider-finding.ts";
import { isUserChange, resourceOf, subjectOf, type UserChange } from "../../drift/compare/change.ts";
import { foldCase } from "../../ground/text/fold-case.ts";
import { isAbout, type LogEntry } from "../logs/log-entry.ts";
import { inOrder, type Logs } from "../logs/logs.ts";
import type { AppFacts, UserFacts } from "./facts.ts";
import type { Sides } from "./sides.ts";
import { objectIdOf, type UserSubject } from "./subject.ts";

/** @param objectId of whom the story is: the provider's log is read object by object */
export function appFacts(
  { provided, words, isLive }: Sides,
  logs: Logs,
  objectId: string | undefined,
): AppFacts {
  const { app, findings = [] } = provided;
  const own = logs.astro.filter(({ writer }) => writer === "provider");
  const patches = own.filter(({ isLegacyForm }) => isLegacyForm !== undefined);
  return {
    words,
    isLive,
    flag: "flag" in app ? app.flag : undefined,
    appFindings: findings.filter((finding) => !("user" in finding) && !("group" in finding)),
    logsRead: new Set(
      [...logs.read].filter((log) => log !== "provider" || logs.provider.has(objectId ?? "")),
    ),
    providerLogSince: logs.providerSince.get(objectId ?? ""),
    lastAccepted: own.findLast(({ outcome }) => outcome === "success")?.at,
    isAlwaysLegacy: patches.length > 0 && patches.every(({ isLegacyForm }) => isLegacyForm === true),
  };
}

export function userFacts(sides: Sides, subject: UserSubject, logs: Logs): UserFacts {
  const { drift, provided } = sides;
  const { user, accounts } = subject;
  const objectId = objectIdOf(subject);
  const key = objectId === undefined ? undefined : sides.userKeys.get(objectId);
  const expected = key === undefined ? undefined : drift.expected.users.get(key);
  const names = namesOf(subject, key);
  const log = logOf(subject, names, logs, drift.held);
  const unmappable = drift.expected.unmappable.find((one) => one.user === user?.key);
  const reason = drift.expected.notProvisioned?.get(user?.key ?? "");
  return {
    ...appFacts(sides, logs, objectId),
    kind: "user",
    name: subject.name,
    user,
    outside: subject.outside,
    expected,
    unmappableReason: unmappable?.reason,
    notProvisioned: reason,
    isAssigned: assignmentOf(sides, user?.key),
    findings: (provided.findings ?? []).filter((finding) => isOf(finding, objectId, names)),
    link: subject.link,
    accounts,
    changes: changesOf(
      sides,
      accounts.map(({ scimId }) => scimId),
      key,
    ),
    log: log.entries,
    scimIds: log.scimIds,
    teams: teamsOf(sides, key, accounts[0]?.scimId),
  };
}

function namesOf(
  { name, user, outside, accounts }: UserSubject,
  key: string | undefined,
): ReadonlySet<string> {
  const names = [
    name,
    user?.key,
    key,
    ...(outside?.names ?? []),
    ...accounts.map(({ userName }) => userName),
  ];
  return new Set(names.flatMap((one) => (one === undefined ? [] : [foldCase(one)])));
}

function isOf(finding: ProviderFinding, objectId: string | undefined, names: ReadonlySet<string>): boolean {
  if (!("user" in finding)) return false;
  return finding.user.objectId === objectId || names.has(foldCase(finding.user.name));
}

function assignmentOf({ provided: { directory } }: Sides, key: string | undefined): UserFacts["isAssigned"] {
  if (key === undefined) return { directly: false, through: [] };
  const groups = [...directory.assignedGroups].flatMap((group) => directory.groups.get(group) ?? []);
  return {
    directly: directory.assignedUsers.has(key),
    through: groups.filter(({ members }) => members.has(key)).map(({ name }) => name),
  };
}

function changesOf(
  { drift }: Sides,
  scimIds: readonly string[],
  key: string | undefined,
): readonly UserChange[] {
  const ids = new Set(scimIds);
  return drift.changes.filter(isUserChange).filter((change) => {
    const resource = resourceOf(change);
    if (resource !== undefined && ids.has(resource.scimId)) return true;
    return (
      key !== undefined && (subjectOf(change).key === key || ("user" in change && change.user?.key === key))
    );
  });
}

function teamsOf(
  { drift: { expected, held } }: Sides,
  key: string | undefined,
  scimId: string | undefined,
): UserFacts["teams"] {
  const isIn =
    key === undefined ? [] : [...expected.teams.values()].filter(({ members }) => members.has(key));
  const own = scimId === undefined ? [] : (teamsByMember(held).get(scimId) ?? []);
  return {
    expected: isIn.map(({ displayName }) => displayName),
    held: own.map(({ displayName }) => displayName),
  };
}

interface OwnLog {
  readonly entries: readonly LogEntry[];
  readonly scimIds: ReadonlySet<string>;
}

/** By the SCIM ids that anything gives, and by the userName where a write has no id yet. */
function logOf(
  subject: UserSubject,
  names: ReadonlySet<string>,
  logs: Logs,
  held: Sides["drift"]["held"],
): OwnLog {
  const objectId = objectIdOf(subject);
  const fromProvider = objectId === undefined ? [] : (logs.provider.get(objectId) ?? []);
  const lastNames = lastNamesOf(logs.astro, held);
  const isNamed = ({ objects }: LogEntry): boolean =>
    objects.some(({ id, name }) => {
      const isOwn = name !== undefined && names.has(foldCase(name));
      // An account that had this name once, and has another one now, is somebody else's.
      return isOwn && names.has(lastNames.get(id ?? "") ?? foldCase(name));
    });
  const isOfUser = ({ action }: LogEntry): boolean => action.startsWith("account-");
  const named = [
    ...logs.journal.filter((entry) => isOfUser(entry) && isNamed(entry)),
    ...logs.astro.filter((entry) => isOfUser(entry) && isNamed(entry)),
  ];
  const scimIds = new Set([
    ...subject.accounts.map(({ scimId }) => scimId),
    ...(subject.link.kind === "linked" ? [subject.link.scimId] : []),
    ...fromProvider.filter(isOfUser).flatMap(idsIn),
    ...named.flatMap(idsIn),
  ]);
  const journal = logs.journal.filter((entry) => isAbout(entry, scimIds) || isNamed(entry));
  const astro = logs.astro.filter((entry) => isAbout(entry, scimIds) || (isOfUser(entry) && isNamed(entry)));
  return { entries: inOrder([...fromProvider, ...astro, ...journal]), scimIds };
}

/** The userName of each account that was written to: as it is now, or as it was at the end. */
function lastNamesOf(astro: readonly LogEntry[], held: Sides["drift"]["held"]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { action, objects, userName } of astro) {
    const id = objects[0]?.id;
    if (id === undefined || userName === undefined || !action.startsWith("account-")) continue;
    names.set(id, foldCase(userName));
  }
  for (const { scimId, key } of allUsers(held)) names.set(scimId, key);
  return names;
}

function idsIn({ objects }: LogEntry): readonly string[] {
  return objects.flatMap(({ id }) => (id === undefined ? [] : [id]));
}
