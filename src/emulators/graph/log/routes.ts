/** The provisioning log: what the engine did about each object (Microsoft Graph: List provisioningObjectSummary). */

import type { JsonObject } from "../../../ground/json.ts";
import type { JobEvent } from "../../company/company.ts";
import { needs } from "../access/permissions.ts";
import type { GraphContext, GraphRoute } from "../graph-route.ts";
import { valueAt } from "../odata/filter.ts";
import { listAnswer, selectedOf } from "../odata/list-answer.ts";
import { provisioningRecord } from "./provisioning-record.ts";

/** How long records are kept with Microsoft Entra ID P1 or P2. */
const retentionMs = 30 * 24 * 3_600_000;

/** Words of Graph, which may be written in any case; everything else in the log is compared by case. */
const words: ReadonlySet<string> = new Set(["provisioningAction", "provisioningStatusInfo/status"]);

const filterable: ReadonlySet<string> = new Set([
  ...words,
  "id",
  "activityDateTime",
  "changeId",
  "cycleId",
  "jobId",
  "tenantId",
  "initiatedBy/displayName",
  "servicePrincipal/id",
  "servicePrincipal/displayName",
  "sourceIdentity/displayName",
  "sourceIdentity/id",
  "sourceIdentity/identityType",
  "sourceSystem/displayName",
  "targetIdentity/displayName",
  "targetIdentity/id",
  "targetSystem/displayName",
  "targetSystem/id",
]);

export function provisioningLogRoutes(context: GraphContext): readonly GraphRoute[] {
  const records = new WeakMap<JobEvent, JsonObject>();
  // A record says what was true when it was made, so it is made once.
  const recordOf = (event: JobEvent): JsonObject => {
    const record = records.get(event) ?? provisioningRecord(event, context);
    records.set(event, record);
    return record;
  };
  return [
    {
      method: "GET",
      path: "/auditLogs/provisioning",
      needs: needs.provisioningLog,
      handle: (request) =>
        listAnswer(
          request,
          {
            items: recordedJobs(context),
            idOf: ({ id }) => id,
            valueOf: (event, path) => valueAt(recordOf(event), path),
            show: (event, { select }) => {
              const object = recordOf(event);
              return selectedOf(object, select, {
                known: (name) => Object.hasOwn(object, name),
                type: "microsoft.graph.provisioningObjectSummary",
              });
            },
            context: "auditLogs/provisioning",
            pages: { usual: 100, most: 1_000 },
            filterable,
            sortable: new Set(["activityDateTime"]),
            isDirectory: false,
            exactCase: (path) => !words.has(path),
            usualOrder: { path: "activityDateTime", descending: true },
          },
          context.skipTokens,
        ),
    },
  ];
}

function recordedJobs({ company }: GraphContext): readonly JobEvent[] {
  const since = company.now().getTime() - retentionMs;
  return company
    .events()
    .filter((event): event is JobEvent => event.kind === "job" && event.at.getTime() > since);
}
