/** Behaviour: what Astro does with users beyond the protocol. */

import { choice } from "./row.ts";

export const userRows = {
  existingUser: choice({
    question: "What answers a POST of a user whose userName is taken?",
    values: {
      conflict: "409 uniqueness",
      adopt: "201 with the existing user, who takes the attributes sent and is active",
      "adopt-inactive": "the same for a user who is inactive; 409 for an active one",
    },
    default: "conflict",
    evidence: "inferred",
    source: "RFC 7644 §3.3; what Astro does with an invited or just-in-time member is published nowhere",
    rfc: "409 uniqueness (RFC 7644 §3.3)",
    astro: "members come by invite and by login, too; what a POST for one gets is unknown",
    okta: "looks up first; 409 is a lasting failure, it never matches again",
    entra: "looks up first; 409 goes to escrow and is repeated",
  }),
  deactivation: choice({
    question: "What ends with active: false?",
    values: {
      "ends-memberships": "the user leaves every Team; the record stays, inactive",
      "keeps-memberships": "nothing but being active",
      removes: "the user is removed: 404 afterwards",
    },
    default: "ends-memberships",
    evidence: "inferred",
    source:
      "Astro docs: Manage Organization users (a removed user leaves all Workspaces); release notes 2024-05-15",
    rfc: "the service provider decides what active means (RFC 7643 §4.1.1)",
    astro: "the organization membership ends; nothing public says it of Teams, or of the record",
    okta: "must read the user afterwards; pushes groups again by hand only",
    entra: "must read the user afterwards; does not replay memberships after a restore",
  }),
  lastOwner: choice({
    question: "May SCIM deactivate or delete the last active Organization Owner?",
    values: { refuse: "400 mutability", forbid: "403", allow: "yes" },
    default: "refuse",
    evidence: "inferred",
    source: "Astro docs: Manage Organization users (another Owner must exist first), said of the console",
    rfc: "not said",
    astro: "the console refuses; whether SCIM is stopped, and how, is unknown",
    okta: "shows the refusal as a failed task",
    entra: "repeats what was refused, and goes into quarantine after many",
  }),
  userDeletion: choice({
    question: "What is left of a user after DELETE?",
    values: { forgets: "nothing: 404 afterwards", deactivates: "the record, inactive and without Teams" },
    default: "forgets",
    evidence: "inferred",
    source: "RFC 7644 §3.6; Astro release notes 2024-05-15 (SCIM users who belong to no organization)",
    rfc: "404 afterwards, and no part in conflicts (RFC 7644 §3.6)",
    astro: "a record outlives the membership; whether SCIM still shows it is unknown",
    okta: "never deletes users, but for granular deprovisioning",
    entra: "deletes 30 days after the soft delete; its validator expects 404 afterwards",
  }),
  userNameChange: choice({
    question: "May userName be changed?",
    values: { allow: "yes; 409 where it is taken", refuse: "400 mutability" },
    default: "allow",
    evidence: "inferred",
    source: "RFC 7643 §4.1.1; nothing public says whether the account follows",
    rfc: "userName is readWrite (RFC 7643 §8.7.1)",
    astro: "an account is known by its e-mail address; whether SCIM can change it is unknown",
    okta: "sends a changed app username in the next PUT",
    entra: "replaces userName by id; its validator tests it",
  }),
};
