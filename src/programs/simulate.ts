/** `simulate` for programs: the engine of `astro-scim simulate okta`. */

import { memoryTarget, rehearse } from "../cli/rehearse.ts";
import type { RunEvent } from "../idp/events.ts";
import { emptyOktaMemory } from "../idp/okta/memory.ts";
import type { SimulationResult } from "../simulation/simulate-okta.ts";
import { withOpened, type ProgramOptions } from "./open.ts";

export interface SimulateOptions extends ProgramOptions {
  /** Told of what happens as it happens. */
  readonly onEvent?: (event: RunEvent) => void;
}

/**
 * Rehearses a fixture and tells how it went: `result.openTasks`, `result.steps[].unmet`, `result.comparison`.
 * A program names its target knowingly: unlike the command it does not ask before provisioning a remote one.
 * @throws AppError where nothing could be provisioned: fixture, target, credentials
 */
export async function simulate(options: SimulateOptions): Promise<SimulationResult> {
  return withOpened(options, ({ io, fixture, connection, signal }) =>
    rehearse(io, {
      connection,
      send: connection.sendOnce,
      fixture,
      memory: emptyOktaMemory(memoryTarget(connection)),
      keepMemory: async () => {},
      retryTasks: false,
      report: options.onEvent ?? (() => {}),
      signal,
    }),
  );
}
