/** Pushes a group from Okta: pauses its mapping and resumes it, or makes the mapping again where it is in ERROR. */

import * as z from "zod";
import type { PushGroup, RenewPushMapping } from "../../../drift/plan/operations/provider-operation.ts";
import type { JsonObject } from "../../../ground/json.ts";
import type { WriteAnswer } from "../../../management/management-api.ts";
import { findGroup, type OktaGroup } from "../../../management/okta/groups.ts";
import {
  createPushMapping,
  deletePushMapping,
  findPushMapping,
  pushMappingsOf,
  setPushStatus,
  type PushMapping,
} from "../../../management/okta/push-mappings.ts";
import type { CarryOut, ProviderAnswer } from "../provider-ways.ts";
import { pushedIds, readAppUsers } from "./facts.ts";
import type { OktaEnd } from "./okta.ts";
import { twice } from "./twice.ts";
import { waitUntil, type Looked } from "./wait.ts";

type PushStep = PushGroup | RenewPushMapping;

const beforeSchema = z.object({
  mappingId: z.string(),
  status: z.string(),
  lastPush: z.string().nullable(),
});
type Before = z.infer<typeof beforeSchema>;

/**
 * For the journal; a text says why the operation cannot be carried out any more. Who stays is looked up: a push takes out whomever
 * it does not send.
 */
export async function lookAtPush(operation: PushStep, { api, appId }: OktaEnd): Promise<JsonObject | string> {
  const [mapping, ...others] = await pushMappingsOf(api, appId, operation.groupId);
  if (mapping === undefined) return "its group is not pushed from Okta any more";
  if (others.length > 0) return "its group has several push mappings in Okta";
  if (operation.kind === "push-group" && mapping.status !== "ACTIVE") {
    return `its push mapping in Okta is ${mapping.status} by now`;
  }
  const group = await findGroup(api, operation.groupId);
  if (group === undefined) return "Okta does not show its group any more";
  const problem = await whoFallsOut(operation, group, { api, appId });
  if (problem !== undefined) return problem;
  return { mappingId: mapping.id, status: mapping.status, lastPush: mapping.lastPush ?? null };
}

async function whoFallsOut(
  { stayingIds }: PushStep,
  group: OktaGroup,
  { api, appId }: Pick<OktaEnd, "api" | "appId">,
): Promise<string | undefined> {
  const sent = await pushedIds(api, group, await readAppUsers(api, appId));
  const lost = stayingIds.filter((id) => !sent.has(id)).length;
  return lost > 0 ? `Okta would not send ${lost} of the members who stay, so they would fall out` : undefined;
}

/** What an earlier process has begun and not pushed yet is looked at again: others may have joined the Team since. */
async function whyNotPushedNow(
  operation: PushStep,
  end: OktaEnd,
  { isResumed, whyNotNow, now }: Step,
): Promise<ProviderAnswer | undefined> {
  if (!isResumed) return undefined;
  const group = await findGroup(end.api, operation.groupId);
  const reason =
    (await whyNotNow()) ??
    (group === undefined
      ? "Okta does not show its group any more"
      : await whoFallsOut(operation, group, end));
  if (reason === undefined) return undefined;
  return now?.status === "INACTIVE"
    ? { kind: "unfinished", message: `${reason}; its push is paused in Okta now`, isResumable: true }
    : { kind: "stale", reason };
}

/** See `ProviderWays.carryOut`. */
export async function carryOutPush(
  operation: PushStep,
  end: OktaEnd,
  options: CarryOut,
): Promise<ProviderAnswer> {
  const before = beforeSchema.parse(options.before);
  const [now] = options.isResumed ? await pushMappingsOf(end.api, end.appId, operation.groupId) : [];
  return operation.kind === "push-group"
    ? await pushNow(operation, end, { ...options, state: before, now })
    : await renew(operation, end, { ...options, state: before, now });
}

interface Step extends CarryOut {
  readonly state: Before;
  /** As it is found again by a later process. */
  readonly now: PushMapping | undefined;
}

function isPushedAlready({ state, now }: Step): boolean {
  return now?.status === "ACTIVE" && (now.lastPush ?? null) !== state.lastPush;
}

