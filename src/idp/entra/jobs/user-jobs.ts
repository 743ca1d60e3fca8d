/** What a cycle does about one user, its manager apart: provision, update, disable, or nothing. */

import type { DirectoryUser } from "../../../directory/directory.ts";
import type { Conversation } from "../../../wire/conversation.ts";
import type { Subject } from "../../run/events.ts";
import type { Job } from "../../run/run.ts";
import { rememberedValues } from "../mapping/changes.ts";
import { isDisabling, isOutOfScope } from "./disabling.ts";
import { escrowed, failing, isDue, silent, type CycleContext } from "../cycle/cycle-context.ts";
import { exportFirst, jobEndOf } from "./export-job.ts";
import { exportLinked, type Exported, type ExportOptions, type SourceObject } from "./export-object.ts";
import { valueText } from "../mapping/mapped-value.ts";
import type { LinkedUser } from "../memory.ts";
import { stagedDelete } from "../cycle/quarantine.ts";
import { isSameSeen, matchable, seenUser, sourceUser, type NotMappable } from "../mapping/source-object.ts";
import { standingReasons, type StandingKind } from "../mapping/scope.ts";

/** A user with what the cycle knows of it. */
export interface UserCase {
  readonly user: DirectoryUser;
  readonly standing: StandingKind;
  readonly link: LinkedUser | undefined;
}

export function userCase({ scope, ledger }: CycleContext, user: DirectoryUser): UserCase {
  return { user, standing: scope.user(user), link: ledger.users.get(user.objectId) };
}

/** The job of a user who has changed since the last cycle, or who failed and is due; undefined for all others. */
export function planUserJob(context: CycleContext, user: DirectoryUser): Job | undefined {
  const one = userCase(context, user);
  const { objectId } = user;
  const isUnchanged = isSameSeen(context.ledger.seen(objectId), seenUser(context, user, one.standing));
  if (isUnchanged && !context.isInitial && !isDue(context, objectId)) return undefined;
  return one.link === undefined ? planUnlinked(context, one) : planLinked(context, one, one.link);
}

/** Whether the cycle would disable the account: such changes count for the accidental-deletion threshold. */
export function isDisable(context: CycleContext, { user, link, standing }: UserCase): boolean {
  if (link === undefined || !link.managed || link.values["active"] === false) return false;
  const { settings, mappings, world } = context;
  return isDisabling(user, standing, { settings, mapping: mappings.users, world });
}

function planUnlinked(context: CycleContext, one: UserCase): Job | undefined {
  const { user, standing } = one;
  // "Sync only assigned" does not even read those who are not.
  if (standing === "unassigned") {
    context.ledger.forgetSeen(user.objectId);
    context.ledger.releaseFromEscrow(user.objectId);
    return undefined;
  }
  if (standing !== "in-scope") {
    const why = `skipped: ${standingReasons[standing]}, and never provisioned`;
    return silentJob(context, one, why);
  }
  const object = matchable(sourceUser(context, user, standing), context.mappings.users);
  if ("kind" in object) return notMappableJob(context, one, object);
  return exportJob(context, one, object, (options) => exportFirst(context, user.objectId, object, options));
}

function planLinked(context: CycleContext, one: UserCase, link: LinkedUser): Job | undefined {
  const { user, standing } = one;
  if (standing !== "in-scope" && !link.managed) {
    markSeen(context, one);
    return undefined;
  }
  if (isOutOfScope(standing) && context.settings.skipOutOfScopeDeletions) {
    return silentJob(
      context,
      one,
      `skipped: ${standingReasons[standing]}, and SkipOutOfScopeDeletions is on`,
    );
  }
  if (context.deletions === "stage" && isDisable(context, one)) {
    return silent(subjectOf(one), "provision-user", stagedDelete(standingReasons[standing]));
  }
  const object = sourceUser(context, user, standing);
  if ("kind" in object) return notMappableJob(context, one, object);
  const sent = isOutOfScope(standing) ? followingSoftDelete(object) : object;
  const anchor = {
    scimId: link.scimId,
    values: link.values,
    lookUp: context.mode === "on-demand" || isLookedUpToEnable(context, one),
  };
  return exportJob(context, one, sent, (options) => exportLinked(anchor, sent, options));
}

