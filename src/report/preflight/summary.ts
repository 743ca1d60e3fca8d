/** The verdict in a sentence, and the day in facts: what the first run makes of Astro, how many requests, how long. */

import { plural } from "../../ground/text/plural.ts";
import { formatCount, formatDuration } from "../../ground/text/quantities.ts";
import { preflightRule } from "../../preflight/finding-kinds.ts";
import type { PreflightKind } from "../../preflight/finding.ts";
import type { Duration } from "../../preflight/forecast.ts";
import type { Preflight } from "../../preflight/preflight.ts";

/** `Not yet: 3 problems (accounts that nobody assigned 2, …).` */
export function verdictText(preflight: Preflight): string {
  const { verdict, accepted } = preflight;
  const problems = counted(preflight, "problem");
  const unknown = counted(preflight, "unknown");
  const known = accepted.length === 0 ? "" : ` Accepted: ${titles(accepted)}.`;
  switch (verdict) {
    case "go":
      return `Go: nothing stands in the way.${known}`;
    case "not-yet": {
      const also = unknown.size === 0 ? "" : ` Beside that, it is unknown: ${kindsText(unknown)}.`;
      return `Not yet: ${plural(sum(problems), "problem")} (${kindsText(problems)}).${also}${known}`;
    }
    case "cannot-tell":
      return `Cannot tell, because something could not be read: ${kindsText(unknown)}.${known}`;
  }
}

function counted(
  { findings, accepted }: Preflight,
  weight: "problem" | "unknown",
): ReadonlyMap<PreflightKind, number> {
  const counts = new Map<PreflightKind, number>();
  for (const { kind } of findings) {
    if (preflightRule(kind).weight !== weight || accepted.includes(kind)) continue;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

function sum(counts: ReadonlyMap<PreflightKind, number>): number {
  return [...counts.values()].reduce((all, count) => all + count, 0);
}

/** `team-loses-members 2, owner-not-assigned`: the kinds by name, as --accept takes them. */
function kindsText(counts: ReadonlyMap<PreflightKind, number>): string {
  return [...counts]
    .map(([kind, count]) => (count === 1 ? kind : `${formatCount(count)} ${kind}`))
    .join(", ");
}

function titles(kinds: readonly PreflightKind[]): string {
  return kinds.join(", ");
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export function dayFacts({ outcome, forecast }: Preflight): readonly Fact[] {
  const { accounts, teams, memberships } = outcome;
  const changed = accounts.changed.length === 0 ? "" : ` (${formatCount(accounts.changed.length)} changed)`;
  return [
    {
      label: "Accounts",
      value: `${formatCount(accounts.created.length)} created, ${formatCount(accounts.linked.length)} linked${changed}`,
    },
    {
      label: "Teams",
      value: `${formatCount(teams.created.length)} created, ${formatCount(teams.linked.length)} linked`,
    },
    {
      label: "Memberships",
      value: `${formatCount(memberships.added)} added, ${formatCount(memberships.removed)} removed`,
    },
    { label: "Requests", value: requestsText(forecast) },
    { label: "Duration", value: durationText(forecast.duration) },
  ];
}

function requestsText({ requests, byMethod }: Preflight["forecast"]): string {
  const methods = Object.entries(byMethod).map(([method, count]) => `${method} ${formatCount(count)}`);
  return `${formatCount(requests)} (${methods.join(", ")})`;
}

function durationText(duration: Duration): string {
  const least = formatDuration(duration.atLeastSeconds * 1000);
  switch (duration.kind) {
    case "pace-of-astro":
      return `at least ${least} at Astro's documented limits (POST 10/s); up to ${formatDuration(duration.secondsPer429 * 1000)} more for each answer 429`;
    case "estimate-of-entra":
      return `${least} to ${formatDuration(duration.atMostSeconds * 1000)} (0.01 to 0.08 min for each of ${formatCount(duration.objects)} users, groups and memberships)`;
  }
}
