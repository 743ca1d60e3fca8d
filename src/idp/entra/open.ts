/** Entra with what it remembers: read from JSON, asked for its links, opened as a service. */

import type { EntraAppSettings } from "../../directory/entra-app-settings.ts";
import type { ProviderLinks, Stopped } from "../../directory/source.ts";
import type { JsonObject } from "../../ground/json.ts";
import type { OpeningOptions, ProviderMemory } from "../provider-memory.ts";
import type { ProviderWorld } from "../provider-world.ts";
import type { OpenedService } from "../provisioning-service.ts";
import type { Subject } from "../run/events.ts";
import { readEntraMemory, writeEntraMemory } from "./memory-json.ts";
import { emptyEntraMemory, type EntraId, type EntraMemory } from "./memory.ts";
import { testEntraConnection } from "./requests/test-connection.ts";
import { entraService } from "./service.ts";

/** Entra's service, whose memory can be looked at as it is. */
export interface OpenedEntra extends OpenedService {
  readonly memory: () => EntraMemory;
}

interface RememberedEntra extends ProviderMemory {
  readonly open: (world: ProviderWorld, options: OpeningOptions) => OpenedEntra;
}

/**
 * Without `snapshot`, an Entra that has never spoken to the target.
 * @throws AppError invalid-file where the snapshot is damaged: names the place
 */
export function rememberedEntra(
  settings: EntraAppSettings,
  snapshot: JsonObject | undefined,
): RememberedEntra {
  const memory = snapshot === undefined ? emptyEntraMemory() : readEntraMemory(snapshot);
  return {
    linkedUsers: () => [...memory.users.keys()],
    links: () => linksOf(memory),
    open: (world) => {
      const service = entraService({ settings, memory, world });
      return {
        ...service,
        testCredentials: () => testEntraConnection(settings, world),
        openTasks: () => [...service.memory().escrows.values()].map(({ task }) => task),
        links: () => linksOf(service.memory()),
        snapshot: () => writeEntraMemory(service.memory()),
      };
    },
  };
}

function linksOf(memory: EntraMemory): ProviderLinks {
  const { users, groups } = memory;
  return {
    accounts: [...users].map(([objectId, { name, scimId }]) => ({ objectId, userName: name, scimId })),
    teams: new Map([...groups].map(([objectId, { scimId }]) => [objectId, scimId])),
    stopped: {
      users: new Map([...skipped(memory), ...notExported(users, "user", memory)]),
      groups: notExported(groups, "group", memory),
    },
  };
}

/** Users in scope whom a cycle has passed over, and who are looked at again only when they change. */
function skipped({ seen, users }: EntraMemory): readonly (readonly [EntraId, Stopped])[] {
  return [...seen].flatMap(([objectId, { standing }]) =>
    standing === "in-scope" && !users.has(objectId)
      ? [[objectId, { name: objectId, why: "an earlier cycle skipped the user, or gave up" }] as const]
      : [],
  );
}

/** Objects in escrow that never got a link: a later cycle may repeat the creation alone, which finds no account that is there. */
function notExported(
  links: ReadonlyMap<EntraId, unknown>,
  kind: Subject["kind"],
  { escrows }: EntraMemory,
): ReadonlyMap<EntraId, Stopped> {
  const waiting = [...escrows.values()].filter(
    ({ task: { subject }, isReference }) =>
      subject.kind === kind && !isReference && !links.has(subject.objectId),
  );
  return new Map(
    waiting.map(({ task: { subject, reason } }) => [
      subject.objectId,
      { name: subject.name, why: `it failed and is in escrow: ${reason}` },
    ]),
  );
}
