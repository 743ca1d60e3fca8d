/** `simulate` for programs: the engine of `astro-scim simulate`. */

import { memoryTarget } from "../assembly/connect.ts";
import { openMemory } from "../assembly/files/memory-file.ts";
import { rehearse } from "../assembly/rehearse.ts";
import type { EntraFidelity, OktaFidelity } from "../fidelity/table.ts";
import { providerOf } from "../idp/providers.ts";
import type { RunEvent } from "../idp/run/events.ts";
import type { ExitStatus } from "../ground/exit-status.ts";
import { exitStatusOfSimulation } from "../simulation/exit-status.ts";
import type { SimulationResult } from "../simulation/simulate.ts";
import { simulationStatus, type SimulationStatus } from "../simulation/status.ts";
import { callback, checkOptions, count, record, type OptionChecks } from "./check-options.ts";
import { programOptionChecks, withOpened, type ProgramOptions } from "./open.ts";

export interface SimulateOptions extends ProgramOptions {
  /** Told of what happens as it happens. */
  readonly onEvent?: (event: RunEvent) => void;
  /** What the provider does where it is not documented; docs/fidelity.md lists the switches. They count more than the fixture's. */
  readonly fidelity?: Partial<OktaFidelity> | Partial<EntraFidelity>;
  /** With a target: the longest Retry-After of a 429, in seconds, that is waited for; 300 by default. */
  readonly maxWaitSeconds?: number;
}

/** How a rehearsal went. */
export interface SimulateResult extends SimulationResult {
  /** In a word, as `simulate --json` has it. */
  readonly status: SimulationStatus;
  /** With which exit status the command would have ended: 0, 1, 3 or 130. */
  readonly exitStatus: ExitStatus;
}

const checks: OptionChecks<SimulateOptions> = {
  ...programOptionChecks,
  onEvent: callback.optional(),
  fidelity: record.optional(),
  maxWaitSeconds: count(0).optional(),
};

/**
 * Rehearses a fixture and tells how it went: `status` in a word; `openTasks`, `steps[].unmet` and `comparison` in detail.
 * A program names its target knowingly: unlike the command it does not ask before provisioning a remote one.
 * @throws AppError usage, for options that do not exist or are wrong; otherwise where nothing could be provisioned: fixture,
 * target, credentials
 */
export async function simulate(options: SimulateOptions): Promise<SimulateResult> {
  checkOptions<SimulateOptions>("simulate", options, checks);
  return withOpened(options, async ({ io, fixture, connection, settings, responsibleFor, signal }) => {
    const app = providerOf(fixture.app).withFidelity(options.fidelity ?? {});
    const scenario = { ...fixture, app };
    const opening = { file: undefined, target: memoryTarget(connection), fixture: scenario };
    const result = await rehearse(io, {
      connection,
      send: connection.sendOnce,
      fixture: scenario,
      memory: await openMemory(io, opening),
      retryTasks: false,
      report: options.onEvent ?? (() => {}),
      signal,
      protect: settings.protect,
      responsibleFor,
      maxWaitSeconds: options.maxWaitSeconds ?? 300,
    });
    const status = simulationStatus(result);
    return { ...result, status, exitStatus: exitStatusOfSimulation[status] };
  });
}
