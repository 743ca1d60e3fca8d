/** Limits on what one reading takes in and holds, against a server that sends without end. */

import { formatBytes } from "../../../ground/text/quantities.ts";
import type { Send } from "../../../wire/exchange.ts";
import { incomplete } from "../judge.ts";

export interface ReadingBudget {
  /** Sends as before, and counts what is answered. @throws AppError source-incomplete, beyond the limit */
  readonly send: Send;
  /** Gives the item back, counted. @throws AppError source-incomplete, beyond the limit */
  hold<Item>(item: Item): Item;
}

export interface ReadingLimits {
  /** Characters of all answers together, what is read again included; of ASCII each is a byte. */
  readonly receivedBytes: number;
  /** What is kept of them, about. */
  readonly heldBytes: number;
}

const mebibyte = 1024 * 1024;

/**
 * A user is 1.5 KB on the wire and 0.5 KB as held, a membership 0.2 and 0.05: an Astro of 100,000 users and a million
 * memberships needs a third of the first and a fifth of the second.
 */
const defaultLimits: ReadingLimits = { receivedBytes: 1024 * mebibyte, heldBytes: 512 * mebibyte };

/** For one reading of `target` (SCIM base URL, for messages). */
export function createReadingBudget(
  send: Send,
  target: string,
  limits: ReadingLimits = defaultLimits,
): ReadingBudget {
  const received = counter(target, limits.receivedBytes, "it answered with");
  const held = counter(target, limits.heldBytes, "it has");
  return {
    send: async (request) => {
      const answer = await send(request);
      if (answer.kind === "response") received(answer.text.length, `${request.method} ${request.path}`);
      return answer;
    },
    hold: (item) => {
      held(sizeOf(item), "GET");
      return item;
    },
  };
}

function counter(target: string, limitBytes: number, verb: string): (bytes: number, request: string) => void {
  let countedBytes = 0;
  return (bytes, request) => {
    countedBytes += bytes;
    if (countedBytes <= limitBytes) return;
    throw incomplete({ target, request }, `${verb} more than ${formatBytes(limitBytes)}`);
  };
}

/** What the engine needs for a string or an entry beside its characters, about. */
const overheadBytes = 16;

/** It is made when it is asked for, which is for few resources. */
const fingerprintBytes = overheadBytes + 16;

function partOf(value: object, name: string): unknown {
  return Reflect.get(value, name);
}

function sizeOf(value: unknown): number {
  if (typeof value === "string") return overheadBytes + value.length;
  if (typeof value !== "object" || value === null) return 0;
  let bytes = overheadBytes;
  if (value instanceof Set) {
    for (const part of value) bytes += overheadBytes + sizeOf(part);
    return bytes;
  }
  for (const name of Object.keys(value)) {
    bytes += overheadBytes + (name === "fingerprint" ? fingerprintBytes : sizeOf(partOf(value, name)));
  }
  return bytes;
}
