/** Behaviour: what Astro does with Teams, which are SCIM's Groups, beyond the protocol. */

import { choice } from "./row.ts";

export const teamRows = {
  existingTeam: choice({
    question: "What is the answer to a POST of a Group with the name of an existing Team?",
    values: {
      conflict: "409 uniqueness; case is ignored",
      adopt: "201 with the existing Team, which gets the sent attributes",
      allow: "201 with a second Team with that name",
    },
    default: "conflict",
    evidence: "documented",
    source:
      "astro CLI: help of organization team update (names are unique, ignoring case); the status is inferred",
    rfc: "409 uniqueness; displayName of a Group need not be unique (RFC 7644 §3.3, RFC 7643 §8.7.1)",
    astro:
      "names are unique within an organization; the answer to a POST for a Team that was created in Astro is unknown",
    okta: "looks up by name first and links; after 409 the push mapping is in error",
    entra: "looks up by name first and links; two Teams with one name are DuplicateTargetEntries",
  }),
  inactiveMember: choice({
    question: "What happens when an inactive user is added as a member?",
    values: { ignore: "the member is ignored", refuse: "400 invalidValue", add: "added" },
    default: "ignore",
    evidence: "inferred",
    source: "not documented",
    rfc: "not specified",
    astro: "not documented",
    okta: "does not push users who are inactive in Okta",
    entra: "sends members that it has provisioned",
  }),
  unknownMember: choice({
    question: "What happens when a member's id does not exist?",
    values: {
      refuse: "400 invalidValue; nothing changes",
      ignore: "the member is ignored",
      report:
        "the member is ignored, and the answer shows it: a PATCH is answered with 200 and the Team without that member",
      keep: "the Team keeps the id: its members show it without a name",
    },
    default: "refuse",
    evidence: "inferred",
    source:
      "RFC 7644 §3.12, table 9; not documented. fleetdm/fleet#52600 and getsentry/sentry#122540: one stale id blocks a whole push",
    rfc: "invalidValue applies (RFC 7644 §3.12, table 9)",
    astro: "not documented",
    okta: "an error stops the push mapping until an administrator pushes again",
    entra: "counts as a failed reference and is retried",
  }),
  memberAttributes: choice({
    question: "What does an answer show of a Team's member?",
    values: {
      all: "value, $ref, type and display",
      "without-display": "value, $ref and type",
      "value-only": "value",
    },
    default: "all",
    evidence: "inferred",
    source: "RFC 7643 §8.4; not documented",
    rfc: "value, $ref and type (RFC 7643 §4.2); display is optional (RFC 7643 §2.4)",
    astro: "not documented",
    okta: "reads value",
    entra: "reads value",
  }),
  teamMembers: choice({
    question: "Do answers show the members of a Team?",
    values: {
      shown: "yes; a Team that is read by its id shows an empty list, too",
      "on-request": "only if attributes names members",
      hidden: "never; members are still stored",
    },
    default: "shown",
    evidence: "inferred",
    source: "RFC 7643 §8.7.1 (members is returned by default); not documented",
    rfc: "members is returned by default (RFC 7643 §8.7.1)",
    astro: "not documented; AWS IAM Identity Center never shows them, Keycloak only on request",
    okta: "builds a PUT of the group from the members that it read",
    entra: "excludes members from its reads of groups",
  }),
};
