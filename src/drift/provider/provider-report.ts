/** What a live provider says of its own provisioning, as a part of a comparison. */

import type { AssumedSetting, FindingKind, NotEvaluated } from "../../directory/provider-finding.ts";
import { cutOffMembers } from "./cut-off-members.ts";
import { judgeFindings, type Compared, type JudgedFinding } from "./judge-findings.ts";
import { leavesUnknown } from "./not-evaluated.ts";
import type { ProviderSide } from "./provider-side.ts";

export interface ProviderReport {
  /** The provider's name. */
  readonly name: string;
  /** Whether it was asked itself, or files say what it has. */
  readonly isLive: boolean;
  /** All of them, in a stable order. */
  readonly findings: readonly JudgedFinding[];
  /** Those that count as a difference does: problems that no difference says already. */
  readonly problems: readonly JudgedFinding[];
  /** Its provisioning does not run, or is in quarantine: what it would end by itself may differ. */
  readonly isStopped: boolean;
  /** Mappings whose attributes are not compared. */
  readonly notEvaluated: readonly NotEvaluated[];
  /** Settings that nobody can read: what the comparison goes by in their place. */
  readonly assumed: readonly AssumedSetting[];
  /** A mapping that cannot be evaluated decides about every account: the comparison has no result. */
  readonly isMappingUnknown: boolean;
  /** The name that the directory gives a user, by the provider's id. */
  readonly userNames: ReadonlyMap<string, string>;
}

const stopping: ReadonlySet<FindingKind> = new Set<FindingKind>(["job-in-quarantine", "job-not-running"]);

/** Undefined for a directory that is a file. */
export function providerReport(
  side: ProviderSide | undefined,
  compared: Compared,
): ProviderReport | undefined {
  if (side === undefined) return undefined;
  const { provider: name, isLive, notEvaluated, assumed, userNames } = side;
  const found = side.isLive ? [...side.findings, ...cutOffMembers(side, compared)] : side.findings;
  const findings = judgeFindings({ ...side, findings: found }, compared);
  return {
    name,
    isLive,
    findings,
    problems: findings.filter(({ standing, shownWith }) => standing === "problem" && shownWith === undefined),
    isStopped: findings.some(({ finding: { kind } }) => stopping.has(kind)),
    notEvaluated,
    assumed,
    isMappingUnknown: leavesUnknown(notEvaluated),
    userNames,
  };
}