async function pushNow(operation: PushStep, end: OktaEnd, step: Step): Promise<ProviderAnswer> {
  const { api, appId, wait } = end;
  const { state, now } = step;
  const id = state.mappingId;
  const isPushed = isPushedAlready(step);
  const find = async (): Promise<PushMapping | undefined> => findPushMapping(api, appId, id);
  const stopped = isPushed ? undefined : await whyNotPushedNow(operation, end, step);
  if (stopped !== undefined) return stopped;
  if (now?.status !== "INACTIVE" && !isPushed) {
    const paused = await setPushStatus(api, { appId, id }, "INACTIVE");
    const isPaused = paused.kind === "accepted" || (await find())?.status === "INACTIVE";
    if (!isPaused) return notPaused(paused);
  }
  if (!isPushed) {
    const failed = await twice(
      async () => setPushStatus(api, { appId, id }, "ACTIVE"),
      async () => (await find())?.status === "ACTIVE",
      wait,
    );
    if (failed !== undefined) {
      return {
        kind: "unfinished",
        message: `${failed.message}; its push is paused in Okta now`,
        isResumable: true,
      };
    }
  }
  return await waitUntil(end, step, async () => pushed(operation, await find(), state.lastPush));
}

async function renew(operation: RenewPushMapping, end: OktaEnd, step: Step): Promise<ProviderAnswer> {
  const { api, appId, wait } = end;
  const { state, now } = step;
  const { groupId, displayName: name } = operation;
  const find = async (): Promise<PushMapping | undefined> => (await pushMappingsOf(api, appId, groupId))[0];
  const isOld = step.isResumed ? now?.id === state.mappingId : true;
  if (isOld) {
    const problem = await removeOld(operation, end, step);
    if (problem !== undefined) return problem;
  }
  if (isOld || now === undefined) {
    const failed = await twice(
      async () => createPushMapping(api, appId, { groupId, name }),
      async () => (await find()) !== undefined,
      wait,
    );
    if (failed !== undefined) {
      return {
        kind: "unfinished",
        message: `${failed.message}; its group has no push mapping in Okta now`,
        isResumable: true,
      };
    }
  }
  const made = await waitUntil(end, step, async () => pushed(operation, await find(), null));
  const isWhole = made.kind !== "applied" || operation.removed.length === 0;
  return isWhole ? made : await pushAgain(operation, end, step);
}

/** A group that is linked keeps members who do not belong in it until it is pushed (fidelity: linkedMembers). */
async function pushAgain(operation: RenewPushMapping, end: OktaEnd, step: Step): Promise<ProviderAnswer> {
  const [mapping] = await pushMappingsOf(end.api, end.appId, operation.groupId);
  if (mapping === undefined) return { kind: "unfinished", message: "its push mapping is gone again" };
  const { id: mappingId, status, lastPush = null } = mapping;
  const state = { mappingId, status, lastPush };
  return await pushNow(operation, end, { ...step, state, now: undefined, isResumed: false });
}

async function removeOld(
  operation: RenewPushMapping,
  end: OktaEnd,
  step: Step,
): Promise<ProviderAnswer | undefined> {
  const { state, now } = step;
  return (
    (await whyNotPushedNow(operation, end, step)) ??
    (await removeMapping(end, now?.status ?? state.status, state.mappingId))
  );
}

/** One whose answer is missing may still come. */
function notPaused({ kind, message }: Exclude<WriteAnswer, { kind: "accepted" }>): ProviderAnswer {
  return kind === "unknown"
    ? { kind: "unfinished", message: `${message}; its push may be paused in Okta now`, isResumable: true }
    : { kind: "failed", message, changed: false };
}

/** Only a mapping that is INACTIVE or in ERROR can be deleted. */
async function removeMapping(
  { api, appId }: OktaEnd,
  status: string,
  id: string,
): Promise<ProviderAnswer | undefined> {
  if (status === "ACTIVE") {
    const paused = await setPushStatus(api, { appId, id }, "INACTIVE");
    const isPaused =
      paused.kind === "accepted" || (await findPushMapping(api, appId, id))?.status !== "ACTIVE";
    if (!isPaused) return notPaused(paused);
  }
  const deleted = await deletePushMapping(api, appId, id);
  if (deleted.kind === "accepted" || (await findPushMapping(api, appId, id)) === undefined) return undefined;
  const changed = status === "ACTIVE";
  const message = changed ? `${deleted.message}; its push is paused in Okta now` : deleted.message;
  return changed ? { kind: "unfinished", message, isResumable: true } : { kind: "failed", message, changed };
}

function pushed(
  { displayName }: PushStep,
  mapping: PushMapping | undefined,
  lastPush: string | null,
): Looked {
  if (mapping?.status === "ERROR") {
    const summary = mapping.errorSummary ?? "";
    const why = summary === "" ? "Okta gives no reason" : summary;
    return { kind: "failed", message: `Okta could not push ${displayName}: ${why}`, changed: true };
  }
  const at = mapping?.lastPush ?? null;
  if (mapping?.status === "ACTIVE" && at !== null && at !== lastPush) return { kind: "applied" };
  return { kind: "waiting", text: `the group ${displayName} is being pushed` };
}
