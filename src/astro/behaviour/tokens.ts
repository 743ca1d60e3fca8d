/** Behaviour: which tokens are good for what. */

import { choice } from "./row.ts";

export const tokenRows = {
  foreignToken: choice({
    question:
      "What is the answer to a token that is for another organization, or for a Workspace or a Deployment alone?",
    values: { forbidden: "403", "not-found": "404" },
    default: "forbidden",
    evidence: "documented",
    source: "Astro API overview (403 if the token lacks permission)",
    rfc: "403 if the client is not authorized (RFC 7644 §3.12)",
    astro:
      "a Workspace token that listed users was answered 'organization with id … not found' (astro-cli #1160)",
    okta: "like any 403 or 404: a failed credentials test",
    entra: "as any 403 or 404; quarantine",
  }),
};
