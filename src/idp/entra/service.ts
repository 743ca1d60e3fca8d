/** Entra's provisioning service as a timeline drives it: cycles at a fixed interval, whatever happens in between. */

import type { Action, EntraReset } from "../../directory/action.ts";
import type { Directory } from "../../directory/directory.ts";
import type { EntraAppSettings } from "../../directory/entra-app-settings.ts";
import type { ProvisioningService } from "../provisioning-service.ts";
import type { RunSummary } from "../run/events.ts";
import { joinSummaries } from "../run/run.ts";
import { runCycle } from "./cycle/cycle.ts";
import { cyclesUntil, nextCycleAt } from "./cycle/schedule.ts";
import { provisionOnDemand } from "./jobs/on-demand.ts";
import type { EntraMemory, EntraRunResult } from "./memory.ts";
import type { EntraWorld } from "./world.ts";

export interface EntraServiceOptions {
  readonly settings: EntraAppSettings;
  /** What it remembers at first. */
  readonly memory: EntraMemory;
  readonly world: EntraWorld;
}

export interface EntraService extends ProvisioningService {
  /** What it remembers now. */
  readonly memory: () => EntraMemory;
}

/** @throws AppError from each of its functions, for a mapping that is wrong */
export function entraService(options: EntraServiceOptions): EntraService {
  const { settings, world } = options;
  const { clock } = world;
  let { memory } = options;
  const remember = (run: EntraRunResult): RunSummary => {
    ({ memory } = run);
    return run.summary;
  };
  const cycle = async (directory: Directory): Promise<RunSummary> =>
    memory.state === "active"
      ? remember(await runCycle({ settings, directory, memory }, world))
      : joinSummaries([]);
  const moveTo = (moment: Date): void => clock.advance(Math.max(0, moment.getTime() - clock.now().getTime()));
  return {
    memory: () => memory,
    // Starting provisioning does not wait for the next cycle, not even in quarantine.
    begin: cycle,
    elapse: async (ms, directory) => {
      const end = new Date(clock.now().getTime() + ms);
      const summaries: RunSummary[] = [];
      for (;;) {
        const { idle, next } = cyclesUntil(end, memory, settings.fidelity);
        memory = passIdle(memory, idle, world);
        if (next === undefined) break;
        moveTo(next);
        const summary = await cycle(directory);
        summaries.push(summary);
        if (summary.interrupted) break;
      }
      const summary = joinSummaries(summaries);
      if (!summary.interrupted) moveTo(end);
      return summary;
    },
    act: async (directory, { action }) => remember(await act({ settings, directory, memory }, action, world)),
    settle: (directory) => {
      moveTo(nextCycleAt(memory, clock.now(), settings.fidelity));
      return cycle(directory);
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
async function act(state: ConsoleState, action: Action, world: EntraWorld): Promise<EntraRunResult> {
  const { memory, settings } = state;
  if (action.kind === "restart-provisioning") return quiet(restarted(memory, settings, action.resets));
  if (action.kind === "delete-object-connection") return quiet(disconnected(memory, action.objectId));
  if (action.kind === "allow-deletes")
    return quiet({ ...memory, deletesAllowed: true, quarantine: undefined });
  const isOnDemand =
    action.kind === "provision-user-on-demand" || action.kind === "provision-group-on-demand";
  return isOnDemand ? provisionOnDemand(state, action, world) : quiet(memory);
}

/** The next cycle looks at the object as if it had never been provisioned (Microsoft: Manage object connections). */
function disconnected(memory: EntraMemory, objectId: string): EntraMemory {
  const without = <Value>(map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> =>
    new Map([...map].filter(([id]) => id !== objectId));
  return {
    ...memory,
    users: without(memory.users),
    groups: without(memory.groups),
    seen: without(memory.seen),
  };
}

/** What the portal's button resets (Microsoft Graph: synchronizationJobRestartCriteria). */
const portalResets: readonly EntraReset[] = ["watermark", "escrows", "quarantine"];

/**
 * Whether the links between objects outlast a new initial cycle is a switch. Those that failed with InvalidAnchor never outlast
 * the reset of their escrow: a restart is the remedy for them (Microsoft: Understand how provisioning logs work, error codes).
 */
function restarted(
  memory: EntraMemory,
  { fidelity }: EntraAppSettings,
  resets: readonly EntraReset[] = portalResets,
): EntraMemory {
  const reset = new Set(resets);
  const { users, groups, seen, escrows, initialCycleDone, quarantine } = memory;
  const forgetsLinks =
    reset.has("links") || (reset.has("watermark") && fidelity.entraRestartLinks !== "keep");
  const kept = <Link>(links: ReadonlyMap<string, Link>): ReadonlyMap<string, Link> => {
    if (forgetsLinks) return new Map();
    return reset.has("escrows") ? new Map([...links].filter(([id]) => !isLost(id, escrows))) : links;
  };
  return {
    ...memory,
    users: kept(users),
    groups: kept(groups),
    seen: reset.has("watermark") ? new Map() : seen,
    escrows: reset.has("escrows") ? new Map() : escrows,
    initialCycleDone: initialCycleDone && !reset.has("watermark"),
    quarantine: reset.has("quarantine") ? undefined : quarantine,
    state: "active",
  };
}

function isLost(id: string, escrows: EntraMemory["escrows"]): boolean {
  return [id, `${id}#members`, `${id}#manager`].some(
    (key) => escrows.get(key)?.task.code === "InvalidAnchor",
  );
}

function quiet(memory: EntraMemory): EntraRunResult {
  return { memory, summary: joinSummaries([]) };
}
