/** What is uncertain about Microsoft Entra ID's provisioning service, and how the simulator does it. */

import { choice, count } from "./row.ts";

const undocumented = "not documented";
const compatibility = "Microsoft: Known issues and resolutions with SCIM 2.0 protocol compliance";
const tutorial = "Microsoft: Tutorial: Develop and plan provisioning for a SCIM endpoint";
const logCodes = "Microsoft: Understand how provisioning logs work, error codes";

/** What every request has. */
export const entraWireRows = {
  entraFlagOnWire: choice({
    question: "Is the flag aadOptscim062020 of the Tenant URL sent with each request?",
    values: {
      stripped: "no",
      first: "as the first parameter",
      last: "as the last parameter",
      "first-empty": "as the first parameter, followed by `=`",
      "last-true": "as the last parameter, with the value true",
    },
    default: "stripped",
    certainty: "unknown",
    source: "no published access log shows it; vendors document the URL with it",
  }),
  entraVersionHeader: choice({
    question: "Does Entra send the header ADSCIMVersion?",
    values: { "5.0": "ADSCIMVersion: 5.0", none: "no" },
    default: "5.0",
    certainty: "observed",
    source:
      "MicrosoftDocs/azure-docs #94189 and #21660; bitwarden/server recognizes Entra by it; later captures have a date and an activity id in it",
  }),
  entraAcceptHeader: choice({
    question: "Which Accept header does Entra send?",
    values: { none: "no Accept header", any: "Accept: */*" },
    default: "none",
    certainty: "inferred",
    source:
      "MicrosoftDocs/azure-docs #94189: a server treated the probe as a browser's request and answered 406",
  }),
  entraParallelRequests: count({
    question: "How many objects are provisioned in parallel?",
    least: 1,
    most: 100,
    default: 1,
    certainty: "unknown",
    source:
      "asked in Microsoft Q&A 1250317; Infisical/infisical #6471 and scimmyjs/scimmy #79 show requests in parallel, without a number",
  }),
};

