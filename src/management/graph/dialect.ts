/** Microsoft Graph: lists in `value`, next pages in `@odata.nextLink`, errors as OData has them. */

import * as z from "zod";
import { retryAfterMs } from "../../http/retry-after.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../ground/json.ts";
import type { WireResponse } from "../../wire/exchange.ts";
import type { LimitRules, ManagementDialect, NextLink, Refusal } from "../dialect.ts";

/** Microsoft Graph: Error responses and resource types. */
const graphError = z.looseObject({
  error: z.looseObject({ code: z.string(), message: z.string().nullish() }),
});

/** `Authorization_RequestDenied: Insufficient privileges to complete the operation`; undefined for a body that is no error of Graph. */
function errorOf({ json }: Pick<WireResponse, "json">): string | undefined {
  const result = graphError.safeParse(json);
  if (!result.success) return undefined;
  const { code, message } = result.data.error;
  return message == null || message === "" ? code : `${code}: ${message}`;
}

function codeOf({ json }: WireResponse): string | undefined {
  const result = graphError.safeParse(json);
  return result.success ? result.data.error.code : undefined;
}

/** Reports and logs need a licence, Microsoft Entra ID P1 or P2 (Microsoft Graph: Resolve authorization errors). */
const withoutLicence = "Authentication_RequestFromNonPremiumTenantOrB2CTenant";

/**
 * A permission that is missing is 403 Authorization_RequestDenied; of the synchronization API it is 401 UnknownError, with a
 * token that is accepted everywhere else (microsoftgraph/microsoft-graph-docs-contrib #8800).
 */
function refusalOf(answer: WireResponse): Refusal | undefined {
  const code = codeOf(answer);
  if (answer.status === 401) return code === "UnknownError" ? "permission" : "credentials";
  if (answer.status !== 403) return undefined;
  return code === withoutLicence ? "licence" : "permission";
}

const nextLinkKey = "@odata.nextLink";

function nextLinkOf({ json }: WireResponse): NextLink {
  const next = isJsonObject(json) ? json[nextLinkKey] : undefined;
  if (next == null) return { kind: "last-page" };
  if (typeof next === "string" && next !== "") return { kind: "next", url: next };
  return { kind: "unreadable" };
}

function countOf(body: JsonValue): number | undefined {
  const count = isJsonObject(body) ? body["@odata.count"] : undefined;
  return typeof count === "number" ? count : undefined;
}

/**
 * Graph counts by app and tenant, and says nothing of what is left before it throttles (Microsoft Graph: Throttling guidance);
 * then Retry-After says how long.
 */
const limits: LimitRules = {
  bucketOf: () => "Microsoft Graph",
  stateOf: () => undefined,
  tooMany: ({ headers }, now) => ({ kind: "rate", waitMs: retryAfterMs(headers["retry-after"], now) }),
};

/** Below `https://graph.microsoft.com/v1.0`, or the same in a national cloud. */
export const graphDialect: ManagementDialect = {
  name: "Microsoft Graph",
  headers: { Accept: "application/json" },
  entriesOf: (body) => {
    const value = isJsonObject(body) ? body["value"] : undefined;
    return isJsonArray(value) ? value : undefined;
  },
  nextLinkOf,
  countOf,
  errorOf,
  refusalOf,
  hints: {
    credentials:
      "Check the tenant, the client id and the secret or certificate of the app registration, and --entra-cloud: a token of one cloud is not accepted in another.",
    permission: (needs) =>
      `Grant the application permission ${needs} of Microsoft Graph to the app registration (Entra admin center: App registrations > API permissions) and give admin consent. With the token of the Azure CLI, its user needs a directory role that may read this, such as Global Reader; that token has fixed permissions, so use an app registration where a role does not help.`,
  },
  limits,
};
