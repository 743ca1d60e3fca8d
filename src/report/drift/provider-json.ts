/** What a live provider says, as JSON (docs/json.md). */

import type { FoundUser, ProviderFinding } from "../../directory/provider-finding.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import { findingRule } from "../../drift/provider/finding-kinds.ts";
import { countedFindings, foundIn, type JudgedFinding } from "../../drift/provider/judge-findings.ts";
import type { JsonObject } from "../../ground/json.ts";

/** All findings, in a stable order; none where the directory is a file. */
export function providerJson({ provider }: Pick<Drift, "provider">): JsonObject {
  const counted = new Set(countedFindings(provider?.findings ?? []));
  return {
    findings: (provider?.findings ?? []).map((judged) => ({
      ...findingJson(judged),
      isCounted: counted.has(judged),
    })),
    notEvaluated: (provider?.notEvaluated ?? []).map((one) => ({ ...one })),
  };
}

function findingJson({ finding, standing, held, shownWith }: JudgedFinding): JsonObject {
  const { kind } = finding;
  const found = foundIn(finding);
  return {
    kind,
    subject: {
      kind: findingRule(kind).about,
      name: found?.name ?? null,
      objectId: found?.objectId ?? null,
      scimId: held?.scimId ?? null,
    },
    standing,
    shownWith: shownWith?.kind ?? null,
    ...detailOf(finding),
  };
}

function detailOf(finding: ProviderFinding): JsonObject {
  switch (finding.kind) {
    case "user-not-provisioned":
    case "user-not-in-sync": {
      const { status, error = null, since = null } = finding;
      return { status, error, since };
    }
    case "user-in-escrow":
    case "group-in-escrow": {
      const { code = null, error = null, since = null } = finding;
      return { code, error, since };
    }
    case "user-skipped":
      return { reason: finding.reason, since: finding.since ?? null };
    case "user-only-nested":
      return { group: namedJson(finding.group), through: finding.through.map(namedJson) };
    case "user-is-guest":
    case "group-assigned-not-pushed":
      return {};
    case "user-without-mail":
      return { attribute: finding.attribute };
    case "push-mapping-failed":
      return { error: finding.error, lastPush: finding.lastPush ?? null };
    case "push-mapping-inactive":
      return { lastPush: finding.lastPush ?? null };
    case "group-pushed-not-assigned":
      return { members: finding.members.map(namedJson) };
    case "job-in-quarantine": {
      const { reason, error = null, since = null, nextAttempt = null } = finding;
      return { reason, error, since, nextAttempt };
    }
    case "job-not-running":
      return { state: finding.state, since: finding.since ?? null };
    case "toggle-off": {
      const { toggle, effect, since = null, by = null } = finding;
      return { toggle, effect, since, by };
    }
  }
}

function namedJson({ name, objectId }: FoundUser): JsonObject {
  return { name, objectId };
}
