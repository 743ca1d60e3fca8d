/** Entra for a rehearsal: its service, its connection test, what it has in escrow, its memory. */

import type { EntraAppSettings } from "../../directory/entra-app-settings.ts";
import { emptyEntraMemory, type EntraMemory } from "../../idp/entra/memory.ts";
import { readEntraMemory, writeEntraMemory } from "../../idp/entra/memory-json.ts";
import { entraService } from "../../idp/entra/service.ts";
import { testEntraConnection } from "../../idp/entra/requests/test-connection.ts";
import type { RehearsedProvider } from "../../simulation/simulate.ts";
import type { MemoryForm } from "../files/memory-file.ts";
import type { ProviderWorld } from "./rehearse.ts";

export interface EntraOptions {
  readonly settings: EntraAppSettings;
}

export function rehearsedEntra(
  { settings }: EntraOptions,
  providerWorld: ProviderWorld,
): RehearsedProvider<EntraMemory> {
  const { uuid, number } = providerWorld.random;
  const world = { ...providerWorld, randomGuid: uuid, random: number };
  return {
    name: "Entra ID",
    service: entraService({ settings, world }),
    testCredentials: () => testEntraConnection(settings, world),
    openTasks: ({ escrows }) => [...escrows.values()].map(({ task }) => task),
  };
}

export const entraMemoryForm: MemoryForm<EntraMemory> = {
  empty: emptyEntraMemory,
  read: readEntraMemory,
  write: writeEntraMemory,
  linked: ({ users }) => [...users.keys()],
  linkedTeams: ({ groups }) => new Map([...groups].map(([objectId, { scimId }]) => [objectId, scimId])),
  linkedAccounts: ({ users }) => [...users.values()].map(({ name, scimId }) => ({ userName: name, scimId })),
};
