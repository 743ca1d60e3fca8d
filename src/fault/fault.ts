/** A fault to inject in the local Astro: which requests it affects, how often, and what happens to the answer. */

import type { Latency } from "./latency.ts";

/** Where the connection is cut: before anything is carried out, after it was carried out, or in the middle of the answer. */
export type Cut = "before-write" | "after-write" | "mid-answer";

/**
 * What stands in place of the answer's body: its first half; an HTML page, as a proxy sends one; a line of plain
 * text; nothing.
 */
export type BodyFault = "truncated" | "html" | "text" | "empty";

/** Whether a status is answered instead of carrying the request out, or after it. */
export type StatusMoment = "before-write" | "after-write";

/**
 * A fault as a person writes it: in a fixture, in a program, for the control endpoint. `--fault` takes the same as
 * `key=value` pairs with commas between them.
 */
export interface FaultSettings {
  /** `POST`; every method without it. */
  readonly method?: string;
  /** `/Users`: that path below the SCIM base URL and everything below it; every path without it. */
  readonly path?: string;
  /** Share of the matching requests, above 0 and up to 1. */
  readonly rate?: number;
  /** Each so-many-th matching request. */
  readonly every?: number;
  /** Ends after it struck so many times. */
  readonly times?: number;
  /** Ends so long after it was set: `30s`, `5m`. */
  readonly for?: string;
  /** 400 to 599. */
  readonly status?: number;
  /** With `status`: `before-write` by default. */
  readonly when?: StatusMoment;
  /** With `status`: seconds for the `Retry-After` header (RFC 9110 §10.2.3). */
  readonly retryAfter?: number;
  /** `100ms`; `50ms..200ms`, evenly spread; `p50:20ms/p99:1s`, by percentiles. */
  readonly latency?: string;
  readonly cut?: Cut;
  readonly body?: BodyFault;
  /** The `Content-Type` of the answer. */
  readonly contentType?: string;
  /** Bytes a second at which the body of the answer comes: `1000`, `10kB/s`. */
  readonly slow?: string | number;
}

/** A fault as it is carried out; what is undefined is left alone. */
export interface Fault {
  /** As it was written, for showing it. */
  readonly settings: FaultSettings;
  /** In upper case. */
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly rate: number | undefined;
  readonly every: number | undefined;
  readonly times: number | undefined;
  readonly forMs: number | undefined;
  readonly status: number | undefined;
  readonly when: StatusMoment;
  readonly retryAfterSeconds: number | undefined;
  readonly latency: Latency | undefined;
  readonly cut: Cut | undefined;
  readonly body: BodyFault | undefined;
  readonly contentType: string | undefined;
  readonly bytesPerSecond: number | undefined;
}

/** Whether a fault is about requests of that method to that path below the SCIM base URL, its query left out. */
export function concerns(fault: Pick<Fault, "method" | "path">, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  const prefix = fault.path;
  if (prefix === undefined) return true;
  return path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === "/");
}