export const entraUserRows = {
  entraUserSchemas: choice({
    question: "Which schemas does POST /Users list?",
    values: {
      enterprise: "core and enterprise, regardless of the mappings",
      core: "only core, unless an enterprise attribute is mapped",
    },
    default: "enterprise",
    certainty: "documented",
    source: `${tutorial} (create user); its examples with roles list only the core schema`,
  }),
  entraEmptyRoles: choice({
    question: "Does POST /Users contain an empty list of roles if none are mapped?",
    values: { none: "no", send: 'yes: "roles": []' },
    default: "none",
    certainty: "inferred",
    source: `${tutorial} (its example has the list, and many more mappings)`,
  }),
  entraPatchVerb: choice({
    question: "Does a changed attribute use Add or Replace?",
    values: {
      presence: "Add if the target has no value, Replace if it has one",
      replace: "always Replace",
      add: "always Add",
    },
    default: "presence",
    certainty: "inferred",
    source: "rancher/rancher #54025 shows Add for an attribute that the server never returned",
  }),
  entraLegacyBooleans: choice({
    question: "Without the flag, how is a boolean sent in a PATCH?",
    values: { text: '"True" or "False"', json: "true or false, as in the tutorial" },
    default: "text",
    certainty: "documented",
    source: `${compatibility}; ${tutorial} shows a legacy PATCH with a boolean`,
  }),
  entraLegacyAttributes: choice({
    question: "Without the flag, how are several changed attributes sent in a PATCH?",
    values: {
      each: "one operation with a path for each",
      merged: "in one operation without a path, with a capitalized op",
    },
    default: "each",
    certainty: "documented",
    source: `${compatibility}; older reports show Replace without a path`,
  }),
  entraActiveAmongOthers: choice({
    question: "With the flag, how is active sent together with other changed attributes?",
    values: { merged: "in the same operation without a path", own: "in a separate operation" },
    default: "merged",
    certainty: "unknown",
    source: `${undocumented}; alone it has an operation with a path (${compatibility})`,
  }),
  entraSingleAttribute: choice({
    question: "With the flag, how is a single changed attribute sent?",
    values: { pathless: "in an operation without a path", path: "in an operation with a path" },
    default: "pathless",
    certainty: "observed",
    source: `requests of the Microsoft SCIM Validator; ${compatibility} shows an add with a path`,
  }),
  entraReadBeforeUpdate: choice({
    question: "Is an account read by its id before it is updated?",
    values: {
      get: "yes: GET /Users/{id} is sent first",
      none: "no: changes are relative to the last values sent",
    },
    default: "get",
    certainty: "documented",
    source: `${tutorial} (retrieve a known user, get user)`,
  }),
  entraEnableLookUp: choice({
    question: "How does Entra find an account that it enables again?",
    values: { filter: "by the matching attribute; then it is changed by its id", id: "by its id only" },
    default: "filter",
    certainty: "observed",
    source: "onyx-dot-app/onyx PR #14074 shows the look-up; Microsoft Q&A 923479 mentions stored ids",
  }),
  entraGoneAccount: choice({
    question: "What happens if a GET shows that a linked account no longer exists (404)?",
    values: {
      "match-again": "it is matched again, and created if nothing is found",
      "invalid-anchor": "InvalidAnchor, until provisioning is restarted",
    },
    default: "match-again",
    certainty: "inferred",
    source: `${logCodes} has InvalidAnchor and asks for a restart; which comes first is ${undocumented}`,
  }),
  entraPatchNotFound: choice({
    question: "What happens if a PATCH is answered 404 and the GET before it was not?",
    values: {
      "invalid-anchor": "the object fails with InvalidAnchor, and stays linked to the same id",
      gone: "the object no longer exists, as after a 404 to a GET",
    },
    default: "invalid-anchor",
    certainty: "inferred",
    source: `${logCodes} (InvalidAnchor); a server may also answer 404 because of a member that it does not know`,
  }),
  entraCreateRetry: choice({
    question: "How does a later cycle retry a failed creation?",
    values: { post: "with only the POST", match: "with the look-up first" },
    default: "post",
    certainty: "observed",
    source: "Microsoft Q&A 1151866: a lost 201 led to repeated 409 answers",
  }),
  entraTextCompare: choice({
    question: "Is a difference in case alone a change?",
    values: { schema: "depends on caseExact in the schema", exact: "yes" },
    default: "schema",
    certainty: "documented",
    source: "Microsoft: Reference for writing expressions (ToLower), about attributes that are caseExact",
  }),
  entraNoneDefault: choice({
    question: "When is the default value of a mapping of type None sent?",
    values: {
      creation: "only when the object is created",
      empty: "also in an update, if the target has no value",
    },
    default: "creation",
    certainty: "documented",
    source:
      "Microsoft: Customize attribute mappings, which says both: default values count only at creation, and None fills an attribute that is ever empty",
  }),
  entraSingleRolePatch: choice({
    question: "How does a PATCH set the role of SingleAppRoleAssignment?",
    values: {
      roles: "with add to roles: JSON text without the flag, the same object as in the POST with it",
      path: 'like any other attribute: with the path roles[primary eq "True"].value',
    },
    default: "roles",
    certainty: "documented",
    source:
      "Microsoft: Customize attribute mappings, Provisioning a role to a SCIM app; tests of other servers have the path, as requests of the Microsoft SCIM Validator do",
  }),
  entraAssertiveRoles: choice({
    question: "Without the flag, how does AssertiveAppRoleAssignmentsComplex send roles in a PATCH?",
    values: {
      text: "each role as JSON text, like the other functions",
      objects: "as in the POST",
    },
    default: "text",
    certainty: "inferred",
    source:
      "Microsoft: Customize attribute mappings; its only example has objects, with a lowercase op as with the flag",
  }),
  entraManagerForm: choice({
    question: "How is a manager sent?",
    values: {
      text: "the id as a string",
      object: "an object with the id as its value",
      list: "a list with $ref and value, as in the tutorial",
    },
    default: "text",
    certainty: "observed",
    source: `requests of the Microsoft SCIM Validator from 2025; ${tutorial}`,
  }),
  entraManagerRemoval: choice({
    question: "How is a manager removed?",
    values: {
      remove: "with remove",
      "empty-text": "replaced by an empty string",
      "empty-object": "replaced by an object with an empty value",
    },
    default: "remove",
    certainty: "observed",
    source: "requests of the Microsoft SCIM Validator from 2025 have all three",
  }),
  entraManagerCheck: choice({
    question: "Does Entra check whether the manager is already set before sending it?",
    values: {
      none: "no",
      filter: 'yes: filter=id eq "…" and manager eq "…", and no PATCH if it is set',
    },
    default: "none",
    certainty: "documented",
    source: `${tutorial} (queries of reference attributes); captures lack it`,
  }),
  entraSwitchNull: choice({
    question: "Does Switch return null in an update that another attribute triggered?",
    values: { off: "no", on: "yes" },
    default: "off",
    certainty: "documented",
    source:
      "Microsoft: Reference for writing expressions (Switch), which advises IIF; not every tenant sees it",
  }),
};

