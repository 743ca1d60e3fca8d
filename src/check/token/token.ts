/** The API token, as far as it says itself what it is for. */

import type { TokenClaims } from "../../astro/token-claims.ts";
import { plural } from "../../ground/text/plural.ts";
import { check, fail, notApplicable, pass, unknown, warning, type Verdict } from "../check.ts";
import type { Address, CheckContext } from "../context.ts";
import type { ApiTokenFacts, Read } from "../readings.ts";

/** Provisioning stops with the token: time enough to make a new one and to enter it in the provider's console. */
const fewDays = 14;

export const tokenPresent = check({
  id: "token-present",
  group: "token",
  title: "Token present",
  needs: ["url-form"],
  failureClass: "token",
  read: ({ token }) => token,
  judge: (token) => {
    if (token.kind === "given") return pass(`from ${token.source}`);
    const { message, hint } = token.error;
    return fail(message.replace(/\.$/, ""), hint ?? "Set ASTRO_SCIM_TOKEN, or use --token-file.");
  },
});

export const tokenOrganization = check({
  id: "token-organization",
  group: "token",
  title: "Token of this organization",
  needs: ["token-present"],
  failureClass: "token",
  read: ({ address, token }) => ({ address, claims: claimsOf(token) }),
  judge: judgeOrganization,
});

interface TokenEvidence {
  readonly claims: TokenClaims | undefined;
  readonly address: Address;
}

function judgeOrganization({ address, claims }: TokenEvidence): Verdict {
  const organizationId = address.kind === "given" ? address.organizationId : undefined;
  if (claims === undefined)
    return unknown("the token is not a JWT, so it does not say of which organization it is");
  const { scope, organizationIds } = claims;
  if (scope === "WORKSPACE" || scope === "DEPLOYMENT") {
    const kind = scope === "WORKSPACE" ? "Workspace" : "Deployment";
    return fail(
      `it is a ${kind} API token, which gives no access to users and Teams`,
      "Create an Organization API token: Organization Settings > API Tokens in Astro.",
    );
  }
  if (organizationId === undefined) return notApplicable("the URL names no organization of Astro");
  if (organizationIds.length === 0) return unknown("the token names no organization");
  if (organizationIds.includes(organizationId)) return pass(organizationId);
  return fail(
    `the token is of organization ${organizationIds.join(", ")}, and the URL is of ${organizationId}`,
    "Use a token of this organization, or correct the organization ID in the URL.",
  );
}

export const tokenExpiry = check({
  id: "token-expiry",
  group: "token",
  title: "Token expiry",
  needs: ["token-organization"],
  failureClass: "token",
  read: async ({ token, now, server }) => ({
    claims: claimsOf(token),
    known: await server?.readings.apiToken(),
    now: now(),
  }),
  judge: judgeExpiry,
});

interface ExpiryEvidence {
  readonly claims: TokenClaims | undefined;
  readonly known: Read<ApiTokenFacts> | undefined;
  readonly now: Date;
}

/** What Astro says comes first: a token can be made to end sooner than it says of itself. */
function judgeExpiry({ claims, known, now }: ExpiryEvidence): Verdict {
  const endAt = known?.kind === "read" ? known.facts.endAt : undefined;
  const ends = [endAt == null ? undefined : new Date(endAt), claims?.expiresAt]
    .filter((at) => at !== undefined && !Number.isNaN(at.getTime()))
    .toSorted((one, other) => (one?.getTime() ?? 0) - (other?.getTime() ?? 0));
  const [end] = ends;
  if (end === undefined) {
    return claims === undefined && known?.kind !== "read"
      ? unknown("the token is not a JWT, so it does not say when it ends")
      : pass("it does not end");
  }
  const daysLeft = Math.floor((end.getTime() - now.getTime()) / 86_400_000);
  const day = end.toISOString().slice(0, 10);
  const measured = { daysLeft, endsAt: end.toISOString() };
  if (end <= now) {
    return fail(
      `the token ended on ${day}`,
      "Create a new Organization API token in Astro, and enter it in the identity provider if it uses the same one.",
      measured,
    );
  }
  const left = `${plural(daysLeft, "day")} left, until ${day}`;
  return daysLeft < fewDays
    ? warning(
        left,
        "Create a new Organization API token in Astro and enter it in the identity provider before then: provisioning stops with the token.",
        measured,
      )
    : pass(left, measured);
}

function claimsOf(token: CheckContext["token"]): TokenClaims | undefined {
  return token.kind === "given" ? token.claims : undefined;
}
