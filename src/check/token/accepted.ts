/** Whether Astro takes the token, whether it is of an Organization Owner, and whether SCIM is switched on. */

import { reasonOf } from "../../astro/api/problem.ts";
import type { WireAnswer } from "../../wire/exchange.ts";
import { check, fail, notApplicable, pass, unknown, type Verdict } from "../check.ts";
import type { CheckContext } from "../context.ts";
import type { ApiTokenFacts, OrganizationFacts, Read } from "../readings.ts";
import { serverOf } from "../reach/scim-endpoint.ts";

interface AccessEvidence {
  readonly answer: WireAnswer;
  readonly organization: Read<OrganizationFacts> | undefined;
  readonly apiToken: Read<ApiTokenFacts> | undefined;
}

async function readAccess(context: CheckContext): Promise<AccessEvidence> {
  const { readings } = serverOf(context);
  const { answer } = await readings.users();
  return { answer, organization: await readings.organization(), apiToken: await readings.apiToken() };
}

export const tokenAccepted = check({
  id: "token-accepted",
  group: "token",
  title: "Token accepted",
  needs: ["scim-endpoint", "token-expiry"],
  failureClass: "token",
  read: readAccess,
  judge: judgeAccepted,
});

/** A 403 that the switch or the role of the token explains is a failure there, and only there. */
function judgeAccepted({ answer, ...evidence }: AccessEvidence): Verdict {
  const status = answer.kind === "response" ? answer.status : 0;
  const reason = answer.kind === "response" ? reasonOf(answer) : undefined;
  const said = reason === undefined ? "" : `: ${reason}`;
  if (status === 401) {
    return fail(
      `the server answered 401${said}`,
      "Check that the token is complete, was not deleted or rotated, and belongs to this organization.",
    );
  }
  if (status === 403 && !isScimOff(evidence) && !isKnownNotOwner(evidence)) {
    return fail(
      `the server answered 403${said}`,
      "SCIM must be switched on in the organization's settings, the token needs the Organization Owner role, and an IP access list must let this machine through.",
    );
  }
  return status === 403 ? pass("the token is valid; SCIM refuses it, see below") : pass("yes");
}

export const tokenOwner = check({
  id: "token-owner",
  group: "token",
  title: "Token of an Organization Owner",
  needs: ["token-accepted"],
  failureClass: "token",
  read: readAccess,
  judge: judgeOwner,
});

const ownerAdvice =
  "Give the API token the Organization Owner role in Astro: Organization Settings > API Tokens.";

function judgeOwner(evidence: AccessEvidence): Verdict {
  const { organization, apiToken } = evidence;
  if (organization === undefined) return notApplicable("the server has no IAM API");
  const roles = organizationRoles(apiToken);
  if (roles !== undefined) {
    return roles.includes("ORGANIZATION_OWNER")
      ? pass("yes")
      : fail(`its role is ${roles.join(", ")}`, ownerAdvice, { roles });
  }
  if (isKnownNotOwner(evidence)) {
    return fail("it may not read the API tokens of the organization, as an Owner may", ownerAdvice);
  }
  return unknown(
    apiToken === undefined
      ? "the token does not say its ID"
      : "the IAM API does not show the role of the token",
  );
}

export const scimEnabled = check({
  id: "scim-enabled",
  group: "token",
  title: "SCIM switched on",
  needs: ["token-accepted"],
  read: readAccess,
  judge: ({ answer, organization }) => {
    if (organization === undefined) return notApplicable("the server has no IAM API");
    if (organization.kind === "refused") {
      const isOpen = answer.kind === "response" && answer.status < 300;
      return isOpen ? pass("SCIM answers") : unknown("the IAM API does not show it to this token");
    }
    return organization.facts.isScimEnabled
      ? pass("yes")
      : fail(
          "SCIM integration is off",
          "Switch it on in Astro: Organization Settings > Authentication > Advanced Settings > Edit Settings > SCIM integration.",
        );
  },
});

function isScimOff({ organization }: Pick<AccessEvidence, "organization">): boolean {
  return organization?.kind === "read" && !organization.facts.isScimEnabled;
}

/**
 * By its roles; or the organization can be read, as every Member may, and the API tokens cannot, as an Owner may (Astro docs: User
 * permissions).
 */
function isKnownNotOwner({
  organization,
  apiToken,
}: Pick<AccessEvidence, "organization" | "apiToken">): boolean {
  const roles = organizationRoles(apiToken);
  if (roles !== undefined) return !roles.includes("ORGANIZATION_OWNER");
  return organization?.kind === "read" && apiToken?.kind === "refused" && apiToken.status === 403;
}

function organizationRoles(apiToken: AccessEvidence["apiToken"]): readonly string[] | undefined {
  if (apiToken?.kind !== "read" || apiToken.facts.roles == null) return undefined;
  const roles = apiToken.facts.roles.filter(({ entityType }) => entityType === "ORGANIZATION");
  return roles.length === 0 ? undefined : roles.map(({ role }) => role);
}
