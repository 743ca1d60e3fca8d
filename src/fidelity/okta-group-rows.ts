/** What is uncertain about Okta's group push. */

import { choice } from "./row.ts";

export const oktaGroupRows = {
  groupPostMembers: choice({
    question: "Does POST /Groups carry the members?",
    values: {
      integration: "manual: it does; catalog and wizard: it carries an empty list",
      with: "it does",
      without: "it carries an empty list",
    },
    default: "integration",
    certainty: "observed",
    source:
      "Okta: Okta and SCIM Version 2.0 (empty); ory/polis #3136 shows members from an app of the wizard of old",
  }),
  groupPostFollowUp: choice({
    question: "Does a full push follow a POST /Groups that carried the members?",
    values: { push: "it does", none: "it does not" },
    default: "push",
    certainty: "inferred",
    source: "Okta: Okta and SCIM Version 2.0 (members follow in a second request)",
  }),
  groupExtension: choice({
    question: "Does POST /Groups carry Okta's extension with the description of the group?",
    values: { none: "it does not", description: "urn:okta:custom:group:1.0 with a description" },
    default: "none",
    certainty: "observed",
    source: "Okta: SCIM 1.1 reference (always sent); lightdash #28062 shows a further URN from a 2.0 app",
  }),
  linkedMembers: choice({
    question: "What becomes of the members of a Team that a group is linked to?",
    values: {
      replace: "they go: the group's members replace them",
      add: "they stay, and the group's are added",
    },
    default: "add",
    certainty: "inferred",
    source:
      "Okta: OIN test plan (C9315, C9330), where members stay until Push now; Okta: Group Push says of Active Directory that extra members are removed",
  }),
  fullPushForm: choice({
    question: "Which PATCH replaces all members?",
    values: {
      path: 'replace with the path "members"',
      pathless: "replace without a path, with id, displayName and members in its value",
    },
    default: "path",
    certainty: "documented",
    source: "Okta: Okta and SCIM Version 2.0; jelhub/scimgateway #113 has the form without a path",
  }),
  fullPushSplit: choice({
    question: "What if a full push has more members than one PATCH may change?",
    values: {
      split: "a replace with the first ones, adds with the rest",
      single: "one replace with all of them",
    },
    default: "split",
    certainty: "inferred",
    source: "Okta: OIN submission guide (a limit for each PATCH); how a replace is split is not said",
  }),
  groupVerification: choice({
    question: "Is a Team read before a PATCH or a DELETE, to see that it is still there?",
    values: { none: "it is not", get: "GET /Groups/{id} goes first" },
    default: "none",
    certainty: "inferred",
    source: "Okta: Okta and SCIM Version 2.0 (there are situations); the samples show none",
  }),
  deletedGroupGone: choice({
    question: "What is it to Okta that the group it deletes is gone already (404)?",
    values: { done: "the group is unlinked", error: "the mapping goes to ERROR" },
    default: "done",
    certainty: "unknown",
    source: "nothing public says; Okta: System Log event types has verify_exists for Enhanced Group Push",
  }),
};
