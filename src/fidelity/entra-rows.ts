/** What is uncertain about Microsoft Entra ID's provisioning service, and how the simulator does it. */

import { choice, count } from "./row.ts";

const nobody = "nothing public says";
const compatibility = "Microsoft: Known issues and resolutions with SCIM 2.0 protocol compliance";
const tutorial = "Microsoft: Tutorial: Develop and plan provisioning for a SCIM endpoint";
const logCodes = "Microsoft: Understand how provisioning logs work, error codes";

/** What every request has. */
export const entraWireRows = {
  entraFlagOnWire: choice({
    question: "Does the key aadOptscim062020 of the Tenant URL travel with each request?",
    values: {
      stripped: "it does not",
      first: "it is the first parameter",
      last: "it is the last parameter",
      "first-empty": "it is the first parameter, with a `=` behind it",
      "last-true": "it is the last parameter, with the value true",
    },
    default: "stripped",
    certainty: "unknown",
    source: "no access log is published; vendors document the URL with it",
  }),
  entraVersionHeader: choice({
    question: "Does Entra send a header ADSCIMVersion?",
    values: { "5.0": "ADSCIMVersion: 5.0", none: "it does not" },
    default: "5.0",
    certainty: "observed",
    source:
      "MicrosoftDocs/azure-docs #94189 and #21660; bitwarden/server tells Entra by it; later captures have a date and an activity id in it",
  }),
  entraAcceptHeader: choice({
    question: "Which media type does Entra accept?",
    values: { none: "no Accept header", any: "Accept: */*" },
    default: "none",
    certainty: "inferred",
    source: "MicrosoftDocs/azure-docs #94189: a server took the probe for a browser's and answered 406",
  }),
  entraParallelRequests: count({
    question: "How many objects are provisioned at the same time?",
    least: 1,
    most: 100,
    default: 1,
    certainty: "unknown",
    source: "asked in Microsoft Q&A 1250317",
  }),
};

