/** Entra with what it remembers: read from JSON, asked for its links, opened as a service. */

import type { EntraAppSettings } from "../../directory/entra-app-settings.ts";
import type { ProviderLinks } from "../../directory/source.ts";
import type { JsonObject } from "../../ground/json.ts";
import type { ProviderMemory } from "../provider-memory.ts";
import { readEntraMemory, writeEntraMemory } from "./memory-json.ts";
import { emptyEntraMemory, type EntraMemory } from "./memory.ts";
import { testEntraConnection } from "./requests/test-connection.ts";
import { entraService } from "./service.ts";

/**
 * Without `snapshot`, an Entra that has never spoken to the target.
 * @throws AppError invalid-file where the snapshot is damaged: names the place
 */
export function rememberedEntra(
  settings: EntraAppSettings,
  snapshot: JsonObject | undefined,
): ProviderMemory {
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

function linksOf({ users, groups }: EntraMemory): ProviderLinks {
  return {
    accounts: [...users].map(([objectId, { name, scimId }]) => ({ objectId, userName: name, scimId })),
    teams: new Map([...groups].map(([objectId, { scimId }]) => [objectId, scimId])),
  };
}
