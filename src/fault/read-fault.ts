/** From settings that nobody has checked to a fault, or to what is wrong with it. */

import { nearestName } from "../scim/nearest-name.ts";
import { contradictionIn } from "./contradiction.ts";
import type { Fault, FaultSettings } from "./fault.ts";
import type { FaultMistake } from "./fault-mistake.ts";
import { faultKeys, flagSpelling, isFaultKey, type FaultKey, type FaultValues } from "./fault-keys.ts";

export type FaultReading =
  | { readonly kind: "fault"; readonly fault: Fault }
  | { readonly kind: "mistake"; readonly mistake: FaultMistake };

/** The values that were read so far. */
type Values = { -readonly [Key in FaultKey]?: FaultValues[Key] };

/** Reads settings from JSON, YAML or a program; keys are spelt as in `FaultSettings`. */
export function readFault(settings: Readonly<Record<string, unknown>>): FaultReading {
  const values: Values = {};
  for (const [key, value] of Object.entries(settings)) {
    if (value === undefined) continue;
    const mistake = isFaultKey(key) ? readInto(values, key, value) : unknownKey(key);
    if (mistake !== undefined) return { kind: "mistake", mistake };
  }
  const mistake = contradictionIn(values);
  if (mistake !== undefined) return { kind: "mistake", mistake };
  return { kind: "fault", fault: build(values, settings) };
}

function readInto<Key extends FaultKey>(
  values: Pick<Values, Key>,
  key: Key,
  value: unknown,
): FaultMistake | undefined {
  const hint = `It takes ${faultKeys[key].takes}.`;
  if (typeof value !== "string" && typeof value !== "number") {
    return { key, message: `"${flagSpelling(key)}" is neither a text nor a number.`, hint };
  }
  const text = String(value);
  const read = faultKeys[key].read(text);
  if (read === undefined) {
    return { key, message: `"${flagSpelling(key)}" cannot be "${text.slice(0, 60)}".`, hint };
  }
  values[key] = read;
  return undefined;
}

function unknownKey(key: string): FaultMistake {
  const known = Object.keys(faultKeys).map(flagSpelling);
  const nearest = nearestName(flagSpelling(key), known);
  const hint = nearest === undefined ? `Known keys: ${known.join(", ")}.` : `Did you mean "${nearest}"?`;
  return { key, message: `Unknown key "${key.slice(0, 60)}".`, hint };
}

function build(values: Values, written: Readonly<Record<string, unknown>>): Fault {
  const { for: forMs, latency, slow, ...rest } = values;
  const { method, path, rate, every, times, status, when, retryAfter, cut, body, contentType } = rest;
  const settings: FaultSettings = {
    ...rest,
    ...(slow === undefined ? {} : { slow }),
    // A length of time is shown in the unit in which it was written.
    ...(forMs === undefined ? {} : { for: String(written["for"]) }),
    ...(latency === undefined ? {} : { latency: String(written["latency"]) }),
  };
  return {
    settings,
    method,
    path,
    rate,
    every,
    times,
    forMs,
    status,
    when: when ?? "before-write",
    retryAfterSeconds: retryAfter,
    latency,
    cut,
    body,
    contentType,
    bytesPerSecond: slow,
  };
}
