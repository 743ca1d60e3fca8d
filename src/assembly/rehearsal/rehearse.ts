/** A rehearsal over a connection: time, randomness, reading back and comparing joined to the provider's engine. */

import { readAstroState } from "../../astro/api/read.ts";
import type { HeldState } from "../../astro/held.ts";
import { documentedAttributePaths } from "../../astro/mapped-path.ts";
import type { Scenario } from "../../directory/timeline.ts";
import { simulatedClock, type SimulatedClock } from "../../idp/run/clock.ts";
import type { Report } from "../../idp/run/events.ts";
import { watchRequests } from "../../idp/run/request-tally.ts";
import {
  simulate,
  type ProviderMemory,
  type RehearsedProvider,
  type SimulationResult,
} from "../../simulation/simulate.ts";
import type { Send } from "../../wire/exchange.ts";
import { compareWithAstro } from "../compare.ts";
import type { Connection } from "../connect.ts";
import type { Random, World } from "../../world/world.ts";

/** What a provider's engine needs of the world. */
export interface ProviderWorld {
  /** Adds the credentials; repeats nothing. */
  readonly send: Send;
  readonly clock: SimulatedClock;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly report: Report;
  /** The longest wait that a server may ask for; any where it is not there. */
  readonly maxWaitSeconds?: number;
}

export interface Rehearsal<Memory extends ProviderMemory> {
  readonly connection: Connection;
  /** Sends as the provider does: nothing is repeated but by the provider's own rules. */
  readonly send: Send;
  readonly fixture: Scenario;
  readonly provider: (world: ProviderWorld) => RehearsedProvider<Memory>;
  readonly memory: Memory;
  readonly keepMemory: (memory: Memory) => Promise<void>;
  readonly report: Report;
  readonly signal: AbortSignal;
  /** What no repair touches, beside what the fixture protects: the `protect` list of a profile. */
  readonly protect: readonly string[];
  /** The longest Retry-After of a real server that is waited for. */
  readonly maxWaitSeconds: number;
}

/** @throws AppError as `simulate` of the simulation */
export async function rehearse<Memory extends ProviderMemory>(
  { clock: { now }, timers, random }: World,
  rehearsal: Rehearsal<Memory>,
): Promise<SimulationResult> {
  const { connection, fixture, signal, report, send } = rehearsal;
  const readHeld = (attributePaths = documentedAttributePaths): Promise<HeldState> =>
    readAstroState(connection.send, { target: connection.baseUrl, attributePaths, signal });
  const isReal = connection.target.kind === "remote";
  // Simulated time costs nothing in the process; a real server that asks to be waited for is waited for.
  const pause = async (seconds: number): Promise<void> => {
    if (isReal) await timers.wait(seconds * 1000, signal);
  };
  const patience = isReal ? { maxWaitSeconds: rehearsal.maxWaitSeconds } : {};
  const clock = simulatedClock(now(), pause);
  const requests = watchRequests(send);
  return simulate({
    fixture,
    provider: rehearsal.provider({ send: requests.send, clock, random, signal, report, ...patience }),
    memory: rehearsal.memory,
    keepMemory: rehearsal.keepMemory,
    clock,
    signal,
    report,
    readState: () => readHeld(),
    requests,
    compare: (directory) => {
      const { app, protect } = fixture;
      const provided = { directory, app, protect, remembered: undefined };
      return compareWithAstro(provided, connection, { protect: rehearsal.protect, signal });
    },
  });
}
