/** `simulate` for programs: the engine of `astro-scim simulate`. */

import { withProviderKit } from "../cli/provider-kit.ts";
import { memoryTarget, rehearse } from "../cli/rehearse.ts";
import type { RunEvent } from "../idp/events.ts";
import type { SimulationResult } from "../simulation/simulate.ts";
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
    withProviderKit(fixture.app, { retryTasks: false }, ({ form, provider }) =>
      rehearse(io, {
        connection,
        send: connection.sendOnce,
        fixture,
        provider,
        memory: form.empty(memoryTarget(connection)),
        keepMemory: async () => {},
        report: options.onEvent ?? (() => {}),
        signal,
      }),
    ),
  );
}
