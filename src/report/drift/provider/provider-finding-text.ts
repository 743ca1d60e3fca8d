/** A finding of a live provider in words: what the provider says, and what Astro holds of the same user or Team. */

import type {
  FindingKind,
  FoundGroup,
  FoundUser,
  ProviderFinding,
} from "../../../directory/provider-finding.ts";
import type { JudgedFinding } from "../../../drift/provider/judge-findings.ts";
import { nameList } from "../../../ground/text/name-list.ts";
import { formatCount } from "../../../ground/text/quantities.ts";
import { plural } from "../../../ground/text/plural.ts";
import { namesOf } from "../../layout/counted.ts";
import { timeText } from "../../../ground/text/time-text.ts";

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
  if ("status" in finding) return clauses(finding.status, held === undefined ? "no account in Astro" : "");
  if ("through" in finding) return nesting(finding);
  if ("attribute" in finding) return `no value for ${finding.attribute}`;
  if ("code" in finding) return finding.code ?? "";
  return finding.kind === "user-skipped" ? finding.reason : "";
}

type UserFinding = Extract<ProviderFinding, { readonly user: FoundUser }>;
type GroupFinding = Exclude<Extract<ProviderFinding, { readonly group: FoundGroup }>, UserFinding>;
type AppFinding = Exclude<ProviderFinding, UserFinding | GroupFinding>;

/** What the provider says of its own provisioning, without what Astro holds. */
export function providerSays(finding: ProviderFinding, { all }: Pick<FindingTextOptions, "all">): string {
  if ("user" in finding) return saysOfUser(finding);
  return "group" in finding ? saysOfGroup(finding, all) : saysOfApp(finding);
}

function saysOfUser(finding: UserFinding): string {
  switch (finding.kind) {
    case "user-not-provisioned":
    case "user-not-in-sync":
      return withError(`${finding.status}${since(finding)}`, finding.error);
    case "user-in-escrow":
      return inEscrow(finding);
    case "user-skipped":
      return `${clause(finding.reason)}${since(finding)}`;
    case "user-only-nested":
      return nesting(finding);
    case "user-is-guest":
      return "";
    case "user-without-mail":
      return `no value for ${finding.attribute}`;
  }
}

function saysOfGroup(finding: GroupFinding, all: boolean): string {
  switch (finding.kind) {
    case "group-in-escrow":
      return inEscrow(finding);
    case "push-mapping-failed":
      return clauses(clause(finding.error), lastPush(finding));
    case "push-mapping-inactive":
      return clauses("nothing is pushed to the Team", lastPush(finding));
    case "group-assigned-not-pushed":
      return "";
    case "members-cut-off":
      return cutOff(finding);
    case "group-pushed-not-assigned":
      return `${plural(finding.members.length, "member")} not assigned: ${membersText(finding.members, all)}`;
  }
}

function cutOff({ held, missing }: Extract<ProviderFinding, { kind: "members-cut-off" }>): string {
  const lacks = `${formatCount(missing)} ${missing === 1 ? "is" : "are"} missing`;
  if (held === 0) return `no Team has a member, though the groups have; here ${lacks}`;
  return `the Team has exactly ${plural(held, "member")}, no Team has more, and ${lacks}`;
}

function saysOfApp(finding: AppFinding): string {
  switch (finding.kind) {
    case "job-in-quarantine": {
      const { nextAttempt } = finding;
      const next = nextAttempt === undefined ? "" : `next attempt ${timeText(nextAttempt)}`;
      return clauses(withError(`${finding.reason}${since(finding)}`, finding.error), next);
    }
    case "job-not-running":
      return `${finding.state}${since(finding)}`;
    case "toggle-off":
      return `off${switchedOff(finding)}: ${clause(finding.effect)}`;
  }
}

function inEscrow(finding: Extract<ProviderFinding, { readonly code?: string }>): string {
  return withError(`${finding.code ?? "the last export failed"}${since(finding)}`, finding.error);
}

/** ` since 2026-11-30 10:12 UTC (by Ada Lovelace)`. */
function switchedOff(finding: { readonly by?: string; readonly since?: string }): string {
  return since(finding) + (finding.by === undefined ? "" : ` (by ${finding.by})`);
}

/** What Astro holds, where it says more than the finding. */
function astroHolds({ finding, held, link }: JudgedFinding, { provider }: FindingTextOptions): string {
  const { kind } = finding;
  if (kind === "group-assigned-not-pushed") {
    return held === undefined ? "no Team in Astro" : "Astro has a Team with this name";
  }
  if (kind === "push-mapping-inactive") {
    if (held === undefined || !("members" in held)) return "no Team in Astro";
    return `the Team keeps its ${plural(held.members.size, "member")}`;
  }
  if (!saysAccount.has(kind)) return "";
  if (held === undefined) return "no account in Astro";
  const isActive = "active" in held && held.active;
  if (link === "not-linked" && isActive) {
    return `Astro has an active account, and ${provider} has no link to it: it stays active when the user leaves`;
  }
  return `${isActive ? "active" : "inactive"} account in Astro`;
}

/** Kinds about users who may have an account or not. */
const saysAccount: ReadonlySet<FindingKind> = new Set<FindingKind>([
  "user-not-provisioned",
  "user-skipped",
  "user-without-mail",
  "user-only-nested",
  "user-is-guest",
]);

/** `in data-interns, within data-platform`: the groups that the user is in, and the assigned one. */
function nesting({ group, through }: Extract<ProviderFinding, { kind: "user-only-nested" }>): string {
  return `in ${nameList(through.map(({ name }) => name))}, within ${group.name}`;
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
