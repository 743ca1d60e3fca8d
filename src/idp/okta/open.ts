/** Okta with what it remembers: read from JSON, asked for its links, opened as a service. */

import type { OktaAppSettings } from "../../directory/app-settings.ts";
import type { ProviderLinks } from "../../directory/source.ts";
import type { JsonObject } from "../../ground/json.ts";
import type { ProviderMemory } from "../provider-memory.ts";
import type { PushState } from "../run/push-state.ts";
import { testOktaCredentials } from "./engine.ts";
import { readOktaMemory, writeOktaMemory } from "./memory-json.ts";
import { emptyOktaMemory, type OktaMemory, type PushMapping } from "./memory.ts";
import { oktaService } from "./service.ts";

/**
 * Without `snapshot`, an Okta that has never spoken to the target.
 * @throws AppError invalid-file where the snapshot is damaged: names the place
 */
export function rememberedOkta(settings: OktaAppSettings, snapshot: JsonObject | undefined): ProviderMemory {
  const memory = snapshot === undefined ? emptyOktaMemory() : readOktaMemory(snapshot);
  return {
    linkedUsers: () => [...memory.appUsers.keys()],
    links: () => linksOf(memory),
    open: (world, { retryTasks }) => {
      const service = oktaService({ settings, memory, retryTasks, world });
      return {
        ...service,
        testCredentials: () => testOktaCredentials(settings, world),
        openTasks: () => [...service.memory().tasks.values()],
        pushStates: () => [...service.memory().pushMappings.values()].map(pushState),
        links: () => linksOf(service.memory()),
        snapshot: () => writeOktaMemory(service.memory()),
      };
    },
  };
}

function linksOf({ appUsers, pushMappings }: OktaMemory): ProviderLinks {
  return {
    accounts: [...appUsers].flatMap(([objectId, { externalId, profile }]) =>
      externalId === undefined ? [] : [{ objectId, userName: profile.userName, scimId: externalId }],
    ),
    teams: new Map(
      [...pushMappings].flatMap(([objectId, { scimId }]) =>
        scimId === undefined ? [] : [[objectId, scimId] as const],
      ),
    ),
  };
}

function pushState({ sourceName, targetName, status, members }: PushMapping): PushState {
  return { group: sourceName, team: targetName, status, members: members.size };
}
