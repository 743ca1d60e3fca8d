/** The HTTP server of an emulator: any `EmulatedApi` on a port. */

import { defaultLimits, type HttpLimits } from "../../server/http/limits.ts";
import { closeWithin, listen } from "../../server/http/listen.ts";
import { systemWorld } from "../../world/system-world.ts";
import type { World } from "../../world/world.ts";
import { createApp } from "./app.ts";
import type { EmulatedApi } from "./emulated-api.ts";
import { EmulatorFaults, type EmulatorFault } from "./faults.ts";
import { ReceivedRequests, type ReceivedRequest } from "./received.ts";
import { routeFinder } from "./routes.ts";

export interface StartEmulatorOptions {
  readonly api: EmulatedApi;
  /** Address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** 0 or nothing lets the system choose. */
  readonly port?: number;
  readonly limits?: Partial<HttpLimits>;
  /** The system's by default. */
  readonly world?: Pick<World, "clock" | "timers">;
  /** Failures from the start on; `faults` of the emulator changes them later. */
  readonly faults?: readonly EmulatorFault[];
  /** Runs before anything else is done about a request: for changes of a company while it is being read. */
  readonly beforeRequest?: (request: ReceivedRequest) => void | Promise<void>;
  /** How many of the last requests `requests()` returns; 1,000 by default. */
  readonly keepRequests?: number;
  /** Called for what should not happen: a fault of the emulator itself, which is answered 500. */
  readonly onFault?: (error: unknown) => void;
}

/** An emulator that is listening. */
export interface Emulator {
  /** `http://127.0.0.1:9999`. */
  readonly url: string;
  readonly port: number;
  /** Whether only this machine can reach it. */
  readonly isLocal: boolean;
  /** The last requests, oldest first. */
  readonly requests: () => readonly ReceivedRequest[];
  readonly faults: EmulatorFaults;
  /** Answers what is in flight, for five seconds at most, then stops; safe to call twice. */
  readonly close: () => Promise<void>;
}

/** Management APIs take small bodies. */
const emulatorLimits: HttpLimits = { ...defaultLimits, maxBodyBytes: 4 * 1024 * 1024 };

/** @throws Error with `code` EADDRINUSE or EACCES where the port cannot be had */
export async function startEmulator(options: StartEmulatorOptions): Promise<Emulator> {
  const { api, world = systemWorld() } = options;
  const limits = { ...emulatorLimits, ...options.limits };
  const faults = new EmulatorFaults(options.faults);
  const received = new ReceivedRequests(options.keepRequests ?? 1_000);
  const stopping = new AbortController();
  const app = createApp({
    api,
    limits,
    received,
    now: world.clock.now,
    findRoute: routeFinder(api.routes),
    faults,
    beforeRequest: options.beforeRequest,
    onFault: options.onFault ?? (() => {}),
    timers: world.timers,
    signal: stopping.signal,
  });
  const { origin, port, isLocal } = await listen(app, options.host ?? "127.0.0.1", options.port ?? 0);
  return {
    url: origin,
    port,
    isLocal,
    requests: () => received.all(),
    faults,
    close: async () => {
      stopping.abort();
      await closeWithin(app, limits.closeTimeoutMs, world.timers);
    },
  };
}
