/** One organization that a server holds: made at its start, and made again when it is reset. */

import type { AstroSeed } from "../astro/seed.ts";
import type { Behaviour } from "../astro/behaviour/table.ts";
import type { Caller } from "./api/caller.ts";
import type { ResettableOrganization } from "./control/control.ts";
import type { IamOrganization } from "./iam/context.ts";
import { KeptTexts } from "./iam/present/kept-texts.ts";
import type { DirectOperations } from "./organization/direct/direct-outcome.ts";
import { createDirectOperations } from "./organization/direct/direct-operations.ts";
import { createOperations } from "./organization/operations.ts";
import type { Operations } from "./organization/outcome.ts";
import { createCursors } from "./scim/list/cursors.ts";
import type { Organization } from "./scim/organization.ts";
import { shortcuts } from "./scim/shortcuts/shortcuts.ts";
import { loadSeed } from "./seed.ts";
import { startingOrganization } from "./starting-organization.ts";
import type { ServerWorld } from "./api/server-world.ts";
import type { Origin } from "./store/event.ts";
import { MemoryRows } from "./store/memory/memory-rows.ts";
import type { Subject } from "./store/subject.ts";

export interface OrganizationOptions {
  readonly organizationId: string;
  /** Who made it, as far as anyone asks. */
  readonly owner: Caller;
  /** What Astro holds beforehand. */
  readonly seed: AstroSeed | undefined;
  readonly behaviour: Behaviour;
}

export interface OrganizationParts {
  readonly world: ServerWorld;
  readonly newId: () => string;
  readonly maxBodyBytes: number;
}

export interface OrganizationHandle extends ResettableOrganization {
  readonly id: string;
  /** What the handlers of SCIM work with, on behalf of a caller. */
  scim(caller: Caller): Organization;
  /** What the handlers of Astro's own API work with, on behalf of a caller. */
  iam(caller: Caller): IamOrganization;
  /** Tells it where SCIM is. */
  moveTo(baseUrl: string): void;
}

interface HeldOrganization extends Pick<OrganizationHandle, "scim" | "iam"> {
  readonly rows: MemoryRows;
  readonly baseUrl: string;
}

/** The organization as requests see it: replaced as a whole, so that one which is under way keeps what it began with. */
export async function createOrganization(
  options: OrganizationOptions,
  parts: OrganizationParts,
): Promise<OrganizationHandle> {
  const { organizationId: id, behaviour } = options;
  const { world, newId, maxBodyBytes } = parts;
  const { now } = world.clock;
  const { yieldToOthers } = world.timers;
  const cursors = createCursors(world.random.bytes(32), now);
  const held = (rows: MemoryRows, baseUrl: string): HeldOrganization => {
    const operationsOf = (origin: Origin): Operations =>
      createOperations({ rows, rules: behaviour, origin, now, newId });
    const directOperationsOf = (origin: Origin): DirectOperations =>
      createDirectOperations({ rows, rules: behaviour, origin, now, newId });
    const texts = new KeptTexts();
    return {
      rows,
      baseUrl,
      scim: oncePerCaller((caller) => ({
        rows,
        operations: operationsOf({ api: "scim", actor: subjectOf(caller) }),
        shortcuts,
        baseUrl,
        behaviour,
        cursors,
        newId,
        yieldToOthers,
        maxBodyBytes,
        revokeExpiredInvites:
          behaviour.expiredInvite === "removed"
            ? directOperationsOf({ api: "iam", actor: subjectOf(caller) }).revokeExpiredInvites
            : undefined,
      })),
      iam: oncePerCaller((caller) => ({
        id,
        rows,
        operations: directOperationsOf({ api: "iam", actor: subjectOf(caller) }),
        behaviour,
        texts,
      })),
    };
  };
  let current = held(await filledRows(options, parts), "");
  return {
    id,
    current: () => ({ ...current, behaviour }),
    scim: (caller) => current.scim(caller),
    iam: (caller) => current.iam(caller),
    renew: async () => {
      current = held(await filledRows(options, parts), current.baseUrl);
    },
    moveTo: (baseUrl) => {
      current = held(current.rows, baseUrl);
    },
  };
}

/** Rows with the organization and all that its seed says. */
async function filledRows(
  { organizationId: id, owner, seed, behaviour }: OrganizationOptions,
  { world, newId }: OrganizationParts,
): Promise<MemoryRows> {
  const { now } = world.clock;
  const nowMs = now().getTime();
  const rows = new MemoryRows(nowMs, world.timers.yieldToOthers);
  const actor = subjectOf(owner);
  const organization = startingOrganization(seed ?? {}, { id, actor, nowMs, newId, behaviour });
  await rows.commit([{ kind: "organization", row: organization }]);
  if (seed === undefined) return rows;
  const origin: Origin = { api: "seed", actor };
  const operations = createOperations({ rows, rules: behaviour, origin, now, newId });
  await loadSeed(operations, seed, { organization, rules: behaviour, actor, nowMs, newId });
  return rows;
}

function subjectOf({ id, name }: Caller): Subject {
  return { kind: "token", id, name };
}

/** Callers are few, and requests are many. */
function oncePerCaller<Context>(make: (caller: Caller) => Context): (caller: Caller) => Context {
  const made = new WeakMap<Caller, Context>();
  return (caller) => {
    let context = made.get(caller);
    if (context === undefined) made.set(caller, (context = make(caller)));
    return context;
  };
}
