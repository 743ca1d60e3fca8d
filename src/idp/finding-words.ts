/** What findings of a live provider are called, and what an administrator does about them: data of each provider's record. */

import type { FindingKind } from "../directory/provider-finding.ts";

export interface FindingWords {
  /** Heads a list of them; of what concerns the app, the name of a row. */
  readonly title: string;
  /** The trouble in two or three words. */
  readonly what: string;
  /** What an administrator does, in the imperative, with the labels of the console; undefined where nothing has to be done. */
  readonly how: string | undefined;
}

/** Every kind has words: one that a provider does not give has those of `otherFindings`. */
export type WordsOfFindings = Readonly<Record<FindingKind, FindingWords>>;

/** For kinds that a provider's console has no label for. */
export const otherFindings: WordsOfFindings = {
  "job-in-quarantine": {
    title: "In quarantine",
    what: "in quarantine",
    how: "fix the reason, and restart provisioning",
  },
  "job-not-running": { title: "Not running", what: "not running", how: "start provisioning" },
  "toggle-off": { title: "Switched off", what: "setting is off", how: "switch it on" },
  "user-not-provisioned": {
    title: "Assigned, not provisioned",
    what: "not provisioned",
    how: "fix the error, and provision the user again",
  },
  "user-not-in-sync": {
    title: "Changes that were not sent",
    what: "change not sent",
    how: "fix the error, and provision the user again",
  },
  "user-in-escrow": {
    title: "Users with a failed export",
    what: "user's export failed",
    how: "fix the error, and provision the user again",
  },
  "user-skipped": {
    title: "Skipped users",
    what: "user skipped",
    how: "look up the reason in the provider's log",
  },
  "user-without-mail": {
    title: "Users without a value for the userName",
    what: "no value for userName",
    how: "fill in the attribute in the directory",
  },
  "group-in-escrow": {
    title: "Groups with a failed export",
    what: "group's export failed",
    how: "fix the error, and provision the group again",
  },
  "push-mapping-failed": {
    title: "Groups with a failed push",
    what: "push failed",
    how: "fix the error, and push the group again",
  },
  "push-mapping-inactive": {
    title: "Groups with a deactivated push",
    what: "push deactivated",
    how: "activate the push again, or unlink the group",
  },
  "members-cut-off": {
    title: "Teams with members that may be cut off",
    what: "members may be cut off",
    how: "compare the Team in Astro with astro-scim teams show: if Astro itself has no more members, report it to Astronomer, because pushing again does not add them",
  },
  "user-only-nested": {
    title: "Users in nested groups only",
    what: "in nested groups only",
    how: "assign the nested group, or make these users direct members of the assigned one",
  },
  "user-is-guest": { title: "Guests", what: "guest", how: undefined },
  "group-assigned-not-pushed": {
    title: "Groups that are assigned and not pushed",
    what: "group not pushed",
    how: "push the group, if there should be a Team of it",
  },
  "group-pushed-not-assigned": {
    title: "Pushed groups with members who are not assigned",
    what: "members not assigned",
    how: "assign these users, if they should be in the Team",
  },
};