export const entraUserRows = {
  entraUserSchemas: choice({
    question: "Which schemas does POST /Users name?",
    values: {
      enterprise: "core and enterprise, whatever is mapped",
      core: "core alone, unless an enterprise attribute is mapped",
    },
    default: "enterprise",
    certainty: "documented",
    source: `${tutorial} (create user); its examples with roles name the core schema alone`,
  }),
  entraEmptyRoles: choice({
    question: "Does POST /Users carry an empty list of roles where none are mapped?",
    values: { none: "it does not", send: '"roles": []' },
    default: "none",
    certainty: "inferred",
    source: `${tutorial} (its example has the list, and many more mappings)`,
  }),
  entraPatchVerb: choice({
    question: "Is a changed attribute sent with Add or with Replace?",
    values: {
      presence: "Add where the target's representation lacks it, Replace where it has a value",
      replace: "always Replace",
      add: "always Add",
    },
    default: "presence",
    certainty: "inferred",
    source: "rancher/rancher #54025 shows Add for an attribute that the server never returned",
  }),
  entraLegacyBooleans: choice({
    question: "Without the flag, how does a boolean stand in a PATCH?",
    values: { text: '"True" or "False"', json: "true or false, as in the tutorial" },
    default: "text",
    certainty: "documented",
    source: `${compatibility}; ${tutorial} shows a legacy PATCH with a boolean`,
  }),
  entraLegacyAttributes: choice({
    question: "Without the flag, how do several changed attributes stand in a PATCH?",
    values: {
      each: "one operation for each, with a path",
      merged: "in one operation without a path, its verb with a capital",
    },
    default: "each",
    certainty: "documented",
    source: `${compatibility}; older reports show Replace without a path`,
  }),
  entraActiveAmongOthers: choice({
    question: "With the flag, where does active stand when other attributes change, too?",
    values: { merged: "with them in the operation without a path", own: "in an operation of its own" },
    default: "merged",
    certainty: "unknown",
    source: `${nobody}; alone it has an operation with a path (${compatibility})`,
  }),
  entraSingleAttribute: choice({
    question: "With the flag, which form has the change of one single attribute?",
    values: { pathless: "an operation without a path", path: "an operation with a path" },
    default: "pathless",
    certainty: "observed",
    source: `requests of the Microsoft SCIM Validator; ${compatibility} shows an add with a path`,
  }),
  entraReadBeforeUpdate: choice({
    question: "Is an account read by its id before it is updated?",
    values: { get: "GET /Users/{id} goes first", none: "what was sent last is what counts" },
    default: "get",
    certainty: "documented",
    source: `${tutorial} (retrieve a known user, get user)`,
  }),
  entraEnableLookUp: choice({
    question: "How is an account found that is to be enabled again?",
    values: { filter: "by the matching attribute, then changed by its id", id: "by its id alone" },
    default: "filter",
    certainty: "observed",
    source: "onyx-dot-app/onyx PR #14074 saw the look-up; Microsoft Q&A 923479 tells of stored ids",
  }),
  entraGoneAccount: choice({
    question: "What if an account that Entra knows is gone (404)?",
    values: {
      "match-again": "it is matched again, and created where nothing is found",
      "invalid-anchor": "InvalidAnchor, until provisioning is restarted",
    },
    default: "match-again",
    certainty: "inferred",
    source: `${logCodes} has InvalidAnchor and asks for a restart; ${nobody} which comes first`,
  }),
  entraCreateRetry: choice({
    question: "How does a later cycle take up a creation that failed?",
    values: { post: "with the POST alone", match: "with the look-up" },
    default: "post",
    certainty: "observed",
    source: "Microsoft Q&A 1151866: a 201 that was lost led to a loop of 409",
  }),
  entraTextCompare: choice({
    question: "Does a change of capital and small letters alone count as a change?",
    values: { schema: "as caseExact in the schema says", exact: "always" },
    default: "schema",
    certainty: "documented",
    source: "Microsoft: Reference for writing expressions (ToLower), of attributes that are caseExact",
  }),
  entraManagerForm: choice({
    question: "How is a manager sent?",
    values: {
      text: "the id as a text",
      object: "an object with the id as its value",
      list: "a list with $ref and value, as in the tutorial",
    },
    default: "text",
    certainty: "observed",
    source: `requests of the Microsoft SCIM Validator of 2025; ${tutorial}`,
  }),
  entraManagerRemoval: choice({
    question: "How is a manager taken away?",
    values: {
      remove: "with remove",
      "empty-text": "replaced by an empty text",
      "empty-object": "replaced by an object whose value is empty",
    },
    default: "remove",
    certainty: "observed",
    source: "requests of the Microsoft SCIM Validator of 2025 have all three",
  }),
  entraManagerCheck: choice({
    question: "Does Entra ask whether somebody is the manager before it says so?",
    values: {
      none: "it does not",
      filter: 'filter=id eq "…" and manager eq "…", and no PATCH where it is so',
    },
    default: "none",
    certainty: "documented",
    source: `${tutorial} (queries of reference attributes); captures lack it`,
  }),
  entraSwitchNull: choice({
    question: "Is a Switch null in an update that another attribute has triggered?",
    values: { off: "it is not", on: "it is" },
    default: "off",
    certainty: "documented",
    source:
      "Microsoft: Reference for writing expressions (Switch), which advises IIF; not every tenant sees it",
  }),
};

/** Groups and their members. */
export const entraGroupRows = {
  entraGroupSchemas: choice({
    question: "Which schemas does POST /Groups name?",
    values: { core: "core alone", adscim: "core and Microsoft's ADSCIM/2.0/Group" },
    default: "core",
    certainty: "observed",
    source: `a capture of 2021 (pingidentity/scim2 #174); ${tutorial} still has both`,
  }),
  entraMembersPerPatch: count({
    question: "How many members does one PATCH of a group add or remove at most?",
    least: 1,
    most: 10_000,
    default: 100,
    certainty: "unknown",
    source: "no size is documented; captures show several members in one PATCH",
  }),
  entraMemberRef: choice({
    question: "Has a member in a PATCH a $ref?",
    values: { none: "no $ref", null: '"$ref": null' },
    default: "none",
    certainty: "observed",
    source: `captures without it; ${tutorial} shows null`,
  }),
  entraMemberCheck: choice({
    question: "Does Entra ask whether somebody is a member before it adds them?",
    values: { none: "it does not", filter: 'filter=id eq "…" and members eq "…", and no add where it is so' },
    default: "none",
    certainty: "documented",
    source: `${tutorial} (queries of reference attributes); Stratsys documents the filter; captures lack it`,
  }),
  entraReadBeforeMembers: choice({
    question: "Is a group read before its members change?",
    values: { get: "GET /Groups/{id}?excludedAttributes=members goes first", none: "it is not" },
    default: "get",
    certainty: "documented",
    source: `${tutorial} (get group)`,
  }),
  entraLateMember: choice({
    question: "What of a member who comes into scope after the group was provisioned?",
    values: {
      restart: "the membership is not noticed until provisioning is restarted",
      cycle: "the next cycle adds it",
    },
    default: "restart",
    certainty: "documented",
    source: "Microsoft: Known issues for provisioning in Microsoft Entra ID",
  }),
  entraRestartMembers: choice({
    question: "Which members does the initial cycle after a restart add?",
    values: { all: "all of them again", missing: "those that were never sent" },
    default: "all",
    certainty: "inferred",
    source: "Microsoft: a restart brings back memberships after a restore; Microsoft Q&A 2278290",
  }),
};

