/** What is uncertain about Okta's provisioning service: the test of the credentials, and the requests about users. */

import { choice, count } from "./row.ts";

const nobody = "nothing public says";

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

export const oktaLookupRows = {
  lookupValue: choice({
    question: "With which value does Okta look for an account?",
    values: {
      integration: "manual: the app's email; catalog and wizard: the application username",
      email: "the app's email, as with the unique identifier field `email`",
      userName: "the application username",
    },
    default: "integration",
    certainty: "documented",
    source:
      "Okta: Okta and SCIM Version 2.0 (the value is that of the unique identifier field, which Astro's setup page sets to email); no capture shows it",
  }),
  lookupAttribute: choice({
    question: "By which attribute does Okta look for an account?",
    values: {
      userName: 'userName eq "…"',
      email: 'email eq "…"',
      "emails.value": 'emails.value eq "…"',
    },
    default: "userName",
    certainty: "documented",
    source: "Okta: Okta and SCIM Version 2.0; earlier editions left room for another attribute",
  }),
  filterSpace: choice({
    question: "How does a space stand in the filter of a URL?",
    values: { percent: "%20", plus: "+" },
    default: "percent",
    certainty: "observed",
    source: "captures of 2024 and Okta's documentation have %20, the SCIM guide of 2018 has +",
  }),
  severalMatches: choice({
    question: "What if more than one account is found?",
    values: { first: "the first one counts", fail: "the assignment fails" },
    default: "first",
    certainty: "unknown",
    source: nobody,
  }),
};

export const oktaUserRows = {
  profileUpdate: choice({
    question: "How does a changed profile travel?",
    values: {
      integration: "manual and catalog: GET and PUT; wizard: PATCH",
      put: "GET and PUT of the whole user",
      patch: "PATCH: one replace without a path",
    },
    default: "integration",
    certainty: "inferred",
    source:
      "Okta: Okta and SCIM Version 2.0; PATCH where an app is published with Support PATCH for User, which the wizard's apps have on",
  }),
  profilePatchValue: choice({
    question: "What does a PATCH of a profile hold?",
    values: { changed: "the attributes that changed", whole: "every attribute of the app" },
    default: "changed",
    certainty: "unknown",
    source: "no capture is known; by analogy with the PATCH of active",
  }),
  unsetAttributes: choice({
    question: "How does an attribute without a value travel?",
    values: {
      omit: "it is left out; where a PATCH takes a value away, as null",
      null: "as null",
      empty: "as an empty text",
    },
    default: "omit",
    certainty: "inferred",
    source:
      "Okta: OIN test plan C9337 (empty values must cause no error); support article on partial profile push",
  }),
  newUserPassword: choice({
    question: "Does POST /Users carry a password although passwords are not synchronized?",
    values: {
      placeholder: "about eight random characters",
      none: "none, as with the app feature PUSH_NEW_USERS_WITHOUT_PASSWORD",
    },
    default: "placeholder",
    certainty: "documented",
    source: "Okta: Okta and SCIM Version 2.0 (create users)",
  }),
  putPassword: choice({
    question: "Does a PUT of a profile carry a password?",
    values: { none: "none", random: "a random one each time" },
    default: "none",
    certainty: "observed",
    source: "Okta's current samples have none; the captures of the SCIM guide of 2018 have one",
  }),
  userExternalId: choice({
    question: "Does Okta send its own id of a user as externalId?",
    values: { send: "externalId is the Okta user id, 00u…", none: "no externalId" },
    default: "send",
    certainty: "observed",
    source: "Okta: Okta and SCIM Version 2.0: one sample has it, the one with custom attributes has not",
  }),
  emailType: choice({
    question: "Has the e-mail address a type?",
    values: { none: "no type", work: "type work, as with the app's own mapping of emailType left in place" },
    default: "none",
    certainty: "inferred",
    source: "Astro docs: Set up SCIM provisioning, Okta (emailType is not in the table)",
  }),
  linkCycles: choice({
    question: "When is an account that was found activated in a request of its own, before its profile?",
    values: { inactive: "where it is inactive", always: "always" },
    default: "inactive",
    certainty: "observed",
    source:
      "Okta support: Existing SCIM User Being Created at Assignment; forum 27262 shows two PUTs in a row",
  }),
  staleActive: choice({
    question: "What does the PUT of the profile say of active after a reactivation by PUT?",
    values: { fresh: "true", stale: "false, so that the user ends inactive" },
    default: "fresh",
    certainty: "observed",
    source: "Okta developer forum 14380, after a quick reactivation",
  }),
  leaverAccount: choice({
    question: "What becomes of the account of who loses the app?",
    values: {
      deactivate: "active: false",
      delete: "DELETE /Users/{id}, as with granular deprovisioning (July 2026)",
    },
    default: "deactivate",
    certainty: "documented",
    source:
      "Okta: Understanding SCIM; System Log event types name a deletion, whose request is not documented",
  }),
  leaverMemberships: choice({
    question: "Does unassigning a user take it out of the pushed groups?",
    values: {
      keep: "nothing is sent about groups",
      remove: "each pushed group that has the user is updated",
    },
    default: "keep",
    certainty: "inferred",
    source: `${nobody}; captures of an unassignment show no request for groups`,
  }),
};

