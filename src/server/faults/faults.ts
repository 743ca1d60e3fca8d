/** The faults of a running server: which are on, until when, and which of them strike a request. */

import { concerns, type BodyFault, type Cut, type Fault, type FaultSettings } from "../../fault/fault.ts";
import { faultText } from "../../fault/fault-text.ts";
import { drawLatency } from "../../fault/latency.ts";
import { parseFaults, type FaultSpec } from "../../fault/parse-faults.ts";
import type { RequireRoutes } from "./fault-paths.ts";
import { seededDraw, type Draw } from "../../fault/seeded-random.ts";

/** A fault that was set, and what has become of it. */
export interface FaultStatus {
  readonly settings: FaultSettings;
  /** Requests that it was about. */
  readonly matched: number;
  /** Requests that it struck. */
  readonly struck: number;
  /** By the clock of the server; undefined where no time was set. */
  readonly expiresAt: Date | undefined;
  /** Its time is over, or it struck as often as it should. */
  readonly expired: boolean;
}

/** What a program and the control endpoint do with faults. */
export interface FaultControl {
  /** Replaces all faults; times and counts start again. @throws AppError usage, for an invalid fault */
  set(specs: readonly FaultSpec[], options?: { readonly seed?: number }): void;
  /** The same, but those of them that are set already go on with their times and counts. @throws AppError usage */
  change(specs: readonly FaultSpec[]): void;
  clear(): void;
  list(): readonly FaultStatus[];
  /** Of the numbers that decide about `rate` and latency: the same seed and the same requests make the same faults. */
  readonly seed: number;
}

/** The effects of faults on one request: each effect comes from the first fault that has it; latencies add up. */
export interface FaultEffects {
  /** Those that strike, in the order in which they are set. */
  readonly faults: readonly FaultSettings[];
  readonly latencyMs: number;
  readonly cut: Cut | undefined;
  readonly status: FaultedStatus | undefined;
  readonly body: BodyFault | undefined;
  readonly contentType: string | undefined;
  readonly bytesPerSecond: number | undefined;
}

/** The status that a fault answers with. */
export type FaultedStatus = Pick<Fault, "when" | "retryAfterSeconds"> & { readonly status: number };

const defaultSeed = 1;

export class Faults implements FaultControl {
  readonly #now: () => Date;
  readonly #atStart: readonly Fault[];
  readonly #seedAtStart: number;
  readonly #requireRoutes: RequireRoutes | undefined;
  #all: readonly ArmedFault[] = [];
  /** Those that have not expired, as of the last check. */
  #live: readonly ArmedFault[] = [];
  #seed: number;

  constructor(options: {
    readonly now: () => Date;
    readonly faults: readonly Fault[];
    readonly seed: number | undefined;
    /** Left out where any path may be requested. */
    readonly requireRoutes?: RequireRoutes;
  }) {
    this.#requireRoutes = options.requireRoutes;
    this.#requireRoutes?.(options.faults);
    this.#now = options.now;
    this.#atStart = options.faults;
    this.#seedAtStart = options.seed ?? defaultSeed;
    this.#seed = this.#seedAtStart;
    this.#arm(options.faults);
  }

  /** Nothing can strike: the one thing that every request asks. */
  get areOff(): boolean {
    return this.#live.length === 0;
  }

  get seed(): number {
    return this.#seed;
  }

  set(specs: readonly FaultSpec[], options: { readonly seed?: number } = {}): void {
    this.replace(parseFaults(specs), options);
  }

