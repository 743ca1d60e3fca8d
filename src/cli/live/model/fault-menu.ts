/** The faults that can be switched on and off: those that were declared, the usual ones, those that were added. */

import type { FaultSpec } from "../../../fault/parse-faults.ts";
import { faultText } from "../../../fault/fault-text.ts";
import type { FaultStatus } from "../../../server/faults/faults.ts";

export interface KnownFault {
  /** As `--fault` takes it, and as `faultText` writes it. */
  readonly text: string;
  /** What it does, in words. */
  readonly meaning: string;
}

/** One of each kind (docs/faults.md). */
export const usualFaults: readonly KnownFault[] = [
  { text: "status=429,retry-after=2", meaning: "every request is throttled for two seconds" },
  { text: "status=429,retry-after=2,rate=0.1", meaning: "one request in ten is throttled" },
  { text: "status=503", meaning: "the service is unavailable" },
  { text: "status=500,when=after-write", meaning: "carried out, but answered with an error" },
  { text: "latency=2s", meaning: "each answer takes two seconds longer" },
  { text: "cut=before-write", meaning: "the connection is closed, nothing is carried out" },
  { text: "cut=after-write", meaning: "carried out, but the connection is closed" },
  { text: "cut=mid-answer", meaning: "the connection is closed in the middle of the answer" },
  { text: "status=502,body=html", meaning: "the error page of a proxy" },
  { text: "body=truncated", meaning: "the answer's JSON is cut in half" },
  { text: "body=empty", meaning: "the answer has no body" },
  { text: "slow=500", meaning: "the answer comes at 500 bytes a second" },
];

/** Declared ones first; a fault is in the menu once. */
export function faultMenu(declared: readonly FaultStatus[]): readonly KnownFault[] {
  return withFaults(
    [],
    [...declared.map(({ settings }) => asKnown(settings, "declared at the start")), ...usualFaults],
  );
}

/** The menu with those that were set meanwhile, by the control endpoint or by hand. */
export function withNewFaults(
  known: readonly KnownFault[],
  faults: readonly FaultStatus[],
): readonly KnownFault[] {
  return withFaults(
    known,
    faults.map(({ settings }) => asKnown(settings, "added while running")),
  );
}

/** The one that is set and not over; undefined where it is off. */
export function activeFault(faults: readonly FaultStatus[], text: string): FaultStatus | undefined {
  return faults.find(({ settings, expired }) => !expired && faultText(settings) === text);
}

/** What is to be set, so that this one changes and the others stay. What is over is not set again. */
export function switched(faults: readonly FaultStatus[], text: string): readonly FaultSpec[] {
  const active = faults.filter(({ expired }) => !expired);
  const others = active.filter(({ settings }) => faultText(settings) !== text);
  const specs = others.map(({ settings }) => settings);
  return others.length < active.length ? specs : [...specs, text];
}

function asKnown(settings: FaultStatus["settings"], meaning: string): KnownFault {
  const text = faultText(settings);
  return usualFaults.find((usual) => usual.text === text) ?? { text, meaning };
}

function withFaults(known: readonly KnownFault[], more: readonly KnownFault[]): readonly KnownFault[] {
  const added = more.filter(
    ({ text }, at) =>
      !known.some((one) => one.text === text) && more.findIndex((one) => one.text === text) === at,
  );
  return added.length === 0 ? known : [...known, ...added];
}
