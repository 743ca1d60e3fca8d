/** Okta with what it remembers: read from JSON, asked for its links, opened as a service. */

import type { OktaAppSettings } from "../../directory/app-settings.ts";
import type { ProviderLinks, Stopped } from "../../directory/source.ts";
import type { JsonObject } from "../../ground/json.ts";
import type { OpeningOptions, ProviderMemory } from "../provider-memory.ts";
import type { ProviderWorld } from "../provider-world.ts";
import type { OpenedService } from "../provisioning-service.ts";
import type { PushState } from "../run/push-state.ts";
import type { Task } from "../run/task.ts";
import { testOktaCredentials } from "./engine.ts";
import { readOktaMemory, writeOktaMemory } from "./memory-json.ts";
import { emptyOktaMemory, type AppUser, type OktaId, type OktaMemory, type PushMapping } from "./memory.ts";
import { oktaService } from "./service.ts";

/** Okta's service, whose memory can be looked at as it is. */
export interface OpenedOkta extends OpenedService {
  readonly memory: () => OktaMemory;
}

interface RememberedOkta extends ProviderMemory {
  readonly open: (world: ProviderWorld, options: OpeningOptions) => OpenedOkta;
}

/**
 * Without `snapshot`, an Okta that has never spoken to the target.
 * @throws AppError invalid-file where the snapshot is damaged: names the place
 */
export function rememberedOkta(settings: OktaAppSettings, snapshot: JsonObject | undefined): RememberedOkta {
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

function linksOf(memory: OktaMemory): ProviderLinks {
  const { appUsers, pushMappings } = memory;
  return {
    accounts: [...appUsers].flatMap(([objectId, { externalId, profile }]) =>
      externalId === undefined ? [] : [{ objectId, userName: profile.userName, scimId: externalId }],
    ),
    teams: new Map(
      [...pushMappings].flatMap(([objectId, { scimId }]) =>
        scimId === undefined ? [] : [[objectId, scimId] as const],
      ),
    ),
    stopped: {
      users: new Map([...memory.appUsers].flatMap((entry) => stoppedUser(entry, memory))),
      groups: new Map([...memory.pushMappings].flatMap((entry) => stoppedGroup(entry, memory))),
    },
  };
}

function stoppedUser(
  [objectId, { status, profile }]: readonly [OktaId, AppUser],
  { tasks }: OktaMemory,
): readonly (readonly [OktaId, Stopped])[] {
  const why = {
    STAGED: `the assignment failed${becauseOf(tasks.get(objectId))}`,
    UNASSIGNED: "an import removed the assignment, because the account was gone or inactive",
    PROVISIONED: undefined,
    REVOKED: undefined,
    DEPROVISIONED: undefined,
  }[status];
  return why === undefined ? [] : [[objectId, { name: profile.userName, why }]];
}

function stoppedGroup(
  [objectId, { status, sourceName }]: readonly [OktaId, PushMapping],
  { tasks }: OktaMemory,
): readonly (readonly [OktaId, Stopped])[] {
  if (status !== "ERROR") return [];
  return [[objectId, { name: sourceName, why: `the last push failed${becauseOf(tasks.get(objectId))}` }]];
}

function becauseOf(task: Task | undefined): string {
  return task === undefined ? "" : `: ${task.reason}`;
}

function pushState({ sourceName, targetName, status, members }: PushMapping): PushState {
  return { group: sourceName, team: targetName, status, members: members.size };
}