/** Cycles, and what ends or slows them. */
export const entraCycleRows = {
  entraRestartLinks: choice({
    question: "Are the links to the target's objects kept after a restart?",
    values: { keep: "yes", forget: "no: every object is matched again" },
    default: "keep",
    certainty: "unknown",
    source: `Graph has the reset scope Full beside those of a restart; ${logCodes} (InvalidAnchor) contradicts`,
  }),
  entraRateLimit: choice({
    question: "What does Entra do after a 429?",
    values: {
      "next-cycle": "the object fails, and a later cycle retries it",
      "retry-after": "Entra waits for Retry-After and sends the request again",
    },
    default: "next-cycle",
    certainty: "observed",
    source: "UserVoice and Microsoft Q&A contradict each other",
  }),
  entraCycleMinutes: count({
    question: "How many minutes after an incremental cycle does the next one start?",
    least: 1,
    most: 1440,
    default: 40,
    certainty: "documented",
    source:
      "Microsoft: How provisioning works; other pages say 20 to 40 minutes, and lightdash/lightdash #24458 shows the same PATCH again about every 20",
  }),
  entraEscrowRetry: choice({
    question: "When are failed objects retried?",
    values: {
      growing: "in the next cycle, then at growing intervals up to a day",
      cycle: "in every cycle",
      ladder: "6, 12 and 24 hours after the first failure, then every 24 hours",
    },
    default: "growing",
    certainty: "documented",
    source:
      "Microsoft: How provisioning works; its quarantine page has the hours; lightdash/lightdash #24458 shows a retry in every cycle",
  }),
  entraDeletionThreshold: choice({
    question: "When does the accidental deletion threshold stop a cycle?",
    values: { reached: "when it is reached", exceeded: "when it is exceeded" },
    default: "reached",
    certainty: "documented",
    source: "Microsoft: Enable accidental deletions prevention, which says both",
  }),
  entraDeleteGone: choice({
    question: "What happens if an object that Entra deletes no longer exists (404)?",
    values: { done: "it counts as deleted", error: "the object fails" },
    default: "done",
    certainty: "inferred",
    source: "the Microsoft SCIM Validator expects 404 for a second DELETE",
  }),
  entraOnDemandProbes: count({
    question: "How many probes does provisioning on demand send first?",
    least: 1,
    most: 10,
    default: 3,
    certainty: "observed",
    source: "AzureAD/SCIMReferenceCode #63",
  }),
};

/** Quarantine. */
export const entraQuarantineRows = {
  entraQuarantineFrom: count({
    question: "After how many failures do the quarantine thresholds apply?",
    least: 1,
    most: 1_000_000,
    default: 5000,
    certainty: "documented",
    source: "Microsoft: Application provisioning in quarantine status",
  }),
  entraQuarantinePercent: count({
    question: "Which percentage of a cycle's events can fail before quarantine?",
    least: 1,
    most: 100,
    default: 40,
    certainty: "documented",
    source: "Microsoft: Application provisioning in quarantine status",
  }),
  entraQuarantineFailures: count({
    question: "How many failures, without reference failures, are allowed before quarantine?",
    least: 1,
    most: 1_000_000,
    default: 40_000,
    certainty: "documented",
    source: "Microsoft: Application provisioning in quarantine status",
  }),
  entraQuarantineTotal: count({
    question: "How many failures, including reference failures, are allowed before quarantine?",
    least: 1,
    most: 1_000_000,
    default: 60_000,
    certainty: "documented",
    source: "Microsoft: Application provisioning in quarantine status",
  }),
};

/** The error codes of the provisioning logs. */
export const entraErrorRows = {
  entraBadRequestCode: choice({
    question: "Which error code does a 400 get?",
    values: {
      "bad-request": "SystemForCrossDomainIdentityManagementBadRequest",
      "service-incompatible": "SystemForCrossDomainIdentityManagementServiceIncompatible",
    },
    default: "bad-request",
    certainty: "observed",
    source: "seen in practice; kortix/suna #7302 shows the other with provisioning on demand",
  }),
  entraDuplicatesCode: choice({
    question: "Which error code does a look-up with several matches get?",
    values: {
      "duplicate-target": "DuplicateTargetEntries",
      "multiple-entries": "SystemForCrossDomainIdentityManagementMultipleEntriesInResponse",
    },
    default: "duplicate-target",
    certainty: "documented",
    source: `${logCodes} has both`,
  }),
  entraConflictCode: choice({
    question: "Which error code does a 409 to a POST get?",
    values: { Conflict: "Conflict", EntryConflict: "EntryConflict" },
    default: "Conflict",
    certainty: "documented",
    source: `${logCodes} has both`,
  }),
  entraPatchConflictCode: choice({
    question: "Which error code does a 409 to a PATCH get?",
    values: {
      Conflict: "the same as for a POST",
      filtering: "SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering",
    },
    default: "Conflict",
    certainty: "observed",
    source: "Microsoft Q&A 1185756 shows the other",
  }),
};
