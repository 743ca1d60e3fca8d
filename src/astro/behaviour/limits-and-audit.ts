/** Behaviour: how much a token may ask for, and what the audit log says. */

import { choice } from "./row.ts";

export const limitAndAuditRows = {
  rateLimits: choice({
    question: "Are requests limited to 10 POST, 5 DELETE and 25 GET a second and token?",
    values: {
      off: "no",
      on: "yes: 429 with Retry-After; PUT and PATCH count as POST",
      "on-without-retry-after": "yes: 429 without Retry-After",
    },
    default: "off",
    evidence: "inferred",
    source: "Astro docs: API best practices (the limits); off, because a local server need not wait",
    rfc: "429 is allowed, with or without Retry-After (RFC 6585 §4)",
    astro: "has these limits; that a refusal is 429, and PUT and PATCH, are not documented",
    okta: "waits and sends the request again",
    entra: "waits and sends the request again",
  }),
  rateLimitedApis: choice({
    question: "Which requests do the rate limits count?",
    values: { all: "those of SCIM and of the IAM API, together", iam: "those of the IAM API" },
    default: "all",
    evidence: "inferred",
    source: "not documented; the stricter reading",
    rfc: "not specified",
    astro: "has limits for its API; whether SCIM counts is unknown",
    okta: "does not know which",
    entra: "does not know which",
  }),
  auditStatusKey: choice({
    question: "Under which key does the audit log have the status of an answer?",
    values: {
      "response-status": '"response status"',
      responseStatus: "responseStatus",
      statusCode: "statusCode",
      status: "status",
    },
    default: "response-status",
    evidence: "inferred",
    source: "Astro docs: Export audit logs (the table of fields prints `response status`)",
    rfc: "not part of SCIM",
    astro: "the documentation names the field with a space, unlike all others; no export is published",
    okta: "does not read it",
    entra: "does not read it",
  }),
};
