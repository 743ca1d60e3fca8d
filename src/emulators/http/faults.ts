/** Failures that are injected into an emulator: which request fails, and how. */

import type { EmulatedAnswer, EmulatedRequest } from "./emulated-api.ts";

export type FaultEffect =
  /** Another status with the provider's error body; the request is not carried out. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly message?: string;
      readonly headers?: EmulatedAnswer["headers"];
    }
  /**
   * The connection is closed: `before-request`, and nothing is carried out; `before-answer`, after it was carried out;
   * `in-answer`, after half of the answer.
   */
  | { readonly kind: "cut"; readonly when: "before-request" | "before-answer" | "in-answer" }
  /** Half of the answer, which is complete as far as HTTP goes. */
  | { readonly kind: "truncate" }
  /** Something else than the provider, such as a proxy, answers; the request is not carried out. */
  | { readonly kind: "text"; readonly status: number; readonly contentType: string; readonly text: string }
  /** The answer with something changed. */
  | {
      readonly kind: "change";
      readonly change: (answer: EmulatedAnswer, request: EmulatedRequest) => EmulatedAnswer;
    }
  | { readonly kind: "delay"; readonly ms: number };

export interface EmulatorFault {
  /** Every method where it is left out. */
  readonly method?: EmulatedRequest["method"];
  /** The path as it is requested, decoded and without the query; a segment `*` is any one. Every path where it is left out. */
  readonly path?: string;
  /** Only requests whose query contains this text, decoded: a page, a filter. */
  readonly query?: string;
  /** The first request to fail of those that match, counted from 1, which is also the default. */
  readonly from?: number;
  /** How many fail; all where it is left out. */
  readonly times?: number;
  readonly effect: FaultEffect;
}

/** What is known of a request before it is routed. */
export interface FaultSubject {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

/** The faults of one emulator. They can be changed while it runs. */
export class EmulatorFaults {
  #faults: { readonly fault: EmulatorFault; matched: number }[] = [];

  constructor(faults: readonly EmulatorFault[] = []) {
    this.set(faults);
  }

  /** Replaces all of them; requests are counted from now on. */
  set(faults: readonly EmulatorFault[]): void {
    this.#faults = faults.map((fault) => ({ fault, matched: 0 }));
  }

  clear(): void {
    this.set([]);
  }

  /** What happens to a request: the first fault that matches, and whose turn it is. Every fault that matches counts it. */
  strike(request: FaultSubject): FaultEffect | undefined {
    let effect: FaultEffect | undefined;
    for (const counted of this.#faults) {
      if (!matches(counted.fault, request)) continue;
      counted.matched += 1;
      const { from = 1, times = Infinity } = counted.fault;
      if (counted.matched >= from && counted.matched < from + times) effect ??= counted.fault.effect;
    }
    return effect;
  }
}

function matches(fault: EmulatorFault, { method, path, query }: FaultSubject): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  if (fault.query !== undefined && !textOf(query).includes(fault.query)) return false;
  return fault.path === undefined || matchesPath(fault.path, path);
}

function textOf(query: URLSearchParams): string {
  return [...query].map(([name, value]) => `${name}=${value}`).join("&");
}

function matchesPath(pattern: string, path: string): boolean {
  const expected = pattern.split("/");
  const segments = path.split("/");
  return (
    expected.length === segments.length &&
    expected.every((segment, index) => segment === "*" || segment === segments[index])
  );
}
