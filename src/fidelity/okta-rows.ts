/** What is uncertain about Okta's provisioning service, and how the simulator does it. */

import { choice, count } from "./row.ts";

/** What the administrator's test of the credentials sends. */
export const oktaConnectionRows = {
  groupsProbe: choice({
    question: "Does the test of the credentials ask for groups, too?",
    values: {
      send: "GET /Groups?startIndex=1&count=100 follows the probe of users",
      skip: "users only",
    },
    default: "send",
    certainty: "inferred",
    source: "Okta: SCIM 1.1 reference, which tells it of 1.1; nothing says it of 2.0",
  }),
};

/** How Okta waits and repeats. */
export const oktaRetryRows = {
  rateLimitAttempts: count({
    question: "How often is a request sent that is answered 429 each time, before its job fails for good?",
    least: 1,
    most: 100,
    default: 10,
    certainty: "documented",
    source:
      "Okta: Understanding SCIM, Handle SCIM server rate limiting (after ten attempts); 11 reads it as ten repetitions",
  }),
};

/** Group push. */
export const oktaGroupRows = {
  deletedGroupGone: choice({
    question: "What is it to Okta that the group it deletes is gone already (404)?",
    values: { done: "the group is unlinked", error: "the mapping goes to ERROR" },
    default: "done",
    certainty: "unknown",
    source: "nothing public says; Okta: System Log event types has verify_exists for Enhanced Group Push",
  }),
};
