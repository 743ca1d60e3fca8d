/** Carries an operation out through Entra ID, by provisioning on demand, and waits until Entra ID says what came of it. */

import { AppError } from "../../../ground/errors.ts";
import type { ProvisionGroup, ProvisionUser } from "../../../drift/plan/operations/provider-operation.ts";
import type { OnDemandResult } from "../../../management/graph/on-demand-answer.ts";
import {
  mostMembersOnDemand,
  provisionOnDemand,
  type OnDemandSubject,
} from "../../../management/graph/synchronization-writes.ts";
import type { CarryOut, ProviderAnswer } from "../provider-ways.ts";
import type { EntraContext } from "./context.ts";
import { notProvisioned, redundantExport } from "./in-words.ts";

/** A run ends within 30 seconds (Microsoft: On-demand provisioning); one whose answer was lost is looked for twice as long. */
const lookMs = 3_000;
const looks = 20;

/** How Entra ID had it before: what it was linked to. */
export interface LinkBefore {
  readonly linkedTo: string | null;
}

export async function provisionUser(
  { objectId, userName }: ProvisionUser,
  { linkedTo }: LinkBefore,
  { context, ...options }: Omit<CarryOut, "before"> & { readonly context: EntraContext },
): Promise<ProviderAnswer> {
  // The link is what the run was for: an earlier process has made it, and the rest is read back.
  if (options.isResumed && linkedTo === null && (await linkOf(objectId, context)) !== null) {
    return { kind: "applied" };
  }
  const run = { context, ...options };
  return provision({ type: "User", objectId, name: userName }, { linkedTo }, run);
}

/** Five members at a time; what Entra ID has already sent it does not send again. */
export async function provisionGroup(
  { groupId, displayName, memberObjectIds: memberIds }: ProvisionGroup,
  { linkedTo }: LinkBefore,
  { context, ...options }: Omit<CarryOut, "before"> & { readonly context: EntraContext },
): Promise<ProviderAnswer> {
  for (let from = 0; from === 0 || from < memberIds.length; from += mostMembersOnDemand) {
    if (options.signal.aborted) return { kind: "unfinished", message: interruptedAfter(from, memberIds) };
    const members = memberIds.slice(from, from + mostMembersOnDemand);
    if (memberIds.length > mostMembersOnDemand) {
      options.onProgress(
        `waiting for Entra ID: ${displayName}, members ${from + 1} to ${from + members.length} of ${memberIds.length}`,
      );
    }
    const subject = { type: "Group", objectId: groupId, name: displayName, memberIds: members } as const;
    const answer = await provision(subject, { linkedTo }, { context, ...options });
    if (answer.kind === "failed") return { ...answer, changed: answer.changed || from > 0 };
    if (answer.kind !== "applied") return answer;
  }
  return { kind: "applied" };
}

function interruptedAfter(done: number, { length }: readonly string[]): string {
  return done === 0 ? "interrupted" : `interrupted after ${done} of ${length} members`;
}

async function provision(
  subject: OnDemandSubject,
  { linkedTo }: LinkBefore,
  { context, signal, onProgress }: Omit<CarryOut, "before"> & { readonly context: EntraContext },
): Promise<ProviderAnswer> {
  const { users, groups } = context.job.ruleIds;
  const ruleId = subject.type === "User" ? users : groups;
  if (ruleId === undefined) {
    const what = subject.type === "User" ? "users" : "groups";
    return { kind: "failed", message: `the provisioning job has no rule for ${what}`, changed: false };
  }
  await context.pace.turn();
  if (signal.aborted) throw new AppError("interrupted", "Interrupted before Entra ID was asked.");
  onProgress(`waiting for Entra ID: ${subject.name} is being provisioned`);
  const answer = await provisionOnDemand(context.api, { ...context.job, ruleId }, subject);
  switch (answer.kind) {
    case "answered":
      return answer.result.status === "unclear"
        ? lookForLink(subject, "Entra ID gave no answer that can be read", {
            linkedTo,
            context,
            signal,
            onProgress,
          })
        : answerOf(answer.result);
    case "refused":
      return { kind: "failed", message: answer.message, changed: false };
    case "not-sent":
      return { kind: "failed", message: `${answer.message}; nothing was sent`, changed: false };
    case "unknown":
      return lookForLink(subject, answer.message, { linkedTo, context, signal, onProgress });
  }
}

function answerOf(result: OnDemandResult): ProviderAnswer {
  const isDone =
    result.status === "success" || (result.status === "skipped" && result.code === redundantExport);
  return isDone ? { kind: "applied" } : { kind: "failed", message: notProvisioned(result), changed: false };
}

interface Looking extends LinkBefore {
  readonly context: EntraContext;
  readonly signal: AbortSignal;
  readonly onProgress: CarryOut["onProgress"];
}

/** Nothing is sent again: a link that was not there before says that the run has come to its end. */
async function lookForLink(
  { objectId, name, memberIds = [] }: OnDemandSubject,
  message: string,
  { linkedTo, context, signal, onProgress }: Looking,
): Promise<ProviderAnswer> {
  if (linkedTo !== null || memberIds.length > 0) return { kind: "unfinished", message };
  for (let look = 1; look <= looks && !signal.aborted; look += 1) {
    onProgress(`waiting for Entra ID: ${name}, ${(look * lookMs) / 1000} s`);
    await context.pause(lookMs, signal);
    if ((await linkOf(objectId, context)) !== null) return { kind: "applied" };
  }
  return { kind: "unfinished", message };
}

/** SCIM id of the account or Team that a user or group is linked to. */
export async function linkOf(objectId: string, { connectionOf }: EntraContext): Promise<string | null> {
  const target = (await connectionOf(objectId))?.targetAnchor;
  return target == null || target === "" ? null : target;
}