/** A user who becomes active again is looked up again, if this Entra does so. */
function isLookedUpToEnable({ shapes }: CycleContext, { standing, link }: UserCase): boolean {
  const isEnabled = standing === "in-scope" && link?.values["active"] === false;
  return isEnabled && shapes.fidelity.entraEnableLookUp === "filter";
}

/** For a user who leaves the scope, only attributes that follow IsSoftDeleted are sent: with accountEnabled instead, nothing. */
function followingSoftDelete(object: SourceObject): SourceObject {
  return { ...object, attributes: object.attributes.filter(({ row }) => row.followsSoftDelete) };
}

function exportJob(
  context: CycleContext,
  one: UserCase,
  object: SourceObject,
  begin: (options: ExportOptions) => Conversation<Exported>,
): Job {
  const { objectId } = one.user;
  const options: ExportOptions = {
    shapes: context.shapes,
    actions: context.settings.users.actions,
    isTaken: (scimId) => context.ledger.isTaken(scimId, objectId),
    isLeaving: one.standing !== "in-scope",
  };
  return escrowed(context, {
    subject: subjectOf(one, object),
    what: "provision-user",
    escrowKey: objectId,
    *begin() {
      const exported = yield* begin(options);
      markSeen(context, one);
      record(context, one, object, exported);
      return jobEndOf(exported);
    },
  });
}

/** What Entra knows of the account from now on; a failure leaves it as it was, or without a link. */
function record(context: CycleContext, one: UserCase, object: SourceObject, exported: Exported): void {
  const { user, link } = one;
  const { ledger } = context;
  const { scimId } = exported;
  if (scimId === undefined) {
    ledger.unlinkUser(user.objectId);
    return;
  }
  const before = link?.scimId === scimId ? link : undefined;
  const account = { key: user.key, name: nameOf(one, object), scimId, manager: before?.manager };
  const state =
    exported.kind === "export-failed"
      ? { values: before?.values ?? {}, managed: before?.managed ?? true }
      : {
          values: rememberedValues(exported.attributes, before?.values),
          managed: !isOutOfScope(one.standing),
        };
  ledger.linkUser(user.objectId, {
    ...account,
    ...state,
    softDeletedSince: softDeletedSince(context, one, before),
  });
}

/** When the user was first seen in the recycle bin; undefined where the user is not in it. */
function softDeletedSince(
  { clock }: CycleContext,
  { standing }: UserCase,
  before: LinkedUser | undefined,
): Date | undefined {
  return standing === "soft-deleted" ? (before?.softDeletedSince ?? clock.now()) : undefined;
}

function notMappableJob(context: CycleContext, one: UserCase, { why, failure }: NotMappable): Job {
  if (failure === undefined) return silentJob(context, one, why);
  const subject = subjectOf(one);
  return failing(context, { subject, what: "provision-user", failure }, () => markSeen(context, one));
}

function silentJob(context: CycleContext, one: UserCase, why: string): Job {
  return silent(subjectOf(one), "provision-user", why, () => {
    const { user, standing, link } = one;
    markSeen(context, one);
    context.ledger.releaseFromEscrow(user.objectId);
    if (link === undefined) return;
    context.ledger.linkUser(user.objectId, {
      ...link,
      managed: !isOutOfScope(standing),
      softDeletedSince: softDeletedSince(context, one, link),
    });
  });
}

function markSeen(context: CycleContext, { user, standing }: UserCase): void {
  context.ledger.markSeen(user.objectId, seenUser(context, user, standing));
}

function subjectOf(one: UserCase, object?: SourceObject): Subject {
  const { user } = one;
  return { kind: "user", objectId: user.objectId, key: user.key, name: nameOf(one, object) };
}

/** By the userName, whichever attribute matches; of one without it by what matches. */
function nameOf({ user, link }: UserCase, object: SourceObject | undefined): string {
  const { attributesAtCreation = [], matching: [first] = [] } = object ?? {};
  const name = attributesAtCreation.find(({ target }) => target.path.text === "userName") ?? first;
  return name === undefined ? (link?.name ?? user.key) : valueText(name.value);
}
