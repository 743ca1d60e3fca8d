/** What is uncertain about Okta's provisioning service: the test of the credentials, and the requests about users. */

import { choice, count } from "./row.ts";

const undocumented = "not documented";

export const oktaConnectionRows = {
  groupsProbe: choice({
    question: "Does the test of the API credentials also read groups?",
    values: {
      "import-groups": "only if Import Groups is ticked (app.importGroups)",
      send: "yes: GET /Groups?startIndex=1&count=100 follows the request for users",
      skip: "no: only users",
    },
    default: "import-groups",
    certainty: "observed",
    source:
      "okta-iam-lifecycle-lab, a capture from October 2026 (Push Groups ticked, Import Groups not: only users); Okta: SCIM 1.1 reference and logfire #2356 have the request for groups",
  }),
};

export const oktaLookupRows = {
  lookupValue: choice({
    question: "Which value does Okta use to look up an account?",
    values: {
      integration: "manual: the app's email; catalog and wizard: the application username",
      email: "the app's email, as if the unique identifier field is `email`",
      userName: "the application username",
    },
    default: "integration",
    certainty: "documented",
    source:
      "Okta: Okta and SCIM Version 2.0 (the value is that of the unique identifier field, which Astro's setup page sets to email); no capture shows it",
  }),
  lookupAttribute: choice({
    question: "Which attribute does Okta use to look up an account?",
    values: {
      userName: 'userName eq "…"',
      email: 'email eq "…"',
      "emails.value": 'emails.value eq "…"',
    },
    default: "userName",
    certainty: "documented",
    source: "Okta: Okta and SCIM Version 2.0; earlier versions allowed another attribute",
  }),
  filterSpace: choice({
    question: "How is a space encoded in the filter of a URL?",
    values: { percent: "%20", plus: "+" },
    default: "percent",
    certainty: "observed",
    source: "captures of 2024 and Okta's documentation have %20, the SCIM guide of 2018 has +",
  }),
  assignmentLookup: choice({
    question: "Is an account looked up at every assignment of a user?",
    values: {
      always: "yes",
      first:
        "only at the first one: if the user is assigned again, or a failed assignment is retried, POST /Users is sent immediately, which is a conflict (409) if the account exists",
    },
    default: "always",
    certainty: "documented",
    source:
      "Okta: Okta and SCIM Version 2.0; Metatavu #114 shows a POST for each user of a group that is assigned again",
  }),
  severalMatches: choice({
    question: "What happens if more than one account is found?",
    values: { first: "Okta uses the first one", fail: "the assignment fails" },
    default: "first",
    certainty: "unknown",
    source: undocumented,
  }),
};

export const oktaUserRows = {
  profileUpdate: choice({
    question: "How is a changed profile sent?",
    values: {
      integration: "manual and catalog: GET and PUT; wizard: PATCH",
      put: "GET and PUT of the whole user",
      patch: "PATCH: one replace without a path",
    },
    default: "integration",
    certainty: "inferred",
    source:
      "Okta: Okta and SCIM Version 2.0; PATCH if an app is published with Support PATCH for User, as the wizard's apps are",
  }),
  profilePatchValue: choice({
    question: "Which attributes does a PATCH of a profile contain?",
    values: { changed: "the attributes that changed", whole: "every attribute of the app" },
    default: "changed",
    certainty: "unknown",
    source: "no capture is known; by analogy with the PATCH of active",
  }),
  unsetAttributes: choice({
    question: "How is an attribute without a value sent?",
    values: {
      omit: "it is left out; a PATCH that removes a value sends null",
      null: "as null",
      empty: "as an empty string",
    },
    default: "omit",
    certainty: "inferred",
    source:
      "Okta: OIN test plan C9337 (empty values must cause no error); support article on partial profile push",
  }),
  stagedUsers: choice({
    question: "When is a staged user who is assigned to the app provisioned?",
    values: {
      activation: "when the user is activated",
      assignment: "immediately, like an active user",
    },
    default: "activation",
    certainty: "inferred",
    source:
      "Okta support: Okta User Remains Stuck in Activating (activation starts the provisioning jobs); okta-mcp-server #38",
  }),
  newUserPassword: choice({
    question: "Does POST /Users contain a password if password sync is off?",
    values: {
      placeholder: "about eight random characters",
      none: "none, as with the app feature PUSH_NEW_USERS_WITHOUT_PASSWORD",
    },
    default: "placeholder",
    certainty: "documented",
    source: "Okta: Okta and SCIM Version 2.0 (create users)",
  }),
  putPassword: choice({
    question: "Does a PUT of a profile contain a password?",
    values: { none: "none", random: "a random one each time" },
    default: "none",
    certainty: "observed",
    source: "Okta's current samples have none; the captures in the SCIM guide of 2018 have one",
  }),
  userExternalId: choice({
    question: "Does Okta send its user id as externalId?",
    values: { send: "externalId is the Okta user id, 00u…", none: "no externalId" },
    default: "send",
    certainty: "observed",
    source: "Okta: Okta and SCIM Version 2.0: one sample has it, the sample with custom attributes does not",
  }),
  emailType: choice({
    question: "Does the e-mail address have a type?",
    values: { none: "no type", work: "type work, as if the app's default mapping of emailType is kept" },
    default: "none",
    certainty: "inferred",
    source: "Astro docs: Set up SCIM provisioning, Okta (emailType is not in the table)",
  }),
  linkCycles: choice({
    question: "When does linking an account activate it in a separate request, before the profile is sent?",
    values: { inactive: "if the account is inactive", always: "always" },
    default: "inactive",
    certainty: "observed",
    source:
      "Okta support: Existing SCIM User Being Created at Assignment; forum 27262 shows two PUTs in a row",
  }),
  activationAttempts: count({
    question:
      "How many times is an assignment tried before it becomes a task, if the answer to the activation says active: false?",
    least: 1,
    most: 100,
    default: 2,
    certainty: "inferred",
    source:
      'snipe-it #14481, suna #4244: "failed due to delay in reactivating remote User. Rescheduling provision job."; how often it is rescheduled, and when, is not documented',
  }),
  unreadableBody: choice({
    question: "Does a PUT or PATCH fail if its answer is a success with a body that is not a JSON object?",
    values: {
      fail: "yes, with the message of Okta's parser",
      ignore: "no: the status decides",
    },
    default: "fail",
    certainty: "inferred",
    source:
      "Okta reads active back from such answers (snipe-it #14481); Metatavu #114 shows the parser's message for plain text",
  }),
  staleActive: choice({
    question: "Which value of active does the profile PUT after a reactivation by PUT have?",
    values: { fresh: "true", stale: "false, so the user is inactive at the end" },
    default: "fresh",
    certainty: "observed",
    source: "Okta developer forum 14380, after a quick reactivation",
  }),
  leaverAccount: choice({
    question: "What happens to the account of a user who is unassigned?",
    values: {
      deactivate: "active: false",
      delete: "DELETE /Users/{id}, as with granular deprovisioning (July 2026)",
    },
    default: "deactivate",
    certainty: "documented",
    source:
      "Okta: Understanding SCIM; the System Log event types include a deletion, but its request is not documented",
  }),
  leaverMemberships: choice({
    question: "Does unassigning a user remove the user from pushed groups?",
    values: {
      keep: "no: nothing is sent about groups",
      remove: "yes: each pushed group with the user is updated",
    },
    default: "keep",
    certainty: "inferred",
    source: `${undocumented}; captures of an unassignment show no request for groups`,
  }),
};