  change(specs: readonly FaultSpec[]): void {
    const left = [...this.#all];
    const now = this.#now().getTime();
    const faults = parseFaults(specs);
    this.#requireRoutes?.(faults);
    this.#all = faults.map((fault, at) => {
      const known = left.findIndex(({ settings }) => faultText(settings) === faultText(fault.settings));
      const [armed] = known === -1 ? [] : left.splice(known, 1);
      return armed ?? new ArmedFault(fault, seededDraw(this.#seed, at), now);
    });
    this.#live = this.#all.filter((armed) => !armed.isOver(now));
  }

  /** @throws AppError usage, for a path that no request has */
  replace(faults: readonly Fault[], { seed = this.#seed }: { readonly seed?: number } = {}): void {
    this.#requireRoutes?.(faults);
    this.#seed = seed;
    this.#arm(faults);
  }

  clear(): void {
    this.#arm([]);
  }

  /** Back to what the server was started with. */
  reset(): void {
    this.#seed = this.#seedAtStart;
    this.#arm(this.#atStart);
  }

  list(): readonly FaultStatus[] {
    const now = this.#now().getTime();
    return this.#all.map((armed) => armed.status(now));
  }

  /** The effects on a request with that method, known by any of these paths; undefined if there are none. Counts the request. */
  strike(method: string, paths: readonly string[]): FaultEffects | undefined {
    const now = this.#now().getTime();
    const hits = this.#live.flatMap((armed) => armed.hit(method, paths, now) ?? []);
    this.#live = this.#live.filter((armed) => !armed.isOver(now));
    return hits.length === 0 ? undefined : joined(hits);
  }

  #arm(faults: readonly Fault[]): void {
    const now = this.#now().getTime();
    this.#all = faults.map((fault, at) => new ArmedFault(fault, seededDraw(this.#seed, at), now));
    this.#live = this.#all;
  }
}

/** A fault that strikes a request, with the wait that was drawn for it. */
interface Hit {
  readonly fault: Fault;
  readonly latencyMs: number;
}

/** One fault with its counts and its own row of numbers, so that the others do not disturb it. */
class ArmedFault {
  readonly #fault: Fault;
  readonly #draw: Draw;
  readonly #endsAtMs: number;
  #matched = 0;
  #struck = 0;

  constructor(fault: Fault, draw: Draw, nowMs: number) {
    this.#fault = fault;
    this.#draw = draw;
    this.#endsAtMs = nowMs + (fault.forMs ?? Infinity);
  }

  get settings(): FaultSettings {
    return this.#fault.settings;
  }

  isOver(nowMs: number): boolean {
    return nowMs >= this.#endsAtMs || this.#struck >= (this.#fault.times ?? Infinity);
  }

  hit(method: string, paths: readonly string[], nowMs: number): Hit | undefined {
    if (this.isOver(nowMs) || !paths.some((path) => concerns(this.#fault, method, path))) return undefined;
    this.#matched += 1;
    // Both are drawn each time, so that the n-th request meets the same fate whatever the others met.
    const chance = this.#draw();
    const latency = this.#draw();
    if (!this.#isTurn(chance)) return undefined;
    this.#struck += 1;
    const fault = this.#fault;
    return { fault, latencyMs: fault.latency === undefined ? 0 : drawLatency(fault.latency, latency) };
  }

  status(nowMs: number): FaultStatus {
    return {
      settings: this.#fault.settings,
      matched: this.#matched,
      struck: this.#struck,
      expiresAt: this.#endsAtMs === Infinity ? undefined : new Date(this.#endsAtMs),
      expired: this.isOver(nowMs),
    };
  }

  #isTurn(chance: number): boolean {
    const { rate, every } = this.#fault;
    if (every !== undefined) return this.#matched % every === 0;
    return rate === undefined || chance < rate;
  }
}

function joined(hits: readonly Hit[]): FaultEffects {
  const first = <Key extends keyof Fault>(key: Key): Fault[Key] | undefined =>
    hits.find(({ fault }) => fault[key] !== undefined)?.fault[key];
  const answering = hits.find(({ fault }) => fault.status !== undefined)?.fault;
  return {
    faults: hits.map(({ fault }) => fault.settings),
    latencyMs: hits.reduce((sum, { latencyMs }) => sum + latencyMs, 0),
    cut: first("cut"),
    status: answering?.status === undefined ? undefined : { ...answering, status: answering.status },
    body: first("body"),
    contentType: first("contentType"),
    bytesPerSecond: first("bytesPerSecond"),
  };
}