export const oktaImportRows = {
  importPaging: choice({
    question: "Where does the next page of an import start?",
    values: {
      "by-100": "100 further, however many came",
      "by-received": "behind the last one that came",
    },
    default: "by-100",
    certainty: "inferred",
    source: "Okta: Okta and SCIM Version 2.0 (pages of 100); what it does with shorter pages is not said",
  }),
  importSafeguard: count({
    question: "More than how many percent of the app's users gone stop an import?",
    least: 0,
    most: 100,
    default: 20,
    certainty: "documented",
    source: "Okta: Import safeguards (20 % by default; an administrator may choose)",
  }),
};

/** In which order, and how many at a time. */
export const oktaOrderRows = {
  parallelUsers: count({
    question: "How many users are provisioned at the same time?",
    least: 1,
    most: 100,
    default: 1,
    certainty: "unknown",
    source: `${nobody}; Okta developer forum 33791 has no usable answer`,
  }),
  parallelGroups: count({
    question: "How many groups are pushed at the same time?",
    least: 1,
    most: 100,
    default: 1,
    certainty: "unknown",
    source: `${nobody}; reports of lost members show that calls overlap`,
  }),
  firstPipeline: choice({
    question: "Of what is to be done at one time, do users or groups go first?",
    values: {
      users: "users: groups are pushed with all their members",
      groups:
        "groups: members that are not provisioned yet are left out, until the group changes or is pushed again",
    },
    default: "users",
    certainty: "inferred",
    source: "Okta: Group Push prerequisites; the two are separate, and nothing guarantees an order",
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
  rateLimitDoubling: choice({
    question: "Which wait doubles with each further 429?",
    values: {
      default: "the 300 s where there is no usable Retry-After",
      every: "every wait, that of Retry-After too",
    },
    default: "default",
    certainty: "inferred",
    source:
      "Okta: Understanding SCIM, Handle SCIM server rate limiting (exactly Retry-After; doubles each time)",
  }),
  groupServerErrors: choice({
    question: "Is a group push repeated that a 5xx, a timeout or a cut connection ended?",
    values: {
      updates: "an update or a deletion is, as 501 and a creation are not",
      all: "every request is, as 501 is not",
      final: "the mapping goes to ERROR at once",
    },
    default: "updates",
    certainty: "inferred",
    source:
      "Okta: System Log event types (mapping.update.or.delete.failed is transient and repeated); which statuses is not said",
  }),
  userServerErrors: choice({
    question: "Is a user's job repeated that a 5xx, a timeout or a cut connection ended?",
    values: { final: "it becomes a task", retry: "it is, as 501 is not" },
    default: "final",
    certainty: "unknown",
    source: `${nobody}; Okta staff in the developer forum (22746): a failed task waits for the administrator`,
  }),
  transientAttempts: count({
    question: "How often is such a request sent before its job fails?",
    least: 1,
    most: 100,
    default: 3,
    certainty: "unknown",
    source: nobody,
  }),
  transientWait: count({
    question: "How many seconds lie between such requests?",
    least: 0,
    most: 86_400,
    default: 60,
    certainty: "unknown",
    source: nobody,
  }),
};
