/** Entra's provisioning service as a timeline drives it: cycles every forty minutes, whatever happens in between. */

import type { Action } from "../../directory/action.ts";
import type { Directory } from "../../directory/directory.ts";
import type { EntraAppSettings } from "../../directory/entra-app-settings.ts";
import type { RunSummary } from "../run/events.ts";
import type { ProvisioningService, ServiceRun } from "../provisioning-service.ts";
import { joinSummaries } from "../run/run.ts";
import { runCycle } from "./cycle/cycle.ts";
import type { EntraMemory } from "./memory.ts";
import { provisionOnDemand } from "./jobs/on-demand.ts";
import { cyclesUntil, nextCycleAt } from "./cycle/schedule.ts";
import type { EntraWorld } from "./world.ts";

export interface EntraServiceOptions {
  readonly settings: EntraAppSettings;
  readonly world: EntraWorld;
}

/** @throws AppError from each of its functions, for a mapping that is wrong */
export function entraService({ settings, world }: EntraServiceOptions): ProvisioningService<EntraMemory> {
  const { clock } = world;
  const cycle = (directory: Directory, memory: EntraMemory): Promise<ServiceRun<EntraMemory>> =>
    memory.state === "active" ? runCycle({ settings, directory, memory }, world) : quiet(memory);
  const moveTo = (moment: Date): void => clock.advance(Math.max(0, moment.getTime() - clock.now().getTime()));
  return {
    // Whoever starts provisioning does not wait for the next cycle, in quarantine neither.
    begin: cycle,
    elapse: async (ms, directory, memory) => {
      const end = new Date(clock.now().getTime() + ms);
      // The memories of the cycles before the last are let go: each is as large as the directory.
      const summaries: RunSummary[] = [];
      let now = memory;
      for (;;) {
        const { idle, next } = cyclesUntil(end, now);
        now = passIdle(now, idle, world);
        if (next === undefined) break;
        moveTo(next);
        const run = await cycle(directory, now);
        summaries.push(run.summary);
        now = run.memory;
        if (run.summary.interrupted) break;
      }
      const summary = joinSummaries(summaries);
      if (!summary.interrupted) moveTo(end);
      return { memory: now, summary };
    },
    act: (directory, { action }, memory) => act({ settings, directory, memory }, action, world),
    settle: (directory, memory) => {
      moveTo(nextCycleAt(memory, clock.now()));
      return cycle(directory, memory);
    },
  };
}

/** Cycles that have nothing to do are counted, and their probes are not sent. */
function passIdle(
  memory: EntraMemory,
  { count, until }: { readonly count: number; readonly until: Date },
  { report }: EntraWorld,
): EntraMemory {
  if (count === 0) return memory;
  report({ kind: "idle-cycles", count, until });
  return { ...memory, cycles: memory.cycles + count, lastCycle: until };
}

interface ConsoleState {
  readonly settings: EntraAppSettings;
  readonly directory: Directory;
  readonly memory: EntraMemory;
}

/** Only Entra's own console acts at once: the directory is looked at by the next cycle. */
async function act(state: ConsoleState, action: Action, world: EntraWorld): Promise<ServiceRun<EntraMemory>> {
  const { memory, settings } = state;
  if (action.kind === "restart-provisioning") return quiet(restarted(memory, settings));
  if (action.kind === "allow-deletes")
    return quiet({ ...memory, deletesAllowed: true, quarantine: undefined });
  const isOnDemand =
    action.kind === "provision-user-on-demand" || action.kind === "provision-group-on-demand";
  return isOnDemand ? provisionOnDemand(state, action, world) : quiet(memory);
}

/**
 * Graph's reset scope of the portal's restart: Watermark, Escrows and QuarantineState; whether the links between objects
 * outlast it is a switch.
 */
function restarted(memory: EntraMemory, { fidelity }: EntraAppSettings): EntraMemory {
  return {
    ...memory,
    ...(fidelity.entraRestartLinks === "keep" ? {} : { users: new Map(), groups: new Map() }),
    seen: new Map(),
    escrows: new Map(),
    initialCycleDone: false,
    quarantine: undefined,
    state: "active",
  };
}

async function quiet(memory: EntraMemory): Promise<ServiceRun<EntraMemory>> {
  return { memory, summary: joinSummaries([]) };
}
