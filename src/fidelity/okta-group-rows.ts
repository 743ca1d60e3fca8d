/** What is uncertain about Okta's group push. */

import { choice } from "./row.ts";

export const oktaGroupRows = {
  groupPostMembers: choice({
    question: "Does POST /Groups contain the members?",
    values: {
      integration: "manual: yes; catalog and wizard: it contains an empty list",
      with: "yes",
      without: "no: it contains an empty list",
    },
    default: "integration",
    certainty: "observed",
    source:
      "Okta: Okta and SCIM Version 2.0 (empty); ory/polis #3136 shows members from an app of the earlier wizard",
  }),
  groupPostFollowUp: choice({
    question: "Does a full push follow a POST /Groups with members?",
    values: { push: "yes", none: "no" },
    default: "push",
    certainty: "inferred",
    source: "Okta: Okta and SCIM Version 2.0 (members follow in a second request)",
  }),
  groupExtension: choice({
    question: "Does POST /Groups contain Okta's extension with the description of the group?",
    values: { none: "no", description: "urn:okta:custom:group:1.0 with a description" },
    default: "none",
    certainty: "observed",
    source: "Okta: SCIM 1.1 reference (always sent); lightdash #28062 shows a further URN from a 2.0 app",
  }),
  linkedMembers: choice({
    question: "What happens to the members of a Team when a group is linked to it?",
    values: {
      replace: "they are removed: the group's members replace them",
      add: "they stay, and the group's members are added",
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
    question: "What happens if a full push has more members than one PATCH can change?",
    values: {
      split: "a replace with the first members, then adds with the rest",
      single: "one replace with all members",
    },
    default: "split",
    certainty: "inferred",
    source: "Okta: OIN submission guide (a limit for each PATCH); how a replace is split is not documented",
  }),
  groupVerification: choice({
    question: "Is a Team read before a PATCH or DELETE, to check that it exists?",
    values: { none: "no", get: "yes: GET /Groups/{id} is sent first" },
    default: "none",
    certainty: "inferred",
    source: "Okta: Okta and SCIM Version 2.0 (in some situations); the samples do not show it",
  }),
  deletedGroupGone: choice({
    question: "What happens if a group that Okta deletes no longer exists (404)?",
    values: { done: "the group is unlinked", error: "the push mapping goes to ERROR" },
    default: "done",
    certainty: "unknown",
    source: "not documented; Okta: System Log event types has verify_exists for Enhanced Group Push",
  }),
};
