/** The keys of a fault: how the value of each is read, and what it takes, in words. */

import type { BodyFault, Cut, StatusMoment } from "./fault.ts";
import { parseDuration } from "./duration.ts";
import { parseLatency, type Latency } from "./latency.ts";

/** What each key holds once it is read. */
export interface FaultValues {
  readonly method: string;
  readonly path: string;
  readonly rate: number;
  readonly every: number;
  readonly times: number;
  /** Milliseconds. */
  readonly for: number;
  readonly status: number;
  readonly when: StatusMoment;
  /** Seconds. */
  readonly retryAfter: number;
  readonly latency: Latency;
  readonly cut: Cut;
  readonly body: BodyFault;
  readonly contentType: string;
  /** Bytes a second. */
  readonly slow: number;
}

export type FaultKey = keyof FaultValues;

interface Row<Value> {
  /** Completes "It takes …". */
  readonly takes: string;
  /** Undefined for a value that the key does not take. */
  readonly read: (text: string) => Value | undefined;
}

/** By the keys' spelling in JSON. */
export const faultKeys: { readonly [Key in FaultKey]: Row<FaultValues[Key]> } = {
  method: {
    takes: "GET, POST, PUT, PATCH or DELETE",
    read: (text) => oneOf(["GET", "POST", "PUT", "PATCH", "DELETE"], text.toUpperCase()),
  },
  path: {
    takes: "a path below the SCIM URL, such as /Users",
    read: (text) => (/^\/[^/?#\s][^?#\s]*$/.test(text) ? text.replace(/\/$/, "") : undefined),
  },
  rate: { takes: "a share of the requests, above 0 and up to 1", read: share },
  every: { takes: "a whole number from 1", read: wholeNumber(1, 1_000_000) },
  times: { takes: "a whole number from 1", read: wholeNumber(1, 1_000_000) },
  for: { takes: "a duration, such as 30s or 5m", read: parseDuration },
  status: { takes: "a status from 400 to 599", read: wholeNumber(400, 599) },
  when: {
    takes: "before-write or after-write",
    read: (text) => oneOf(["before-write", "after-write"], text),
  },
  retryAfter: { takes: "whole seconds, up to a day", read: wholeNumber(0, 86_400) },
  latency: {
    takes: "a time up to an hour: 100ms, 50ms..200ms or p50:20ms/p99:1s",
    read: parseLatency,
  },
  cut: {
    takes: "before-write, after-write or mid-answer",
    read: (text) => oneOf(["before-write", "after-write", "mid-answer"], text),
  },
  body: {
    takes: "truncated, html, text or empty",
    read: (text) => oneOf(["truncated", "html", "text", "empty"], text),
  },
  contentType: {
    takes: "a media type, such as text/html",
    read: (text) => (/^[\w.+-]{1,60}\/[\w.+-]{1,60}(?:; ?[\w.+=-]{1,60})?$/.test(text) ? text : undefined),
  },
  slow: { takes: "a rate in bytes a second, such as 500 or 10kB/s", read: bytesPerSecond },
};

export function isFaultKey(key: string): key is FaultKey {
  return Object.hasOwn(faultKeys, key);
}

/** `retryAfter` is `retry-after` on the command line. */
export function flagSpelling(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function wholeNumber(min: number, max: number): (text: string) => number | undefined {
  return (text) => {
    const number = Number(text);
    return /^\d{1,9}$/.test(text) && number >= min && number <= max ? number : undefined;
  };
}

function share(text: string): number | undefined {
  const number = Number(text);
  return /^\d?(?:\.\d{1,20})?$/.test(text) && number > 0 && number <= 1 ? number : undefined;
}

/** `500`, `500/s`, `500B/s`, `10kB/s`: at least one byte. */
function bytesPerSecond(text: string): number | undefined {
  const match = /^(?<number>\d{1,9})(?<kilo>k)?B?(?:\/s)?$/i.exec(text);
  const number = Number(match?.groups?.["number"] ?? 0) * (match?.groups?.["kilo"] === undefined ? 1 : 1000);
  return number > 0 ? number : undefined;
}

function oneOf<Word extends string>(words: readonly Word[], text: string): Word | undefined {
  return words.find((word) => word === text);
}
