/** What an import of groups makes of what it read: the app groups by which Okta finds a Team without asking. */

import { isJsonObject, type JsonValue } from "../../../ground/json.ts";
import type { ImportResult } from "../../run/import-result.ts";
import type { RunContext } from "../run-context.ts";

/** Replaces the app groups that were known. */
export function importGroups({ ledger }: RunContext, resources: readonly JsonValue[]): ImportResult {
  const before = ledger.appGroups;
  const now = new Map(resources.flatMap((resource) => readGroup(resource) ?? []));
  ledger.recordAppGroups(now);
  const kept = [...now].filter(([scimId]) => before.has(scimId));
  const renamed = kept.filter(([scimId, name]) => before.get(scimId) !== name).length;
  return {
    scanned: resources.length,
    added: [...now].filter(([scimId]) => !before.has(scimId)).map(([, name]) => name),
    updated: renamed,
    unchanged: kept.length - renamed,
    removed: [...before].filter(([scimId]) => !now.has(scimId)).map(([, name]) => name),
    waiting: [],
  };
}

function readGroup(resource: JsonValue): readonly [readonly [string, string]] | undefined {
  if (!isJsonObject(resource)) return undefined;
  const { id, displayName } = resource;
  return typeof id === "string" && typeof displayName === "string" ? [[id, displayName]] : undefined;
}
