/** A finding of a live provider in words: what the provider says, and what Astro holds of the same user or Team. */

import type { FoundUser, ProviderFinding } from "../../directory/provider-finding.ts";
import type { JudgedFinding } from "../../drift/provider/judge-findings.ts";
import { plural } from "../../ground/plural.ts";
import { namesOf } from "../layout/counted.ts";
import { timeText } from "./time-text.ts";

export interface FindingTextOptions {
  /** The provider's name. */
  readonly provider: string;
  /** Names all members. */
  readonly all: boolean;
}

/** Not safe for a terminal yet. */
export function findingText(judged: JudgedFinding, options: FindingTextOptions): string {
  const { finding } = judged;
  return clauses(providerSays(finding, options), astroHolds(judged, options));
}

/** The same for a row that says already what Astro holds. */
export function findingBesideDifference(judged: JudgedFinding, options: FindingTextOptions): string {
  const { finding, shownWith } = judged;
  const difference = shownWith !== undefined && "problem" in shownWith ? shownWith.problem : undefined;
  const isErrorSaid = difference !== undefined && "why" in difference && saysError(difference.why, finding);
  return providerSays(isErrorSaid ? withoutError(finding) : finding, options);
}

/** What many findings of a kind have in common. */
export function findingInCommon({ finding, held }: JudgedFinding): string {
  switch (finding.kind) {
    case "user-not-provisioned":
    case "user-not-in-sync":
      return clauses(finding.status, held === undefined ? "no account in Astro" : "");
    case "user-in-escrow":
    case "group-in-escrow":
      return finding.code ?? "";
    case "user-skipped":
      return finding.reason;
    case "user-only-nested":
      return `in ${chain(finding)}`;
    case "user-without-mail":
      return `no value for ${finding.attribute}`;
    default:
      return "";
  }
}

function providerSays(finding: ProviderFinding, { all }: FindingTextOptions): string {
  switch (finding.kind) {
    case "user-not-provisioned":
    case "user-not-in-sync":
      return withError(`${finding.status}${since(finding)}`, finding.error);
    case "user-in-escrow":
    case "group-in-escrow":
      return withError(`${finding.code ?? "the last export failed"}${since(finding)}`, finding.error);
    case "user-skipped":
      return `${clause(finding.reason)}${since(finding)}`;
    case "user-only-nested":
      return `in ${chain(finding)}`;
    case "user-is-guest":
    case "group-assigned-not-pushed":
      return "";
    case "user-without-mail":
      return `no value for ${finding.attribute}`;
    case "push-mapping-failed":
      return clauses(clause(finding.error), lastPush(finding));
    case "push-mapping-inactive":
      return clauses("nothing is pushed to the Team", lastPush(finding));
    case "group-pushed-not-assigned":
      return `${plural(finding.members.length, "member")} not assigned: ${membersText(finding.members, all)}`;
    case "job-in-quarantine": {
      const { nextAttempt } = finding;
      const next = nextAttempt === undefined ? "" : `next attempt ${timeText(nextAttempt)}`;
      return clauses(withError(`${finding.reason}${since(finding)}`, finding.error), next);
    }
    case "job-not-running":
      return `${finding.state}${since(finding)}`;
    case "toggle-off": {
      const by = finding.by === undefined ? "" : ` by ${finding.by}`;
      const when = finding.since === undefined && by === "" ? "" : `, switched off${by}${on(finding)}`;
      return `off${when}: ${clause(finding.effect)}`;
    }
  }
}

/** What Astro holds, where it says more; a user without a link has an account that nobody deactivates. */
function astroHolds({ finding, held }: JudgedFinding, { provider }: FindingTextOptions): string {
  const isActive = held !== undefined && "active" in held && held.active;
  switch (finding.kind) {
    case "user-not-provisioned":
      if (held === undefined) return "no account in Astro";
      return isActive
        ? `Astro has an active account, and ${provider} has no link to it, so it stays active when the user leaves`
        : "inactive account in Astro";
    case "user-skipped":
    case "user-without-mail":
    case "user-only-nested":
    case "user-is-guest":
      if (held === undefined) return "no account in Astro";
      return isActive ? "active account in Astro" : "inactive account in Astro";
    case "push-mapping-inactive":
      if (held === undefined || !("members" in held)) return "no Team in Astro";
      return `the Team keeps its ${plural(held.members.size, "member")}`;
    case "group-assigned-not-pushed":
      return held === undefined ? "no Team in Astro" : "Astro has a Team with this name";
    default:
      return "";
  }
}

/** `data-interns, which is in data-platform`: from the user's own group to the assigned one. */
function chain({ group, through }: Extract<ProviderFinding, { kind: "user-only-nested" }>): string {
  return [...through.map(({ name }) => name), group.name].join(", which is in ");
}

function membersText(members: readonly FoundUser[], all: boolean): string {
  return namesOf(
    members.map(({ name }) => name),
    all ? Infinity : undefined,
  );
}

function lastPush({ lastPush: at }: { readonly lastPush?: string }): string {
  return at === undefined ? "" : `last push ${timeText(at)}`;
}

function since({ since: at }: { readonly since?: string }): string {
  return at === undefined ? "" : ` since ${timeText(at)}`;
}

function on({ since: at }: { readonly since?: string }): string {
  return at === undefined ? "" : ` on ${timeText(at)}`;
}

function withError(text: string, error: string | undefined): string {
  return error === undefined || error === "" ? text : `${text}: ${clause(error)}`;
}

function clauses(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("; ");
}

/** Without its full stop. */
function clause(text: string): string {
  return text.trim().replace(/\.$/, "");
}

function saysError(why: string, finding: ProviderFinding): boolean {
  return "error" in finding && finding.error !== "" && why.includes(clause(finding.error));
}

function withoutError(finding: ProviderFinding): ProviderFinding {
  return "error" in finding ? { ...finding, error: "" } : finding;
}
