/** Okta's labels for what it says of its own provisioning, and what an administrator does in its console. */

import { otherFindings, type WordsOfFindings } from "../finding-words.ts";

/**
 * Okta: Troubleshoot provisioning (Dashboard > Tasks, Retry Selected; Provision User), Manage Group Push (Push Status), Configure
 * provisioning (Provisioning > To App).
 */
export const oktaFindings: WordsOfFindings = {
  ...otherFindings,
  "toggle-off": {
    title: "Switched off",
    what: "setting is off",
    how: "Provisioning > To App > Edit in Okta, switch it on and save",
  },
  "user-not-provisioned": {
    title: "Assigned in Okta, not provisioned",
    what: "not provisioned",
    how: "fix the error, then Dashboard > Tasks > Retry Selected in Okta; where there is no task, Assignments > Provision User",
  },
  "user-not-in-sync": {
    title: "Changes that Okta did not push",
    what: "change not pushed",
    how: "fix the error, then Dashboard > Tasks > Retry Selected in Okta",
  },
  "user-without-mail": {
    title: "Assigned in Okta, without a value for the userName",
    what: "no value for userName",
    how: "fill in the attribute in the user's profile in Okta, or change Sign On > Application username format",
  },
  "push-mapping-failed": {
    title: "Push Groups: Error",
    what: "push failed",
    how: "fix the error, then Push Groups > Push Status > Push now in Okta; if the Team is gone, unlink the group (Leave the group in the target app) and push it again",
  },
  "push-mapping-inactive": {
    title: "Push Groups: Inactive",
    what: "push deactivated",
    how: "Push Groups > Push Status > Activate group push in Okta, or Unlink pushed group",
  },
  "group-assigned-not-pushed": {
    title: "Groups that are assigned in Okta and not pushed",
    what: "group not pushed",
    how: "Push Groups > Push Groups > Find groups by name in Okta, if there should be a Team of it",
  },
  "group-pushed-not-assigned": {
    title: "Pushed groups with members who are not assigned in Okta",
    what: "members not assigned",
    how: "Assignments > Assign in Okta, if these users should be in the Team",
  },
};