/** Cycles, and what ends or slows them. */
export const entraCycleRows = {
  entraRestartLinks: choice({
    question: "Do the links to the target's objects outlast a restart?",
    values: { keep: "they do", forget: "every object is matched again" },
    default: "keep",
    certainty: "unknown",
    source: `Graph has the reset scope Full beside those of a restart; ${logCodes} (InvalidAnchor) contradicts`,
  }),
  entraRateLimit: choice({
    question: "What does Entra do about a 429?",
    values: {
      "next-cycle": "the object fails, and a later cycle takes it up",
      "retry-after": "it waits for Retry-After, and sends the request again",
    },
    default: "next-cycle",
    certainty: "observed",
    source: "UserVoice and Microsoft Q&A contradict each other",
  }),
  entraEscrowRetry: choice({
    question: "When are objects that failed tried again?",
    values: {
      growing: "in the next cycle, then at growing intervals up to a day",
      ladder: "6, 12 and 24 hours after the first failure, then every 24 hours",
    },
    default: "growing",
    certainty: "documented",
    source: "Microsoft: How provisioning works; its quarantine page has the hours",
  }),
  entraDeletionThreshold: choice({
    question: "When does the accidental-deletion threshold stop a cycle?",
    values: { reached: "when it is reached", exceeded: "when it is exceeded" },
    default: "reached",
    certainty: "documented",
    source: "Microsoft: Enable accidental deletions prevention, which says both",
  }),
  entraDeleteGone: choice({
    question: "What is it to Entra that what it deletes is gone already (404)?",
    values: { done: "it is deleted", error: "the object fails" },
    default: "done",
    certainty: "inferred",
    source: "the Microsoft SCIM Validator expects a 404 at a second DELETE",
  }),
  entraOnDemandProbes: count({
    question: "How many probes does provisioning on demand begin with?",
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
    question: "From how many failures are the thresholds of quarantine looked at?",
    least: 1,
    most: 1_000_000,
    default: 5000,
    certainty: "documented",
    source: "Microsoft: Application provisioning in quarantine status",
  }),
  entraQuarantinePercent: count({
    question: "More than how many percent of a cycle's events failed is too much?",
    least: 1,
    most: 100,
    default: 40,
    certainty: "documented",
    source: "Microsoft: Application provisioning in quarantine status",
  }),
  entraQuarantineFailures: count({
    question: "More than how many failures is too much, those of references not counted?",
    least: 1,
    most: 1_000_000,
    default: 40_000,
    certainty: "documented",
    source: "Microsoft: Application provisioning in quarantine status",
  }),
  entraQuarantineTotal: count({
    question: "More than how many failures is too much, those of references counted?",
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
    question: "Which error code is a 400?",
    values: {
      "bad-request": "SystemForCrossDomainIdentityManagementBadRequest",
      "service-incompatible": "SystemForCrossDomainIdentityManagementServiceIncompatible",
    },
    default: "bad-request",
    certainty: "observed",
    source: "seen in the field; kortix/suna #7302 shows the other in a run on demand",
  }),
  entraDuplicatesCode: choice({
    question: "Which error code is a look-up that finds several objects?",
    values: {
      "duplicate-target": "DuplicateTargetEntries",
      "multiple-entries": "SystemForCrossDomainIdentityManagementMultipleEntriesInResponse",
    },
    default: "duplicate-target",
    certainty: "documented",
    source: `${logCodes} has both`,
  }),
  entraConflictCode: choice({
    question: "Which error code is a 409 to a POST?",
    values: { Conflict: "Conflict", EntryConflict: "EntryConflict" },
    default: "Conflict",
    certainty: "documented",
    source: `${logCodes} names both`,
  }),
  entraPatchConflictCode: choice({
    question: "Which error code is a 409 to a PATCH?",
    values: {
      Conflict: "as to a POST",
      filtering: "SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering",
    },
    default: "Conflict",
    certainty: "observed",
    source: "Microsoft Q&A 1185756 shows the other",
  }),
};
