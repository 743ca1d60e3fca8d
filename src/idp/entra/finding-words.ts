/** Entra ID's labels for what it says of its own provisioning, and what an administrator does in its console. */

import { otherFindings, type WordsOfFindings } from "../finding-words.ts";

/**
 * Microsoft: Application provisioning in quarantine status, On-demand provisioning, Provisioning logs, Customize attribute mappings
 * (Target Object Actions), How provisioning works (nested groups).
 */
export const entraFindings: WordsOfFindings = {
  ...otherFindings,
  "job-in-quarantine": {
    title: "In quarantine",
    what: "in quarantine",
    how: "fix the reason (Provisioning > Update credentials > Test connection, Provisioning logs), then Provisioning > Restart provisioning in Entra ID",
  },
  "job-not-running": {
    title: "Not running",
    what: "not running",
    how: "Provisioning > Start provisioning in Entra ID",
  },
  "toggle-off": {
    title: "Switched off",
    what: "setting is off",
    how: "Provisioning > Edit attribute mappings in Entra ID (for Create, Update and Delete: Target Object Actions), switch it on and save",
  },
  "user-not-provisioned": {
    title: "Assigned in Entra ID, not provisioned",
    what: "not provisioned",
    how: "Provision on demand in Entra ID shows the step at which it stops",
  },
  "user-not-in-sync": {
    title: "Changes that Entra ID did not send",
    what: "change not sent",
    how: "fix the error (Provisioning logs > Failure), then Provision on demand in Entra ID",
  },
  "user-in-escrow": {
    title: "Users in escrow: the last export failed, and Entra ID tries again later",
    what: "user in escrow",
    how: "fix the error (Provisioning logs > Failure), then Provision on demand in Entra ID, or wait for a later cycle",
  },
  "user-skipped": {
    title: "Users that Entra ID skips",
    what: "user skipped",
    how: "Provisioning logs > Skipped in Entra ID, tab Steps, names the rule; then Provision on demand",
  },
  "user-without-mail": {
    title: "Assigned in Entra ID, without a value for the userName (skipped)",
    what: "no value for userName",
    how: "fill in the attribute of the user in Entra ID, or map userName to another one (Provisioning > Edit attribute mappings)",
  },
  "group-in-escrow": {
    title: "Groups in escrow: the last export failed, and Entra ID tries again later",
    what: "group in escrow",
    how: "fix the error (Provisioning logs > Failure), then Provision on demand in Entra ID, or wait for a later cycle",
  },
  "user-only-nested": {
    title: "Users in nested groups only: Entra ID provisions direct members alone",
    what: "in nested groups only",
    how: "Users and groups in Entra ID: assign the nested group, or make these users direct members of the assigned one",
  },
};
