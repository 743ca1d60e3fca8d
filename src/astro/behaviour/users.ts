/** Behaviour: what Astro does with users beyond the protocol. */

import { choice } from "./row.ts";

export const userRows = {
  existingUser: choice({
    question: "What is the answer to a POST of a user whose userName exists?",
    values: {
      conflict: "409 uniqueness",
      adopt: "201 with the existing user, who gets the sent attributes and becomes active",
      "adopt-inactive": "the same for an inactive user; 409 for an active user",
    },
    default: "conflict",
    evidence: "inferred",
    source: "RFC 7644 §3.3; what Astro does with an invited or just-in-time member is not published",
    rfc: "409 uniqueness (RFC 7644 §3.3)",
    astro: "members also join by invite and by login; the answer to a POST for one is unknown",
    okta: "looks up first; after 409 the task fails, and it never matches again",
    entra: "looks up first; after 409 the object goes to escrow and is retried",
  }),
  deactivation: choice({
    question: "What is the effect of active: false?",
    values: {
      "ends-memberships": "the user is removed from every Team; the record stays, inactive",
      "keeps-memberships": "the user becomes inactive and stays in its Teams",
      removes: "the user is deleted: 404 afterwards",
    },
    default: "ends-memberships",
    evidence: "inferred",
    source:
      "Astro docs: Manage Organization users (a removed user leaves all Workspaces); release notes 2024-05-15",
    rfc: "the service provider decides what active means (RFC 7643 §4.1.1)",
    astro: "the organization membership ends; the effect on Teams and the record is not documented",
    okta: "must be able to read the user afterwards; groups are pushed again only manually",
    entra: "must be able to read the user afterwards; does not send memberships again after a restore",
  }),
  lastOwner: choice({
    question: "Can SCIM deactivate or delete the last active Organization Owner?",
    values: { refuse: "400 mutability", forbid: "403", allow: "yes" },
    default: "refuse",
    evidence: "inferred",
    source: "Astro docs: Manage Organization users (another Owner must exist first), about the console",
    rfc: "not specified",
    astro: "the console refuses; whether and how SCIM refuses is unknown",
    okta: "shows the refusal as a failed task",
    entra: "retries the request, and goes into quarantine after many failures",
  }),
  userDeletion: choice({
    question: "What remains of a user after DELETE?",
    values: { forgets: "nothing: 404 afterwards", deactivates: "the record, inactive and without Teams" },
    default: "forgets",
    evidence: "inferred",
    source: "RFC 7644 §3.6; Astro release notes 2024-05-15 (SCIM users who belong to no organization)",
    rfc: "404 afterwards, and the user is ignored in uniqueness checks (RFC 7644 §3.6)",
    astro: "a record remains after the membership ends; whether SCIM shows it is unknown",
    okta: "never deletes users, except with granular deprovisioning",
    entra: "deletes 30 days after the soft delete; its validator expects 404 afterwards",
  }),
  userNameChange: choice({
    question: "Can userName be changed?",
    values: { allow: "yes; 409 if the new one exists", refuse: "400 mutability" },
    default: "allow",
    evidence: "inferred",
    source: "RFC 7643 §4.1.1; whether the account follows is not documented",
    rfc: "userName is readWrite (RFC 7643 §8.7.1)",
    astro: "an account is identified by its e-mail address; whether SCIM can change it is unknown",
    okta: "sends a changed app username in the next PUT",
    entra: "replaces userName by id; its validator tests it",
  }),
};
