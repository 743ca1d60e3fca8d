/** A rehearsal over a connection: time, randomness, reading back and comparing joined to the provider's engine. */

import { readAstroState } from "../astro/api/reading/read.ts";
import type { HeldState } from "../astro/held.ts";
import { documentedAttributePaths } from "../astro/attributes.ts";
import { directoryAt, type Scenario } from "../directory/timeline.ts";
import { requireSomethingInside } from "../drift/compare/outside/something-inside.ts";
import { expectedState } from "../idp/expected/expected-state.ts";
import { responsibilityOf, type StatedResponsibility } from "../astro/responsibility.ts";
import { AppError } from "../ground/errors.ts";
import { expectedPaths } from "../idp/timeline/expectation.ts";
import { simulatedClock } from "../idp/run/clock.ts";
import type { Report } from "../idp/run/events.ts";
import { watchRequests } from "../idp/timeline/request-tally.ts";
import { simulate, type SimulationResult } from "../simulation/simulate.ts";
import type { Send } from "../wire/exchange.ts";
import { astroChanger, requireLocalFor } from "./change-astro.ts";
import { compareWithAstro } from "./compare.ts";
import { memoryTarget, type Connection } from "./connect.ts";
import type { KeptMemory } from "./files/memory-file.ts";
import { randomText } from "../world/random-text.ts";
import type { World } from "../world/world.ts";

export interface Rehearsal {
  readonly connection: Connection;
  /** Sends as the provider does: nothing is repeated but by the provider's own rules. */
  readonly send: Send;
  readonly fixture: Scenario;
  readonly memory: KeptMemory;
  /** Okta: retry the tasks of earlier runs first. */
  readonly retryTasks: boolean;
  readonly report: Report;
  readonly signal: AbortSignal;
  /** What no repair touches, beside what the fixture protects: the `protect` list of a profile. */
  readonly protect: readonly string[];
  /** What the directory is responsible for, beside what the fixture says: of a profile, of a program. */
  readonly responsibleFor: readonly StatedResponsibility[];
  /** The longest Retry-After of a real server that is waited for. */
  readonly maxWaitSeconds: number;
  /** Whether Astro is compared with the directory at the end; a directory of one person says nothing of the others. */
  readonly compares?: boolean;
}

/**
 * @throws AppError as `simulate` of the simulation; refused, as `requireLocalFor`; usage, where what is stated as the
 * responsibility of the directory includes nothing that it provisions at the end
 */
export async function rehearse(
  { clock: { now }, timers, random }: World,
  rehearsal: Rehearsal,
): Promise<SimulationResult> {
  const { connection, fixture, memory, retryTasks, signal, report, send } = rehearsal;
  requireResponsibility(rehearsal);
  requireLocalFor(fixture, connection);
  const paths = [...new Set([...documentedAttributePaths, ...expectedPaths(fixture.timeline)])];
  const readHeld = (attributePaths: readonly string[]): Promise<HeldState> =>
    readAstroState(connection.send, { target: connection.baseUrl, attributePaths, signal });
  const isReal = connection.target.kind === "remote";
  // Simulated time costs nothing in the process; a real server that asks to be waited for is waited for.
  const pause = async (seconds: number): Promise<void> => {
    if (isReal) await timers.wait(seconds * 1000, signal);
  };
  const patience = isReal ? { maxWaitSeconds: rehearsal.maxWaitSeconds } : {};
  const clock = simulatedClock(now(), pause);
  const requests = watchRequests(send);
  const world = {
    send: requests.send,
    clock,
    signal,
    report,
    ...patience,
    randomText: (length: number) => randomText(random, length),
    randomGuid: random.uuid,
    random: random.number,
  };
  const service = memory.provider.open(world, { retryTasks });
  return simulate({
    fixture,
    target: memoryTarget(connection),
    service,
    progress: memory.progress,
    keep: (progress) => memory.keep(service.snapshot, progress),
    clock,
    signal,
    report,
    readState: () => readHeld(paths),
    changeAstro: astroChanger({ connection, fixture, readHeld: () => readHeld(documentedAttributePaths) }),
    requests,
    compare: async (directory) => {
      if (rehearsal.compares === false) throw new AppError("failed", "no comparison was asked for");
      const provided = {
        directory,
        app: fixture.app,
        protect: fixture.protect,
        responsibleFor: fixture.responsibleFor,
        remembered: service.links(),
      };
      const { protect, responsibleFor } = rehearsal;
      // What the provider did is seen over SCIM, as the provider sees it.
      return compareWithAstro(provided, connection, { protect, responsibleFor, signal, api: "scim" });
    },
  });
}

/** Before anything is sent: the comparison at the end would refuse it, after everybody was provisioned. */
function requireResponsibility({ fixture, responsibleFor }: Rehearsal): void {
  const stated = [...(fixture.responsibleFor ?? []), ...responsibleFor];
  if (stated.length === 0) return;
  const expected = expectedState(directoryAt(fixture, "end"), fixture.app);
  requireSomethingInside(expected, responsibilityOf(stated));
}
