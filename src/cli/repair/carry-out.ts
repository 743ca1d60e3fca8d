/** Carries a plan out on a target: the same way for every command that writes. */

import { createScimWriter } from "../../astro/api/write.ts";
import { comparedPaths } from "../../astro/compared-paths.ts";
import { heldIds } from "../../astro/held.ts";
import type { Reader } from "../../astro/writer.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import { applyPlan, type ApplyOptions } from "../../repair/apply.ts";
import type { Outcome } from "../../repair/outcome.ts";
import type { Connected } from "../connected.ts";

/** Carries out the plan made from that drift. What is looked at beforehand is given up at Ctrl-C, a write is finished. */
export async function carryOutOn(
  connected: Connected,
  { plan, drift }: { readonly plan: Plan; readonly drift: Drift },
  options: Pick<ApplyOptions, "strict" | "onOutcome"> = {},
): Promise<readonly Outcome[]> {
  const { connection, io, settings, signal } = connected;
  const over = { target: connection.baseUrl, attributePaths: comparedPaths(drift.expected) };
  return applyPlan(plan, createScimWriter(connection.sendToTheEnd, over), {
    ...options,
    beforehand: readerOf(connected, drift),
    heldIds: heldIds(drift.held),
    protectedKeys: drift.protection.keys,
    signal,
    pause: io.timers.wait,
    concurrency: settings.concurrency,
  });
}

/** Reads single resources of the target, as the comparison read them. */
export function readerOf({ connection }: Connected, { expected }: Drift): Reader {
  return createScimWriter(connection.send, {
    target: connection.baseUrl,
    attributePaths: comparedPaths(expected),
  });
}
