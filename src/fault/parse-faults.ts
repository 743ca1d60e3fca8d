/** Faults as `--fault` and the control endpoint are given them: text, or settings. */

import { AppError } from "../ground/errors.ts";
import { isJsonObject } from "../ground/json.ts";
import type { Fault, FaultSettings } from "./fault.ts";
import type { FaultMistake } from "./fault-mistake.ts";
import { flagSpelling, isFaultKey } from "./fault-keys.ts";
import { readFault, type FaultReading } from "./read-fault.ts";

/** `status=429,retry-after=2,rate=0.1,path=/Users`, or the same as settings. */
export type FaultSpec = string | FaultSettings;

/** @throws AppError usage, naming the first text that is not a fault; also for what is not a list, as a program may give it */
export function parseFaults(specs: unknown): readonly Fault[] {
  if (!Array.isArray(specs)) {
    throw new AppError("usage", "Faults are a list of strings or objects.", { hint: example });
  }
  return specs.map((spec: unknown, at) => {
    const reading = read(spec);
    if (reading.kind === "fault") return reading.fault;
    const { message, hint } = reading.mistake;
    const name = typeof spec === "string" ? `"${spec.slice(0, 200)}"` : String(at + 1);
    throw new AppError("usage", `Fault ${name}: ${message}`, { hint });
  });
}

/** `key=value` pairs with commas between them; a key may be spelt as in JSON, too. */
export function parseFault(text: string): FaultReading {
  const settings = new Map<string, string>();
  for (const pair of text.split(",")) {
    const at = pair.indexOf("=");
    const key = jsonSpelling(pair.slice(0, at).trim());
    const problem = at <= 0 ? notAPair(pair) : settings.has(key) ? givenTwice(key) : undefined;
    if (problem !== undefined) return { kind: "mistake", mistake: problem };
    settings.set(key, pair.slice(at + 1).trim());
  }
  return readFault(Object.fromEntries(settings), flagSpelling);
}

/** `retry-after` is `retryAfter`; a word that is not a key stays as it was written. */
function jsonSpelling(word: string): string {
  const key = word.replaceAll(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
  return isFaultKey(key) ? key : word;
}

function read(spec: unknown): FaultReading {
  if (typeof spec === "string") return parseFault(spec);
  if (isJsonObject(spec)) return readFault(spec);
  const mistake = { key: undefined, message: "It must be text or an object.", hint: example };
  return { kind: "mistake", mistake };
}

const example = "Example: status=429,retry-after=2,rate=0.1,path=/Users";

function notAPair(pair: string): FaultMistake {
  return { key: undefined, message: `"${pair.slice(0, 60)}" is not key=value.`, hint: example };
}

function givenTwice(key: string): FaultMistake {
  return {
    key,
    message: `"${flagSpelling(key)}" is given twice.`,
    hint: "Keep one of them, or give --fault twice.",
  };
}
