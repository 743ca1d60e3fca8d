/** `simulate` for programs: the engine of `astro-scim simulate`. */

import { memoryTarget } from "../assembly/connect.ts";
import { openMemory } from "../assembly/files/memory-file.ts";
import { rehearse } from "../assembly/rehearse.ts";
import type { EntraFidelity, OktaFidelity } from "../fidelity/table.ts";
import { providerOf } from "../idp/providers.ts";
import type { RunEvent } from "../idp/run/events.ts";
import type { SimulationResult } from "../simulation/simulate.ts";
import { withOpened, type ProgramOptions } from "./open.ts";

export interface SimulateOptions extends ProgramOptions {
  /** Told of what happens as it happens. */
  readonly onEvent?: (event: RunEvent) => void;
  /** What the provider does where it is not documented; docs/fidelity.md lists the switches. They count more than the fixture's. */
  readonly fidelity?: Partial<OktaFidelity> | Partial<EntraFidelity>;
  /** With a target: the longest Retry-After of a 429, in seconds, that is waited for; 300 by default. */
  readonly maxWaitSeconds?: number;
}

/**
 * Rehearses a fixture and tells how it went: `result.openTasks`, `result.steps[].unmet` and `harmful`, `result.unmet`,
 * `result.comparison`.
 * A program names its target knowingly: unlike the command it does not ask before provisioning a remote one.
 * @throws AppError where nothing could be provisioned: fixture, target, credentials
 */
export async function simulate(options: SimulateOptions): Promise<SimulationResult> {
  return withOpened(options, async ({ io, fixture, connection, settings, signal }) => {
    const app = providerOf(fixture.app).withFidelity(options.fidelity ?? {});
    const scenario = { ...fixture, app };
    const opening = { file: undefined, target: memoryTarget(connection), fixture: scenario };
    return rehearse(io, {
      connection,
      send: connection.sendOnce,
      fixture: scenario,
      memory: await openMemory(io, opening),
      retryTasks: false,
      report: options.onEvent ?? (() => {}),
      signal,
      protect: settings.protect,
      maxWaitSeconds: options.maxWaitSeconds ?? 300,
    });
  });
}
