/** What is uncertain about groups and members of Microsoft Entra ID, and how the simulator does it. */

import { choice, count } from "./row.ts";

const tutorial = "Microsoft: Tutorial: Develop and plan provisioning for a SCIM endpoint";
const logCodes = "Microsoft: Understand how provisioning logs work, error codes";

/** Groups and their members. */
export const entraGroupRows = {
  entraGroupSchemas: choice({
    question: "Which schemas does POST /Groups list?",
    values: { core: "only core", adscim: "core and Microsoft's ADSCIM/2.0/Group" },
    default: "core",
    certainty: "observed",
    source: `a capture from 2021 (pingidentity/scim2 #174); ${tutorial} still has both`,
  }),
  entraMembersPerPatch: count({
    question: "What is the maximum number of members that one PATCH of a group adds or removes?",
    least: 1,
    most: 10_000,
    default: 1,
    certainty: "observed",
    source:
      "Captain-P-Goldfish/SCIM-SDK #646 and Infisical/infisical #6471 show one PATCH for each member; Microsoft requires gallery apps to accept several",
  }),
  entraParallelMembers: count({
    question: "How many PATCH requests about the members of one group are sent at once?",
    least: 1,
    most: 100,
    default: 1,
    certainty: "observed",
    source:
      "Captain-P-Goldfish/SCIM-SDK #646 shows up to 5; the default of 1 makes each rehearsal send the same requests in the same order",
  }),
  entraMemberVerb: choice({
    question: "With which operation are members added to a group?",
    values: {
      add: "add, with the new members",
      replace: "replace, with all members that Entra has sent, and the new ones",
    },
    default: "add",
    certainty: "documented",
    source: `${tutorial} (update group, add members); requests of the Microsoft SCIM Validator have replace`,
  }),
  entraMembersReturned: choice({
    question: "What happens if a group is returned with its members, although Entra excluded them?",
    values: {
      error: "the group fails with SystemForCrossDomainIdentityManagementMultipleEntriesInResponse",
      ignored: "nothing: they are ignored",
    },
    default: "error",
    certainty: "documented",
    source: `${logCodes}, about this error code`,
  }),
  entraMemberRef: choice({
    question: "Does a member in a PATCH have a $ref?",
    values: { none: "no $ref", null: '"$ref": null' },
    default: "none",
    certainty: "observed",
    source: `captures without it; ${tutorial} shows null`,
  }),
  entraMemberCheck: choice({
    question: "Does Entra check whether a user is already a member before adding it?",
    values: { none: "no", filter: 'yes: filter=id eq "…" and members eq "…", and no add if it is a member' },
    default: "none",
    certainty: "documented",
    source: `${tutorial} (queries of reference attributes); Stratsys documents the filter; captures lack it`,
  }),
  entraReadBeforeMembers: choice({
    question: "Is a group read before its members change?",
    values: { get: "yes: GET /Groups/{id}?excludedAttributes=members is sent first", none: "no" },
    default: "get",
    certainty: "documented",
    source: `${tutorial} (get group)`,
  }),
  entraLateMember: choice({
    question: "What happens to a member that comes into scope after the group was provisioned?",
    values: {
      restart: "the membership is not added until provisioning is restarted",
      cycle: "the next cycle adds it",
    },
    default: "restart",
    certainty: "documented",
    source: "Microsoft: Known issues for provisioning in Microsoft Entra ID",
  }),
  entraRestartMembers: choice({
    question: "Which members does the initial cycle after a restart add?",
    values: { all: "all members again", missing: "only members that were never sent" },
    default: "all",
    certainty: "inferred",
    source: "Microsoft: a restart brings back memberships after a restore; Microsoft Q&A 2278290",
  }),
};
