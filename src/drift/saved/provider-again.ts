/** An operation of a saved plan that goes through the provider, made again from Astro as it is now. The provider is read right before it. */

import { foldCase } from "../../ground/text/fold-case.ts";
import type { OperationMember, OperationSubject } from "../plan/operations/operation.ts";
import type { ProviderTeamOperation, ProviderUserOperation } from "../plan/operations/provider-operation.ts";
import { pushSummary, userSummary } from "../plan/operations/provider-summaries.ts";
import { subjectOfTeam } from "../plan/operations/team-operations.ts";
import { subjectOfUser } from "../plan/operations/user-operations.ts";
import {
  changed,
  hasChanged,
  isGone,
  kept,
  settled,
  type Again,
  type Now,
  type NowWithCreated,
} from "./now.ts";

/** Of somebody without an account the name must still be free, of somebody else the account must be as it was. */
export function providerUserAgain(operation: ProviderUserOperation, now: Now): Again {
  const key = foldCase(operation.userName);
  if (operation.kind === "renew-assignment") return changed(operation.subject, onlyByName);
  if (operation.subject.scimId === null) {
    const subject: OperationSubject = {
      kind: "user",
      key,
      name: operation.userName,
      scimId: null,
      fingerprint: null,
    };
    const held = now.usersNamed.get(key)?.[0];
    if (held !== undefined) {
      return held.active
        ? settled(subject, "has had an account since the plan was saved")
        : changed(subject, "has had an account since the plan was saved, which is not active");
    }
    return keptUser(operation, subject);
  }
  const held = now.users.get(operation.subject.scimId);
  if (held === undefined) return changed(operation.subject, isGone);
  const asNow = subjectOfUser(held);
  return held.fingerprint === operation.subject.fingerprint
    ? keptUser(operation, asNow)
    : changed(asNow, hasChanged);
}

/** A user who loses something for a while is named by the command that does it. */
const onlyByName = "is not removed and assigned again from a file: use resync --reassign";

function keptUser(operation: ProviderUserOperation, subject: OperationSubject): Again {
  const again = { ...withoutName(operation), subject, id: `${operation.kind} ${subject.key}`, dependsOn: [] };
  return kept({ ...again, summary: userSummary(again) });
}

/** Who would come and fall out is compared with the members as they are now; somebody else changes everything. */
export function providerTeamAgain(operation: ProviderTeamOperation, now: NowWithCreated): Again {
  const { subject } = operation;
  const isNew = subject.scimId === null;
  const held = isNew
    ? now.teamsNamed.get(foldCase(operation.displayName))?.[0]
    : now.teams.get(subject.scimId);
  if (isNew && held !== undefined) return changed(subject, "has been created since the plan was saved");
  if (!isNew && held === undefined) return changed(subject, isGone);
  const memberIds = held?.memberIds ?? new Set<string>();
  const removed = operation.removed.filter(({ scimId }) => scimId !== null && memberIds.has(scimId));
  const added = operation.added.filter(({ scimId }) => scimId === null || !memberIds.has(scimId));
  const known = new Set([
    ...operation.stayingIds,
    ...[...operation.added, ...operation.removed].flatMap(({ scimId }) => scimId ?? []),
  ]);
  if ([...memberIds].some((id) => !known.has(id))) {
    return changed(subject, "has got members since the plan was saved, who would fall out");
  }
  if (removed.some((member) => !isCalled(member, now))) return changed(subject, hasChanged);
  const again = {
    ...withoutName(operation),
    subject: held === undefined ? subject : subjectOfTeam(held),
    dependsOn: operation.dependsOn.filter((id) => now.made.has(id)),
    added: added.map((member) => ({
      ...withoutName(member),
      after: member.after !== null && now.made.has(member.after) ? member.after : null,
    })),
    removed: removed.map(withoutName),
  };
  return kept({ ...again, summary: pushSummary(again) });
}

/** Whether the id is still that of the account that the plan names. */
function isCalled({ scimId, userName }: OperationMember, { users }: Now): boolean {
  return users.get(scimId ?? "")?.key === foldCase(userName);
}

/** A name in a file exempts nothing. */
function withoutName<Item extends { named?: true }>(item: Item): Item {
  const copy = { ...item };
  delete copy.named;
  return copy;
}
