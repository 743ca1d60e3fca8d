/** Okta as a timeline drives it: it reacts to each action at once, and to nothing else. */

import type { OktaAppSettings } from "../../directory/app-settings.ts";
import type { Directory } from "../../directory/directory.ts";
import type { SimulatedClock } from "../run/clock.ts";
import type { Occasion } from "../run/occasion.ts";
import type { ProvisioningService, ServiceRun } from "../provisioning-service.ts";
import { joinSummaries } from "../run/run.ts";
import { runOkta, type OktaWorld } from "./engine.ts";
import type { OktaMemory } from "./memory.ts";

export interface OktaServiceOptions {
  readonly settings: OktaAppSettings;
  /** Retry the tasks of earlier runs first, as an administrator does under Dashboard > Tasks. */
  readonly retryTasks: boolean;
  readonly world: OktaWorld & { readonly clock: SimulatedClock };
}

/** @throws AppError from each of its functions, for a mapping that is wrong */
export function oktaService({
  settings,
  retryTasks,
  world,
}: OktaServiceOptions): ProvisioningService<OktaMemory> {
  const run = (
    directory: Directory,
    memory: OktaMemory,
    occasion: Occasion,
  ): Promise<ServiceRun<OktaMemory>> => runOkta({ settings, directory, memory, occasion }, world);
  /** At the start of a rehearsal the tasks of earlier ones are retried before anything else is looked at. */
  const begin = async (directory: Directory, memory: OktaMemory): Promise<ServiceRun<OktaMemory>> => {
    if (!retryTasks || memory.tasks.size === 0) return run(directory, memory, { kind: "everything" });
    const retry: Occasion = { kind: "action", action: { kind: "retry" }, before: directory };
    const retried = await run(directory, memory, retry);
    if (retried.summary.interrupted) return retried;
    const looked = await run(directory, retried.memory, { kind: "everything" });
    return { memory: looked.memory, summary: joinSummaries([retried.summary, looked.summary]) };
  };
  const keepStill = async (memory: OktaMemory): Promise<ServiceRun<OktaMemory>> => ({
    memory,
    summary: joinSummaries([]),
  });
  return {
    begin,
    elapse: (ms, _directory, memory) => {
      world.clock.advance(ms);
      return keepStill(memory);
    },
    act: (directory, done, memory) => run(directory, memory, { kind: "action", ...done }),
    settle: (_directory, memory) => keepStill(memory),
  };
}
