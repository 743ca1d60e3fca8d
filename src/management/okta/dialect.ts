/** Okta's management API: lists as JSON arrays, next pages in the `Link` header, errors with Okta's codes. */

import * as z from "zod";
import { isJsonArray } from "../../ground/json.ts";
import type { WireResponse } from "../../wire/exchange.ts";
import type { ManagementDialect } from "../dialect.ts";
import { nextByLinkHeader } from "./link-header.ts";
import { oktaLimits } from "./rate-limit.ts";

/** Okta API: Errors. */
const oktaError = z.object({
  errorCode: z.string(),
  errorSummary: z.string().optional(),
  errorCauses: z.array(z.object({ errorSummary: z.string().optional() })).optional(),
});

/** `E0000006: You do not have permission to perform the requested action`; undefined for a body that is no error of Okta. */
function errorOf({ json }: Pick<WireResponse, "json">): string | undefined {
  const result = oktaError.safeParse(json);
  if (!result.success) return undefined;
  const { errorCode, errorSummary = "", errorCauses = [] } = result.data;
  const causes = errorCauses.flatMap((cause) => cause.errorSummary ?? []);
  const texts = [errorSummary, ...causes].filter((text) => text !== "");
  return texts.length === 0 ? errorCode : `${errorCode}: ${[...new Set(texts)].join("; ")}`;
}

/**
 * 401 is a token that is not accepted (E0000011). An OAuth token without the scope of a call gets 403 with `insufficient_scope`
 * in the challenge, an administrator without the role E0000006.
 */
function refusalOf({ status, json }: WireResponse): "credentials" | "permission" | undefined {
  if (status === 401) return "credentials";
  if (status !== 403) return undefined;
  // E0000038 and E0000075 are about the user and the attribute (Okta API: Errors).
  const code = oktaError.safeParse(json).data?.errorCode ?? noPermission;
  return code === noPermission ? "permission" : undefined;
}

const noPermission = "E0000006";

/** The API of an organization: `https://acme.okta.com`, or its custom domain. */
export const oktaDialect: ManagementDialect = {
  name: "Okta",
  headers: { Accept: "application/json" },
  entriesOf: (body) => (isJsonArray(body) ? body : undefined),
  nextLinkOf: ({ headers }) => nextByLinkHeader(headers["link"]),
  errorOf,
  refusalOf,
  hints: {
    credentials:
      "Check the URL of the organization and the token: it must be complete, neither expired nor revoked, and belong to this organization. A token that was not used for 30 days expires (Security > API > Tokens).",
    permission: (needs) =>
      `For a service app: grant ${needs} (the app > Okta API Scopes) and assign it an admin role that may view users, groups and applications (the app > Admin roles). For an API token: the administrator who created it needs that role. Read-only Administrator is enough.`,
  },
  limits: oktaLimits,
  inSmallerPages: (path) => {
    const limit = /([?&]limit=)(\d+)/.exec(path);
    // Assigned groups come in pages of 20 at least (Okta API: Application Groups).
    return limit === null || Number(limit[2]) <= 20 ? undefined : path.replace(limit[0], `${limit[1]}20`);
  },
};
