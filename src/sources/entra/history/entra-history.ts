/** What Entra ID tells of one user or group beside the directory: the provisioning log, and users who are deleted. */

import type { HistoryRequest, OutsideUser, ProviderHistory } from "../../../directory/provider-history.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import { listRecordsAbout } from "../../../management/graph/provisioning-log.ts";
import { listDeletedUsers, type GraphUser } from "../../../management/graph/users.ts";
import type { ManagementApi } from "../../../management/management-api.ts";
import { findApplication, findJob } from "../find-app.ts";
import { logEntry } from "./log-entry.ts";

export interface EntraHistoryOptions {
  /** As of the source. */
  readonly app: string;
  readonly job?: string | undefined;
  /** Of Microsoft Graph. */
  readonly baseUrl: string;
}

/** Microsoft: Provisioning logs: 30 days with Microsoft Entra ID P1 or P2, 7 days without. */
const keptDays = 7;
const mostRecords = 1000;

export function entraHistory(
  api: ManagementApi,
  { app, job, baseUrl }: EntraHistoryOptions,
): ProviderHistory {
  let jobId: Promise<string> | undefined;
  const findJobId = async (): Promise<string> => {
    const application = await findApplication(api, app);
    return (await findJob(api, application, job)).id;
  };
  return {
    baseUrl,
    logName: "the provisioning log of Entra ID",
    keptDays,
    // Everybody else is in the directory: it has all users of the tenant.
    findUser: async (word) => {
      const deleted = await listDeletedUsers(api, {
        select: ["id", "userPrincipalName", "mail", "displayName"],
      });
      const key = foldCase(word);
      return deleted.map(outsideUser).find(({ names }) => names.some((name) => foldCase(name) === key));
    },
    entries: async ({ objectId }: HistoryRequest) => {
      jobId ??= findJobId();
      const records = await listRecordsAbout(api, { jobId: await jobId, objectId }, { atMost: mostRecords });
      return { entries: records.toReversed().flatMap(logEntry), isCut: records.length >= mostRecords };
    },
  };
}

function outsideUser({ id, userPrincipalName, mail }: GraphUser): OutsideUser {
  const names = [userPrincipalName, mail].flatMap((name) => (name == null || name === "" ? [] : [name]));
  // The name of a deleted user begins with the id without its dashes (Microsoft Graph: deletedItem).
  const plain = id.replaceAll("-", "");
  const shown = names.map((name) => (name.startsWith(plain) ? name.slice(plain.length) : name));
  return { objectId: id, name: shown[0] ?? id, status: "deleted", names: [id, ...names, ...shown] };
}
