/** Behaviour: what Astro does with Teams, which are SCIM's Groups, beyond the protocol. */

import { choice } from "./row.ts";

export const teamRows = {
  existingTeam: choice({
    question: "What answers a POST of a Group whose name a Team has?",
    values: {
      conflict: "409 uniqueness; case does not count",
      adopt: "201 with the existing Team, which takes what was sent",
      allow: "201 with a second Team of that name",
    },
    default: "conflict",
    evidence: "documented",
    source:
      "astro CLI: help of organization team update (names are unique, ignoring case); the status is inferred",
    rfc: "409 uniqueness; displayName of a Group need not be unique (RFC 7644 §3.3, RFC 7643 §8.7.1)",
    astro: "names are unique within an organization; what a POST over a Team made in Astro gets is unknown",
    okta: "looks up by name first and links; 409 puts the mapping into error",
    entra: "looks up by name first and links; two of one name are DuplicateTargetEntries",
  }),
  inactiveMember: choice({
    question: "What of a member who is inactive?",
    values: { ignore: "passed over", refuse: "400 invalidValue", add: "added" },
    default: "ignore",
    evidence: "inferred",
    source: "nothing public says",
    rfc: "not said",
    astro: "not said",
    okta: "does not push users who are inactive in Okta",
    entra: "sends members that it has provisioned",
  }),
  unknownMember: choice({
    question: "What of a member whose id nobody has?",
    values: { refuse: "400 invalidValue; nothing changes", ignore: "passed over" },
    default: "refuse",
    evidence: "inferred",
    source: "RFC 7644 §3.12, table 9; nothing public says",
    rfc: "invalidValue fits (RFC 7644 §3.12, table 9)",
    astro: "not said",
    okta: "an error stops the mapping until somebody pushes again",
    entra: "counts as a failed reference, and is tried again",
  }),
};
