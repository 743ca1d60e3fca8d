/** How a cycle ends: escrow, quarantine, watermark. */

import type { FailedProbe } from "../../credentials-test.ts";
import type { CycleReport, RunSummary } from "../../run/events.ts";
import type { CycleRun, CycleStart } from "./cycle-start.ts";
import { isGivenUp } from "./escrow.ts";
import type { Ledger } from "../ledger.ts";
import type { EntraMemory, EntraRunResult, Quarantine } from "../memory.ts";
import { exceededThreshold, isDisabled, quarantineFor } from "./quarantine.ts";
import type { EntraWorld } from "../world.ts";

/** A probe was not answered as it must be: nothing is provisioned, and the job is in quarantine at once. */
export function stopCycle(
  start: CycleStart,
  { memory }: CycleRun,
  {
    failed,
    requests,
    world,
  }: { readonly failed: FailedProbe; readonly requests: number; readonly world: EntraWorld },
): EntraRunResult {
  const message = `The credentials could not be validated: ${failed.failure.sentence}`;
  const quarantine = quarantineFor("EncounteredQuarantineException", message, {
    before: memory.quarantine,
    now: start.at,
  });
  const state = tellQuarantine(memory, quarantine, world);
  const report = { ...reportOf(start, quarantine, state), stopped: failed.failure };
  world.report({ kind: "cycle-finished", report });
  return {
    memory: { ...memory, cycles: start.number, lastCycle: start.at, quarantine, state },
    summary: { reports: [], notBegun: [], cycles: [report], requests, interrupted: false },
  };
}

export interface CycleEnd {
  readonly ledger: Ledger;
  /** How many disables and deletes were kept back; undefined where none had to be. */
  readonly staged: number | undefined;
  readonly summary: RunSummary;
  readonly world: EntraWorld;
}

/** An interrupted cycle remembers what it did, and begins again. */
export function closeCycle(start: CycleStart, { memory, settings }: CycleRun, end: CycleEnd): EntraRunResult {
  const { ledger, summary, world } = end;
  if (summary.interrupted) return { memory: ledger.toMemory(), summary };
  for (const [key, escrow] of ledger.escrows) {
    if (isGivenUp(escrow, start.at)) ledger.releaseFromEscrow(key);
  }
  const tally = {
    events: summary.reports.length,
    failures: summary.reports.filter(({ outcome }) => outcome.kind === "failed").length,
    escrows: ledger.escrows,
  };
  const exceeded = exceededThreshold(tally, settings.fidelity);
  const pruned = exceeded !== undefined && start.cycle === "initial";
  if (pruned) for (const key of ledger.escrows.keys()) ledger.releaseFromEscrow(key);
  const quarantine = pruned ? undefined : quarantineAfter(start, memory, { ...end, exceeded });
  const state = pruned ? tellPruned(exceeded.message, world) : tellQuarantine(memory, quarantine, world);
  const report = reportOf(start, quarantine, state);
  world.report({ kind: "cycle-finished", report });
  return {
    memory: ledger.toMemory({
      initialCycleDone: true,
      rules: start.rules,
      scope: start.scope,
      cycles: start.number,
      lastCycle: start.at,
      deletesAllowed: false,
      quarantine,
      state,
    }),
    summary: { ...summary, cycles: [report] },
  };
}

function quarantineAfter(
  start: CycleStart,
  memory: EntraMemory,
  { staged, exceeded }: CycleEnd & { readonly exceeded: ReturnType<typeof exceededThreshold> },
): Quarantine | undefined {
  const time = { before: memory.quarantine, now: start.at };
  if (staged !== undefined) {
    const message = `${staged} users or groups would be disabled or deleted in one cycle.`;
    return quarantineFor("TooManyDeletes", message, time);
  }
  return exceeded === undefined ? undefined : quarantineFor(exceeded.reason, exceeded.message, time);
}

/** Tells what changed about the quarantine, and returns the state in which the job then is. */
function tellQuarantine(
  memory: EntraMemory,
  quarantine: Quarantine | undefined,
  { clock, report }: EntraWorld,
): EntraMemory["state"] {
  if (quarantine === undefined) {
    if (memory.quarantine !== undefined) report({ kind: "quarantine-left" });
    return "active";
  }
  const { reason, message } = quarantine;
  if (memory.quarantine?.reason !== reason) report({ kind: "quarantine-entered", reason, message });
  if (!isDisabled(quarantine, clock.now())) return "active";
  report({
    kind: "provisioning-stopped",
    message: "In quarantine for four weeks: provisioning is disabled.",
  });
  return "disabled";
}

/** Graph's escrowsPruned: in an initial cycle that fails too much, what failed is dropped and the job pauses. */
function tellPruned(message: string, { report }: EntraWorld): EntraMemory["state"] {
  report({
    kind: "provisioning-stopped",
    message: `${message} The initial cycle has dropped what failed (escrowsPruned), and provisioning is paused.`,
  });
  return "paused";
}

function reportOf(
  { number, cycle, at }: CycleStart,
  quarantine: Quarantine | undefined,
  state: EntraMemory["state"],
): CycleReport {
  const stopped = state === "active" ? undefined : `provisioning is ${state}`;
  const held = quarantine === undefined ? undefined : `${quarantine.reason}: ${quarantine.message}`;
  return { number, cycle, at, stopped: undefined, quarantine: stopped ?? held };
}
