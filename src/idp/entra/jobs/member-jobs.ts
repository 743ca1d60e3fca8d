/** What a cycle does about the members of one group: after users and groups, for it refers to both. */

import type { DirectoryGroup } from "../../../directory/directory.ts";
import type { Conversation } from "../../../wire/conversation.ts";
import type { Subject } from "../../run/events.ts";
import type { Failure } from "../../run/failure.ts";
import type { Job } from "../../run/run.ts";
import { invalidAnchor, isListed, readObject, readWritten } from "../requests/answers.ts";
import type { EntraFidelity } from "../../../fidelity/table.ts";
import { done, escrowed, isDue, type CycleContext, type JobEnd } from "../cycle/cycle-context.ts";
import { exchange } from "./export-object.ts";
import type { EntraId, LinkedGroup } from "../memory.ts";
import { addMembers, removeMembers } from "./operations.ts";
import { checkMember, patch, readById } from "../requests/requests.ts";

/** Members by object id, with what is needed to send them. */
export interface MemberDelta {
  readonly added: readonly Member[];
  readonly removed: readonly Member[];
  /** All members as the cycle saw them, except those whose user is still to be provisioned. */
  readonly seen: ReadonlySet<EntraId>;
}

export interface Member {
  readonly objectId: EntraId;
  readonly scimId: string;
  /** For people. */
  readonly name: string;
}

/**
 * The members of a group that changed since the last cycle, or failed and are due; none where there is nothing to send.
 * Several jobs where this Entra sends several requests about one group at once.
 */
export function planMemberJobs(context: CycleContext, group: DirectoryGroup): readonly Job[] {
  const { ledger, settings, isInitial } = context;
  const { objectId } = group;
  const isMapped = context.mappings.groups.rows.some(({ reference }) => reference === "members");
  if (!isMapped || !settings.groups.actions.update || context.scope.group(group) !== "in-scope") return [];
  const link = ledger.groups.get(objectId);
  if (link === undefined) return [];
  const escrowKey = `${objectId}#members`;
  if (!isInitial && ledger.escrows.has(escrowKey) && !isDue(context, escrowKey)) return [];
  const delta = memberDelta(context, group, link);
  if (delta.added.length === 0 && delta.removed.length === 0) {
    ledger.linkGroup(objectId, { ...link, members: delta.seen });
    ledger.releaseFromEscrow(escrowKey);
    return [];
  }
  const subject: Subject = { kind: "group", objectId, key: group.key, name: group.name };
  const shares = sharesOf(delta, context.shapes.fidelity);
  const crew: Crew = { left: shares.length, failed: false };
  return shares.map((share) =>
    escrowed(context, {
      subject,
      what: "update-members",
      escrowKey,
      *begin() {
        const end = yield* updateMembers(context, objectId, share);
        return endInCrew(end, crew, () => setSeen(context, objectId, delta.seen));
      },
    }),
  );
}

/** The jobs about one group that go on at the same time. */
interface Crew {
  left: number;
  failed: boolean;
}

/** The batches, dealt out to the jobs: one after another where lists of members replace each other. */
function sharesOf({ added, removed }: MemberDelta, fidelity: EntraFidelity): readonly Share[] {
  const { entraMembersPerPatch: most, entraParallelMembers, entraMemberVerb } = fidelity;
  const batches: readonly Batch[] = [
    ...chunks(added, most).map((members) => ({ members, adds: true })),
    ...chunks(removed, most).map((members) => ({ members, adds: false })),
  ];
  const workers = entraMemberVerb === "replace" ? 1 : Math.min(entraParallelMembers, batches.length);
  return Array.from({ length: workers }, (_, worker) =>
    batches.filter((_batch, index) => index % workers === worker),
  );
}

/** The first failure of a crew goes into escrow for all of it, and only the last success takes the group out. */
function endInCrew(end: JobEnd, crew: Crew, complete: () => void): JobEnd {
  crew.left -= 1;
  if (end.kind === "escrow") {
    const isFirst = !crew.failed;
    crew.failed = true;
    if (isFirst) return end;
    return { kind: "outcome", outcome: { kind: "failed", failure: end.failure }, keepsEscrow: true };
  }
  if (crew.failed || crew.left > 0) return { ...end, keepsEscrow: true };
  complete();
  return end;
}

function setSeen({ ledger }: CycleContext, objectId: EntraId, members: ReadonlySet<EntraId>): void {
  const link = ledger.groups.get(objectId);
  if (link !== undefined) ledger.linkGroup(objectId, { ...link, members });
}

/**
 * The members to add and remove. A user who is not provisioned is not sent; a member who comes into scope later is not
 * noticed, unless the user is only waiting in escrow (Microsoft: Known issues for provisioning).
 */
function memberDelta(context: CycleContext, group: DirectoryGroup, link: LinkedGroup): MemberDelta {
  const { ledger, isInitial, shapes } = context;
  const { entraRestartMembers, entraLateMember } = shapes.fidelity;
  const added: Member[] = [];
  const seen = new Set<EntraId>();
  const known = isInitial ? (entraRestartMembers === "all" ? nobody : link.sent) : link.members;
  for (const key of group.members) {
    const user = context.directory.users.get(key);
    if (user === undefined) continue;
    const { objectId } = user;
    const account = ledger.users.get(objectId);
    const isSendable = account !== undefined && context.scope.user(user) === "in-scope";
    if (isSendable || !(ledger.escrows.has(objectId) || entraLateMember === "cycle")) seen.add(objectId);
    if (isSendable && !known.has(objectId))
      added.push({ objectId, scimId: account.scimId, name: account.name });
  }
  return { added, removed: removedMembers(context, group, link), seen };
}

