/** Okta as a timeline drives it: it reacts to each action at once, and to nothing else. */

import type { OktaAppSettings } from "../../directory/app-settings.ts";
import type { Directory } from "../../directory/directory.ts";
import type { ProvisioningService } from "../provisioning-service.ts";
import type { SimulatedClock } from "../run/clock.ts";
import type { RunSummary } from "../run/events.ts";
import type { Occasion } from "../run/occasion.ts";
import { joinSummaries } from "../run/run.ts";
import { runOkta, type OktaWorld } from "./engine.ts";
import type { OktaMemory } from "./memory.ts";

export interface OktaServiceOptions {
  readonly settings: OktaAppSettings;
  /** What it remembers at first. */
  readonly memory: OktaMemory;
  /** Retry the tasks of earlier runs first, as an administrator does under Dashboard > Tasks. */
  readonly retryTasks: boolean;
  readonly world: OktaWorld & { readonly clock: SimulatedClock };
}

export interface OktaService extends ProvisioningService {
  /** What it remembers now. */
  readonly memory: () => OktaMemory;
}

/** @throws AppError from each of its functions, for a mapping that is wrong */
export function oktaService(options: OktaServiceOptions): OktaService {
  const { settings, retryTasks, world } = options;
  let { memory } = options;
  const run = async (directory: Directory, occasion: Occasion): Promise<RunSummary> => {
    const done = await runOkta({ settings, directory, memory, occasion }, world);
    ({ memory } = done);
    return done.summary;
  };
  return {
    memory: () => memory,
    /** At the start of a rehearsal the tasks of earlier ones are retried before anything else is looked at. */
    begin: async (directory) => {
      if (!retryTasks || memory.tasks.size === 0) return run(directory, { kind: "everything" });
      const retried = await run(directory, { kind: "action", action: { kind: "retry" }, before: directory });
      if (retried.interrupted) return retried;
      return joinSummaries([retried, await run(directory, { kind: "everything" })]);
    },
    elapse: async (ms) => {
      world.clock.advance(ms);
      return joinSummaries([]);
    },
    act: (directory, done) => run(directory, { kind: "action", ...done }),
    settle: async () => joinSummaries([]),
  };
}
