/** Reads unchecked settings as a fault, or returns what is wrong with them. */

import { nearestName } from "../ground/text/nearest-name.ts";
import { contradictionIn } from "./contradiction.ts";
import type { Fault, FaultSettings } from "./fault.ts";
import type { FaultMistake } from "./fault-mistake.ts";
import { faultKeys, isFaultKey, type FaultKey, type FaultValues } from "./fault-keys.ts";

export type FaultReading =
  | { readonly kind: "fault"; readonly fault: Fault }
  | { readonly kind: "mistake"; readonly mistake: FaultMistake };

/** The values that were read so far. */
type Values = { -readonly [Key in FaultKey]?: FaultValues[Key] };

/** Reads settings whose keys are spelt as in `FaultSettings`; `spell` writes them in what is said of mistakes. */
export function readFault(
  settings: Readonly<Record<string, unknown>>,
  spell: (key: string) => string = (key) => key,
): FaultReading {
  const values: Values = {};
  for (const [key, value] of Object.entries(settings)) {
    if (value === undefined) continue;
    if (!isFaultKey(key)) return { kind: "mistake", mistake: unknownKey(key, spell) };
    const problem = readInto(values, key, value);
    if (problem !== undefined) {
      const hint = `It must be ${faultKeys[key].takes}.`;
      return { kind: "mistake", mistake: { key, message: `"${spell(key)}" ${problem}.`, hint } };
    }
  }
  const mistake = contradictionIn(values, spell);
  if (mistake !== undefined) return { kind: "mistake", mistake };
  return { kind: "fault", fault: build(values, settings) };
}

/** What is wrong with the value, to be said after its key. */
function readInto<Key extends FaultKey>(
  values: Pick<Values, Key>,
  key: Key,
  value: unknown,
): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return "must be text or a number";
  const text = String(value);
  const read = faultKeys[key].read(text);
  if (read === undefined) return `cannot be "${text.slice(0, 60)}"`;
  values[key] = read;
  return undefined;
}

function unknownKey(key: string, spell: (key: string) => string): FaultMistake {
  const known = Object.keys(faultKeys).map(spell);
  const nearest = nearestName(spell(key), known);
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