const nobody: ReadonlySet<EntraId> = new Set();

/** A user who was deleted for good leaves a group without a word about the group. */
function removedMembers(context: CycleContext, group: DirectoryGroup, link: LinkedGroup): readonly Member[] {
  return [...link.sent].flatMap((objectId) => {
    const user = context.usersById.get(objectId);
    const account = context.ledger.users.get(objectId);
    if (user === undefined || account === undefined || group.members.has(user.key)) return [];
    return [{ objectId, scimId: account.scimId, name: account.name }];
  });
}

/** Members that one request adds or removes. */
interface Batch {
  readonly members: readonly Member[];
  readonly adds: boolean;
}

/** What one job sends, in this order. */
type Share = readonly Batch[];

function* updateMembers(context: CycleContext, objectId: EntraId, share: Share): Conversation<JobEnd> {
  const { ledger, shapes } = context;
  const link = ledger.groups.get(objectId);
  if (link === undefined) return escrow(invalidAnchor());
  const read = yield* readFirst(context, link);
  if (read !== undefined) return gone(context, objectId, read);
  const added: Member[] = [];
  const removed: Member[] = [];
  const there: Member[] = [];
  for (const batch of share) {
    const checked = yield* withoutThoseThere(context, link, batch);
    there.push(...checked.there);
    if (checked.wanted.length === 0) continue;
    const operations = batch.adds
      ? addMembers(checked.wanted.map(idOf), sentBefore(context, link, added), shapes)
      : removeMembers(checked.wanted.map(idOf), shapes);
    const refused = readWritten(yield* exchange(patch("/Groups", link.scimId, operations, shapes), context));
    if (refused !== undefined) {
      setSent(context, objectId, { added: [...added, ...there], removed });
      return refused.kind === "gone" ? gone(context, objectId, refused) : escrow(refused);
    }
    (batch.adds ? added : removed).push(...checked.wanted);
  }
  setSent(context, objectId, { added: [...added, ...there], removed });
  const names = (members: readonly Member[]): readonly string[] => members.map(({ name }) => name);
  const group = { added: names(added), removed: names(removed), renamedFrom: undefined };
  return done({ kind: "done", did: "updated", group });
}

function idOf({ scimId }: Member): string {
  return scimId;
}

/** The SCIM ids of those who were sent and not taken away, in this job too. */
function sentBefore(
  { ledger }: CycleContext,
  { sent }: LinkedGroup,
  added: readonly Member[],
): readonly string[] {
  const before = [...sent].flatMap((objectId) => ledger.users.get(objectId)?.scimId ?? []);
  return [...before, ...added.map(idOf)];
}

function setSent(
  { ledger }: CycleContext,
  objectId: EntraId,
  { added, removed }: Pick<MemberDelta, "added" | "removed">,
): void {
  const link = ledger.groups.get(objectId);
  if (link === undefined) return;
  const sent = new Set([...link.sent, ...added.map((member) => member.objectId)]);
  for (const member of removed) sent.delete(member.objectId);
  ledger.linkGroup(objectId, { ...link, sent });
}

/** The group is read before its members change, unless this cycle has read or made it already. */
function* readFirst(
  context: CycleContext,
  { scimId }: LinkedGroup,
): Conversation<Failure | { readonly kind: "gone" } | undefined> {
  if (context.shapes.fidelity.entraReadBeforeMembers === "none" || context.touchedGroups.has(scimId))
    return undefined;
  const request = readById("/Groups", scimId, context.shapes);
  const read = readObject(yield* exchange(request, context), scimId);
  return read.kind === "found" ? undefined : read;
}

/** A group that is gone is matched or made again by the next cycle, or an error until a restart. */
function gone(
  context: CycleContext,
  objectId: EntraId,
  refused: Failure | { readonly kind: "gone" },
): JobEnd {
  if (refused.kind === "failure") return escrow(refused);
  if (context.shapes.fidelity.entraGoneAccount === "match-again") {
    context.ledger.unlinkGroup(objectId);
    context.ledger.forgetSeen(objectId);
  }
  return escrow(invalidAnchor());
}

interface Checked {
  readonly wanted: readonly Member[];
  /** Members already, by the target's word. */
  readonly there: readonly Member[];
}

/** Asks for each of them whether it is a member, where this Entra does. */
function* withoutThoseThere(
  context: CycleContext,
  { scimId }: LinkedGroup,
  { members, adds }: Batch,
): Conversation<Checked> {
  if (!adds || context.shapes.fidelity.entraMemberCheck === "none") return { wanted: members, there: [] };
  const wanted: Member[] = [];
  const there: Member[] = [];
  for (const member of members) {
    const request = checkMember(scimId, member.scimId, context.shapes);
    const isMember = isListed(yield* exchange(request, context));
    (isMember ? there : wanted).push(member);
  }
  return { wanted, there };
}

function chunks(members: readonly Member[], most: number): readonly (readonly Member[])[] {
  const count = Math.ceil(members.length / most);
  return Array.from({ length: count }, (_, index) => members.slice(index * most, (index + 1) * most));
}

function escrow(failure: Failure): JobEnd {
  return { kind: "escrow", failure, atCreation: false };
}
