/** What a cycle does about one group, its members apart: provision, rename, delete, or nothing. */

import type { DirectoryGroup } from "../../../directory/directory.ts";
import type { Subject } from "../../run/events.ts";
import type { GroupUpdate } from "../../run/group-update.ts";
import type { Job } from "../../run/run.ts";
import { readDeleted } from "../requests/answers.ts";
import { rememberedValues } from "../mapping/changes.ts";
import { done, escrowed, failing, isDue, silent, type CycleContext } from "../cycle/cycle-context.ts";
import { exportFirst, jobEndOf } from "./export-job.ts";
import { exchange, exportLinked, type Exported, type ExportOptions } from "./export-object.ts";
import type { LinkedGroup, EntraId } from "../memory.ts";
import { stagedDelete } from "../cycle/quarantine.ts";
import { remove } from "../requests/requests.ts";
import { standingReasons, type StandingKind } from "../mapping/scope.ts";
import { isSameSeen, matchable, seenGroup, sourceGroup } from "../mapping/source-object.ts";

/** The job of a group that has changed since the last cycle, or that failed and is due; undefined for all others. */
export function planGroupJob(context: CycleContext, group: DirectoryGroup): Job | undefined {
  const { objectId } = group;
  const standing = context.scope.group(group);
  const link = context.ledger.groups.get(objectId);
  const isUnchanged = isSameSeen(context.ledger.seen(objectId), seenGroup(context, group, standing));
  if (isUnchanged && !context.isInitial && !isDue(context, objectId)) return undefined;
  if (standing === "in-scope") return planProvisioning(context, group, link);
  if (link !== undefined)
    return planDeletion(context, { objectId, link, why: standingReasons[standing] }, group);
  context.ledger.releaseFromEscrow(objectId);
  if (standing === "unassigned") {
    context.ledger.forgetSeen(objectId);
    return undefined;
  }
  markSeen(context, group, standing);
  return silent(subjectOf(group), "provision-group", `skipped: ${standingReasons[standing]}`);
}

/** The job of a linked group that is no longer in the directory. */
export function planVanishedGroupJob(
  context: CycleContext,
  objectId: EntraId,
  link: LinkedGroup,
): Job | undefined {
  const isNews = context.ledger.seen(objectId) !== undefined;
  if (!isNews && !context.isInitial && !isDue(context, objectId)) return undefined;
  return planDeletion(context, { objectId, link, why: "deleted in Entra ID" });
}

/** Whether the cycle would delete the group: such changes count for the accidental-deletion threshold. */
export function isGroupDelete(
  { ledger, settings, directory, scope }: CycleContext,
  objectId: EntraId,
): boolean {
  const link = ledger.groups.get(objectId);
  if (link === undefined || !settings.groups.actions.delete) return false;
  const group = directory.groups.get(link.key);
  return group === undefined || scope.group(group) !== "in-scope";
}

function planProvisioning(context: CycleContext, group: DirectoryGroup, link: LinkedGroup | undefined): Job {
  const { ledger, settings, shapes } = context;
  const { objectId } = group;
  const source = sourceGroup(context, group);
  const object = link === undefined ? matchable(source, context.mappings.groups) : source;
  if ("kind" in object) {
    const [subject, what] = [subjectOf(group), "provision-group"] as const;
    const remember = (): void => markSeen(context, group, "in-scope");
    const { failure, why } = object;
    return failure === undefined
      ? silent(subject, what, why, remember)
      : failing(context, { subject, what, failure }, remember);
  }
  const options: ExportOptions = {
    shapes,
    actions: settings.groups.actions,
    isTaken: (scimId) => ledger.isTaken(scimId, objectId),
  };
  return escrowed(context, {
    subject: subjectOf(group),
    what: "provision-group",
    escrowKey: objectId,
    *begin() {
      const exported =
        link === undefined
          ? yield* exportFirst(context, objectId, object, options)
          : yield* exportLinked({ ...link, lookUp: context.mode === "on-demand" }, object, options);
      markSeen(context, group, "in-scope");
      if (exported.scimId !== undefined) context.touchedGroups.add(exported.scimId);
      record(context, { group, link }, exported);
      return jobEndOf(exported, renaming(link, group));
    },
  });
}

/** A group that keeps its name was updated in another attribute. */
function renaming(link: LinkedGroup | undefined, { name }: DirectoryGroup): GroupUpdate | undefined {
  if (link === undefined || link.name === name) return undefined;
  return { added: [], removed: [], renamedFrom: link.name };
}

/** A group that was found or made has no members yet, as far as Entra knows: it never reads them. */
function record(
  { ledger }: CycleContext,
  { group, link }: { readonly group: DirectoryGroup; readonly link: LinkedGroup | undefined },
  exported: Exported,
): void {
  const { scimId } = exported;
  if (scimId === undefined) {
    if (exported.kind === "export-failed") ledger.unlinkGroup(group.objectId);
    return;
  }
  const before: LinkedGroup =
    link?.scimId === scimId
      ? link
      : { key: group.key, name: group.name, scimId, values: {}, members: new Set(), sent: new Set() };
  const now =
    exported.kind === "export-failed"
      ? {}
      : { name: group.name, values: rememberedValues(exported.attributes, before.values) };
  ledger.linkGroup(group.objectId, { ...before, ...now });
}

interface Deletion {
  readonly objectId: EntraId;
  readonly link: LinkedGroup;
  readonly why: string;
}

/** Groups have no `active`: whatever leaves the scope is deleted (Microsoft: SCIM validation template, Restore_Group_Test). */
function planDeletion(context: CycleContext, { objectId, link, why }: Deletion, group?: DirectoryGroup): Job {
  const { ledger, settings, shapes, deletions } = context;
  const subject: Subject = { kind: "group", objectId, key: link.key, name: link.name };
  const remember = (): void => {
    if (group === undefined) ledger.forgetSeen(objectId);
    else markSeen(context, group, context.scope.group(group));
  };
  if (!settings.groups.actions.delete) {
    return silent(subject, "delete-group", `skipped: ${why}, and the Delete action is off`, remember);
  }
  if (deletions === "stage") {
    return silent(subject, "delete-group", stagedDelete(why));
  }
  return escrowed(context, {
    subject,
    what: "delete-group",
    escrowKey: objectId,
    *begin() {
      const failure = readDeleted(yield* exchange(remove("/Groups", link.scimId, shapes), context));
      remember();
      if (failure !== undefined) return { kind: "escrow", failure, atCreation: false };
      ledger.unlinkGroup(objectId);
      ledger.releaseFromEscrow(`${objectId}#members`);
      return done({ kind: "done", did: "deleted" });
    },
  });
}

function markSeen(context: CycleContext, group: DirectoryGroup, standing: StandingKind): void {
  context.ledger.markSeen(group.objectId, seenGroup(context, group, standing));
}

function subjectOf({ objectId, key, name }: DirectoryGroup): Subject {
  return { kind: "group", objectId, key, name };
}