export const oktaImportRows = {
  importPaging: choice({
    question: "Where does the next page of an import start?",
    values: {
      "by-100": "100 after the previous one, regardless of how many were returned",
      "by-received": "after the last one that was returned",
    },
    default: "by-100",
    certainty: "inferred",
    source: "Okta: Okta and SCIM Version 2.0 (pages of 100); shorter pages are not documented",
  }),
  importSafeguard: count({
    question:
      "Which percentage of the app's users can be missing before the import safeguard stops an import?",
    least: 0,
    most: 100,
    default: 20,
    certainty: "documented",
    source: "Okta: Import safeguards (20 % by default; an administrator can change it)",
  }),
};

/** In which order, and how many at a time. */
export const oktaOrderRows = {
  parallelUsers: count({
    question: "How many users are provisioned in parallel?",
    least: 1,
    most: 100,
    default: 1,
    certainty: "unknown",
    source: `${undocumented}; Okta developer forum 33791 has no usable answer`,
  }),
  parallelGroups: count({
    question: "How many groups are pushed in parallel?",
    least: 1,
    most: 100,
    default: 1,
    certainty: "unknown",
    source: `${undocumented}; reports of lost members show that calls overlap`,
  }),
  firstPipeline: choice({
    question: "If users and groups change at the same time, which are provisioned first?",
    values: {
      users: "users: groups are pushed with all their members",
      groups:
        "groups: members that are not provisioned yet are left out until the group changes or is pushed again",
    },
    default: "users",
    certainty: "inferred",
    source: "Okta: Group Push prerequisites; the two are independent and have no guaranteed order",
  }),
};

/** How Okta waits and repeats. */
export const oktaRetryRows = {
  rateLimitAttempts: count({
    question: "How many times is a request sent if each answer is 429, before its job fails?",
    least: 1,
    most: 100,
    default: 10,
    certainty: "documented",
    source:
      "Okta: Understanding SCIM, Handle SCIM server rate limiting (after ten attempts); 11 would mean ten retries",
  }),
  rateLimitDoubling: choice({
    question: "Which wait is doubled after each further 429?",
    values: {
      default: "the default of 300 s, used without a valid Retry-After",
      every: "every wait, including Retry-After",
    },
    default: "default",
    certainty: "inferred",
    source:
      "Okta: Understanding SCIM, Handle SCIM server rate limiting (exactly Retry-After; doubles each time)",
  }),
  groupServerErrors: choice({
    question: "Is a group push retried after a 5xx, a timeout or a closed connection?",
    values: {
      updates: "updates and deletions are retried, but not creations and not after 501",
      all: "every request is retried, but not after 501",
      final: "no: the push mapping goes to ERROR immediately",
    },
    default: "updates",
    certainty: "inferred",
    source:
      "Okta: System Log event types (mapping.update.or.delete.failed is transient and retried); the statuses are not documented",
  }),
  conflictAttempts: count({
    question:
      "How many times is a POST /Users sent, 30 minutes apart, if each answer is 409, before its job fails?",
    least: 1,
    most: 100,
    default: 1,
    certainty: "observed",
    source:
      "better-auth #11111 and Metatavu #114: the badge stays until somebody retries; lightdash #22402 alone reports a repetition about every 30 minutes",
  }),
  userServerErrors: choice({
    question: "Is a user's job retried after a 5xx, a timeout or a closed connection?",
    values: { final: "no: it becomes a task", retry: "yes, but not after 501" },
    default: "final",
    certainty: "unknown",
    source: `${undocumented}; Okta staff in the developer forum (22746): a failed task waits for the administrator`,
  }),
  transientAttempts: count({
    question: "How many times is such a request sent before its job fails?",
    least: 1,
    most: 100,
    default: 3,
    certainty: "unknown",
    source: undocumented,
  }),
  transientWait: count({
    question: "How many seconds are between such requests?",
    least: 0,
    most: 86_400,
    default: 60,
    certainty: "unknown",
    source: undocumented,
  }),
};
