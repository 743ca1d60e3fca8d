/** What a live provider says, as JSON (docs/json.md). */

import type { FoundGroup, FoundUser, ProviderFinding } from "../../../directory/provider-finding.ts";
import type { Drift } from "../../../drift/compare/diff.ts";
import { findingRule } from "../../../drift/provider/finding-kinds.ts";
import { foundIn, type JudgedFinding } from "../../../drift/provider/judge-findings.ts";
import type { JsonObject } from "../../../ground/json.ts";

/** All findings, in a stable order; none where the directory is a file. */
export function providerJson({ provider }: Pick<Drift, "provider">): JsonObject {
  const counted = new Set(provider?.problems);
  return {
    findings: (provider?.findings ?? []).map((judged) => ({
      ...findingJson(judged),
      isCounted: counted.has(judged),
    })),
    notEvaluated: (provider?.notEvaluated ?? []).map(({ attribute, expression, why }) => ({
      attribute,
      expression,
      why,
    })),
    assumed: (provider?.assumed ?? []).map((one) => ({ ...one })),
  };
}

function findingJson({ finding, standing, held, link, shownWith }: JudgedFinding): JsonObject {
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
    link: link ?? null,
    standing,
    shownWith: shownWith?.kind ?? null,
    ...detailOf(finding),
  };
}

type UserFinding = Extract<ProviderFinding, { readonly user: FoundUser }>;
type GroupFinding = Exclude<Extract<ProviderFinding, { readonly group: FoundGroup }>, UserFinding>;
type AppFinding = Exclude<ProviderFinding, UserFinding | GroupFinding>;

function detailOf(finding: ProviderFinding): JsonObject {
  if ("user" in finding) return detailOfUser(finding);
  return "group" in finding ? detailOfGroup(finding) : detailOfApp(finding);
}

function detailOfUser(finding: UserFinding): JsonObject {
  switch (finding.kind) {
    case "user-not-provisioned":
    case "user-not-in-sync": {
      const { status, error, since } = finding;
      return { status, ...orNull({ error, since }) };
    }
    case "user-in-escrow": {
      const { code, error, since } = finding;
      return orNull({ code, error, since });
    }
    case "user-skipped":
      return { reason: finding.reason, ...orNull({ since: finding.since }) };
    case "user-only-nested":
      return { group: namedJson(finding.group), through: finding.through.map(namedJson) };
    case "user-is-guest":
      return {};
    case "user-without-mail":
      return { attribute: finding.attribute };
  }
}

function detailOfGroup(finding: GroupFinding): JsonObject {
  switch (finding.kind) {
    case "group-in-escrow": {
      const { code, error, since } = finding;
      return orNull({ code, error, since });
    }
    case "push-mapping-failed":
      return { error: finding.error, ...orNull({ lastPush: finding.lastPush }) };
    case "push-mapping-inactive":
      return orNull({ lastPush: finding.lastPush });
    case "members-cut-off":
      return { held: finding.held, missing: finding.missing };
    case "group-assigned-not-pushed":
      return {};
    case "group-pushed-not-assigned":
      return { members: finding.members.map(namedJson) };
  }
}

function detailOfApp(finding: AppFinding): JsonObject {
  switch (finding.kind) {
    case "job-in-quarantine": {
      const { reason, error, since, nextAttempt } = finding;
      return { reason, ...orNull({ error, since, nextAttempt }) };
    }
    case "job-not-running":
      return { state: finding.state, ...orNull({ since: finding.since }) };
    case "toggle-off": {
      const { toggle, effect, since, by } = finding;
      return { toggle, effect, ...orNull({ since, by }) };
    }
  }
}

/** What the provider does not say is null. */
function orNull(values: Readonly<Record<string, string | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? null]));
}

function namedJson({ name, objectId }: FoundUser): JsonObject {
  return { name, objectId };
}
