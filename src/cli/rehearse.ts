/** A rehearsal with Okta over a connection: time, randomness, reading back and comparing joined to the engine. */

import { randomBytes } from "node:crypto";
import { readAstroState } from "../astro/api/read.ts";
import type { HeldState } from "../astro/held.ts";
import { diff } from "../drift/diff.ts";
import type { Fixture } from "../fixture/fixture.ts";
import { simulatedClock } from "../idp/clock.ts";
import type { Report } from "../idp/events.ts";
import { expectedState } from "../idp/expected.ts";
import type { OktaMemory } from "../idp/okta/memory.ts";
import { simulateOkta, type SimulationResult } from "../simulation/simulate-okta.ts";
import type { Send } from "../wire/exchange.ts";
import type { Connection } from "./connect.ts";
import type { Io } from "./io.ts";

export interface Rehearsal {
  readonly connection: Connection;
  /** Sends as Okta does: nothing is repeated but by Okta's own rules. */
  readonly send: Send;
  readonly fixture: Fixture;
  readonly memory: OktaMemory;
  readonly keepMemory: (memory: OktaMemory) => Promise<void>;
  readonly retryTasks: boolean;
  readonly report: Report;
  readonly signal: AbortSignal;
}

/** @throws AppError as `simulateOkta` of the simulation */
export async function rehearse(
  io: Pick<Io, "now" | "sleep">,
  rehearsal: Rehearsal,
): Promise<SimulationResult> {
  const { connection, fixture, signal } = rehearsal;
  const readHeld = (): Promise<HeldState> =>
    readAstroState(connection.send, { target: connection.baseUrl, signal });
  // Simulated time costs nothing in the process; a real server that asks to be waited for is waited for.
  const pause = async (seconds: number): Promise<void> => {
    if (connection.target.kind === "remote") await io.sleep(seconds * 1000, signal);
  };
  return simulateOkta({
    fixture,
    memory: rehearsal.memory,
    keepMemory: rehearsal.keepMemory,
    retryTasks: rehearsal.retryTasks,
    readState: readHeld,
    compare: async (directory) =>
      diff(expectedState(directory, fixture.app), await readHeld(), { protect: fixture.protect }),
    world: {
      send: rehearsal.send,
      clock: simulatedClock(io.now(), pause),
      signal,
      report: rehearsal.report,
      randomText: (length) => randomBytes(length).toString("base64url").slice(0, length),
    },
  });
}

/** The same server whether its URL carries Entra's flag or not. */
export function memoryTarget({ baseUrl }: Connection): string {
  return baseUrl.split("?")[0] ?? baseUrl;
}
