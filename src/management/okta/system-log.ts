/** The System Log, as far as it tells why provisioning failed and who changed the app (Okta API: System Log). */

import * as z from "zod";
import type { ManagementApi } from "../management-api.ts";
import { oktaScopes } from "./scopes.ts";

const logEvent = z.object({
  published: z.string(),
  eventType: z.string(),
  displayMessage: z.string().nullish(),
  outcome: z.object({ result: z.string().nullish(), reason: z.string().nullish() }).nullish(),
  actor: z
    .looseObject({
      alternateId: z.string().nullish(),
      displayName: z.string().nullish(),
      type: z.string().nullish(),
    })
    .nullish(),
  target: z
    .array(
      z.object({
        id: z.string().nullish(),
        type: z.string().nullish(),
        alternateId: z.string().nullish(),
        displayName: z.string().nullish(),
        changeDetails: z.unknown().optional(),
      }),
    )
    .nullish(),
  debugContext: z.object({ debugData: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});

export type LogEvent = z.infer<typeof logEvent>;

export interface LogSearch {
  /** In the System Log's filter language. */
  readonly filter: string;
  readonly since: Date;
  readonly until: Date;
  readonly atMost: number;
}

/** The end of a search for everything up to now: Okta's clock may be ahead of ours. */
export function untilNow(now: Date): Date {
  return new Date(now.getTime() + 7 * 86_400_000);
}

/** Events that meet the filter, the newest first. */
export async function listLogEvents(
  api: ManagementApi,
  { filter, since, until, atMost }: LogSearch,
): Promise<readonly LogEvent[]> {
  const query = [
    `since=${encodeURIComponent(since.toISOString())}`,
    `until=${encodeURIComponent(until.toISOString())}`,
    `filter=${encodeURIComponent(filter)}`,
    "limit=1000",
    "sortOrder=DESCENDING",
  ];
  return api.list(
    `/api/v1/logs?${query.join("&")}`,
    logEvent,
    { reads: "the System Log", needs: oktaScopes.logs },
    { endsWithEmptyPage: true, atMost },
  );
}
