/** Okta for a rehearsal: its service, its test of the credentials, its tasks, its memory. */

import type { OktaAppSettings } from "../../directory/app-settings.ts";
import { testOktaCredentials } from "../../idp/okta/engine.ts";
import { emptyOktaMemory, type OktaMemory, type PushMapping } from "../../idp/okta/memory.ts";
import { readOktaMemory, writeOktaMemory } from "../../idp/okta/memory-json.ts";
import { oktaService } from "../../idp/okta/service.ts";
import type { PushState } from "../../idp/run/push-state.ts";
import type { RehearsedProvider } from "../../simulation/simulate.ts";
import type { MemoryForm } from "../files/memory-file.ts";
import { randomText } from "../../world/random-text.ts";
import type { ProviderWorld } from "./rehearse.ts";

export interface OktaOptions {
  readonly settings: OktaAppSettings;
  /** Retry the tasks of earlier runs first, as an administrator does under Dashboard > Tasks. */
  readonly retryTasks: boolean;
}

export function rehearsedOkta(
  { settings, retryTasks }: OktaOptions,
  providerWorld: ProviderWorld,
): RehearsedProvider<OktaMemory> {
  const world = {
    ...providerWorld,
    randomText: (length: number) => randomText(providerWorld.random, length),
  };
  return {
    name: "Okta",
    service: oktaService({ settings, retryTasks, world }),
    testCredentials: () => testOktaCredentials(settings, world),
    openTasks: ({ tasks }) => [...tasks.values()],
    pushStates: ({ pushMappings }) => [...pushMappings.values()].map(pushState),
  };
}

function pushState({ sourceName, targetName, status, members }: PushMapping): PushState {
  return { group: sourceName, team: targetName, status, members: members.size };
}

export const oktaMemoryForm: MemoryForm<OktaMemory> = {
  empty: emptyOktaMemory,
  read: readOktaMemory,
  write: writeOktaMemory,
  linked: ({ appUsers }) => [...appUsers.keys()],
  linkedTeams: ({ pushMappings }) =>
    new Map(
      [...pushMappings].flatMap(([objectId, { scimId }]) =>
        scimId === undefined ? [] : [[objectId, scimId] as const],
      ),
    ),
  linkedAccounts: ({ appUsers }) =>
    [...appUsers.values()].flatMap(({ externalId, profile }) =>
      externalId === undefined ? [] : [{ userName: profile.userName, scimId: externalId }],
    ),
};
