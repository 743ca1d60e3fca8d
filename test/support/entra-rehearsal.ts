/** An Entra that is rehearsed against a tiny SCIM server: directory, memory and server, moved on by actions and cycles. */

import { changesDirectory, type Action } from "../../src/directory/action.ts";
import { applyAction } from "../../src/directory/apply-action.ts";
import { documentedEntraSettings, type EntraAppSettings } from "../../src/directory/entra-app-settings.ts";
import type { Directory } from "../../src/directory/directory.ts";
import { simulatedClock } from "../../src/idp/run/clock.ts";
import type { RunEvent, RunSummary } from "../../src/idp/run/events.ts";
import { emptyEntraMemory, type EntraMemory } from "../../src/idp/entra/memory.ts";
import { entraService } from "../../src/idp/entra/service.ts";
import type { EntraWorld } from "../../src/idp/entra/world.ts";
import type { Send } from "../../src/wire/exchange.ts";

export interface EntraRehearsal {
  readonly directory: Directory;
  readonly memory: EntraMemory;
  readonly events: readonly RunEvent[];
  readonly now: Date;
  /** The first cycle of a session. */
  begin(): Promise<RunSummary>;
  /** Does them in the directory or in the console, and lets the next cycle see them. */
  act(...actions: readonly Action[]): Promise<RunSummary>;
  /** Does it, and waits for no cycle. */
  press(action: Action): Promise<RunSummary>;
  /** Time passes. */
  elapse(ms: number): Promise<RunSummary>;
  /** Another memory in the place of its own. */
  remember(memory: EntraMemory): void;
}

export function rehearseEntra(
  start: Directory,
  send: Send,
  settings: Partial<EntraAppSettings> = {},
  world: Partial<EntraWorld> = {},
): EntraRehearsal {
  const all = { ...documentedEntraSettings, ...settings };
  const events: RunEvent[] = [];
  const clock = simulatedClock(new Date("2026-09-01T08:00:00Z"));
  const entra: EntraWorld = {
    send,
    clock,
    signal: new AbortController().signal,
    report: (event) => events.push(event),
    randomGuid: () => guid,
    random: () => 0.5,
    ...world,
  };
  const serviceWith = (memory: EntraMemory) => entraService({ settings: all, memory, world: entra });
  let service = serviceWith(emptyEntraMemory());
  let now = start;
  const press = async (action: Action): Promise<RunSummary> => {
    const before = now;
    if (changesDirectory(action)) now = applyAction(before, action);
    return service.act(now, { action, before });
  };
  return {
    get directory() {
      return now;
    },
    get memory() {
      return service.memory();
    },
    get now() {
      return clock.now();
    },
    events,
    begin: () => service.begin(now),
    press,
    act: async (...actions) => {
      for (const action of actions) await press(action);
      return service.settle(now);
    },
    elapse: (ms) => service.elapse(ms, now),
    remember: (remembered) => {
      service = serviceWith(remembered);
    },
  };
}

/** What every probe of a rehearsal looks for. */
export const guid = "7d420df3-9995-4831-a406-ecf8166f5f6a";

/** Every cycle begins with them. */
export const probes: readonly string[] = [
  `GET /Users?filter=userName+eq+%22${guid}%22`,
  `GET /Groups?excludedAttributes=members&filter=displayName+eq+%22${guid}%22`,
];
