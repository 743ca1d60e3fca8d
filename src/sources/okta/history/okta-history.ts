/** What Okta tells of one user or group beside the directory: its System Log, and users outside the app. */

import type { HistoryRequest, OutsideUser, ProviderHistory } from "../../../directory/provider-history.ts";
import { foldCase } from "../../../ground/text/fold-case.ts";
import type { ManagementApi } from "../../../management/management-api.ts";
import { listLogEvents, untilNow } from "../../../management/okta/system-log.ts";
import { findUserByLogin, type OktaUser } from "../../../management/okta/users.ts";
import { logEntry } from "./log-entry.ts";

/** Okta API: System Log ("retained for 90 days"). */
const keptDays = 90;
/** The newest events of one user or group: more than anybody has in a log of 90 days but by a fault. */
const mostEvents = 1000;

export interface OktaHistoryOptions {
  /** URL of the organization. */
  readonly baseUrl: string;
  readonly now: () => Date;
}

export function oktaHistory(api: ManagementApi, { baseUrl, now }: OktaHistoryOptions): ProviderHistory {
  return {
    baseUrl,
    logName: "Okta's System Log",
    keptDays,
    findUser: async (word) => {
      const user = await findUserByLogin(api, word);
      if (user === undefined) return undefined;
      const outside = outsideUser(user);
      // Okta also finds a user by the part of the login before the @, and the owner of the token by `me`.
      const isMeant = outside.names.some((name) => foldCase(name) === foldCase(word));
      return isMeant ? outside : undefined;
    },
    entries: async ({ objectId }: HistoryRequest) => {
      const until = now();
      const since = new Date(until.getTime() - keptDays * 86_400_000);
      const filter = `target.id eq ${JSON.stringify(objectId)}`;
      const events = await listLogEvents(api, { filter, since, until: untilNow(until), atMost: mostEvents });
      return { entries: events.toReversed().map(logEntry), isCut: events.length >= mostEvents };
    },
  };
}

function outsideUser({ id, status, profile }: OktaUser): OutsideUser {
  const email = profile["email"];
  return {
    objectId: id,
    name: profile.login,
    status,
    names: [id, profile.login, ...(typeof email === "string" ? [email] : [])],
  };
}
