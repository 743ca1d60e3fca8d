/** Jobs of the first run that fail, as far as no other finding says why. */

import { foldCase } from "../ground/text/fold-case.ts";
import type { Subject } from "../idp/run/events.ts";
import type { Task } from "../idp/run/task.ts";
import type { PreflightFinding } from "./finding.ts";
import type { RehearsedRun } from "./rehearsed-run.ts";

export function failureFindings(
  { failed }: RehearsedRun,
  named: readonly PreflightFinding[],
): readonly PreflightFinding[] {
  const users = new Set(named.flatMap(usersIn));
  const groups = new Set(named.flatMap(groupsIn));
  const isNamed = ({ kind, key, name }: Subject): boolean =>
    kind === "group" ? groups.has(foldCase(name)) : users.has(key);
  return failed
    .filter(({ subject }) => !isNamed(subject))
    .map((task) => ({ kind: "first-run-fails", subject: task.subject.name, reason: reasonOf(task) }));
}

/** What the provider's console shows, and what really happened where that hides it. */
export function reasonOf({ sentence, explanation }: Task): string {
  return explanation === undefined ? sentence : `${sentence} (${explanation})`;
}

/** Keys of users who get no account. */
function usersIn(finding: PreflightFinding): readonly string[] {
  if (finding.kind === "user-without-mail" || finding.kind === "user-not-mappable") return [finding.user];
  const isShared = finding.kind === "users-share-address" || finding.kind === "users-differ-by-case";
  return isShared ? finding.users : [];
}

/** Names of groups, in one case. */
function groupsIn(finding: PreflightFinding): readonly string[] {
  if (finding.kind === "team-not-linked") return [foldCase(finding.group)];
  return finding.kind === "groups-share-name" ? [foldCase(finding.name)] : [];
}
