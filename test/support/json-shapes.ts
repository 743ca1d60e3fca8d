/** The documented JSON shapes (docs/json.md) as schemas that know no further field: a new one is documented first. */

import { loggedActions } from "../../src/directory/provider-history.ts";
import { causeIds } from "../../src/why/causes/cause.ts";
import * as z from "zod";
import { findingShape, notEvaluatedShape } from "./finding-shapes.ts";

const subject = z.strictObject({
  kind: z.enum(["user", "team"]),
  name: z.string(),
  scimId: z.string().nullable(),
});

const member = z.strictObject({
  userName: z.string(),
  scimId: z.string().nullable(),
  account: z.enum(["active", "inactive", "missing"]),
});

const role = z.strictObject({
  role: z.string(),
  scope: z.enum(["organization", "workspace", "deployment", "dag"]),
  of: z.string().nullable(),
});
const roles = z.array(role).nullable();
const rolesThroughTeams = z.array(role.extend({ team: z.string() })).nullable();

const team = z.strictObject({ name: z.string(), scimId: z.string(), members: z.int() });

const change = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.enum(["user-missing", "user-invite-pending", "user-inactive", "user-banned"]),
    subject,
  }),
  z.strictObject({
    kind: z.literal("user-renamed"),
    subject,
    expected: z.string(),
    held: z.string(),
    evidence: z.enum(["external-id", "linked"]),
  }),
  z.strictObject({
    kind: z.literal("user-link-broken"),
    subject,
    problem: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("gone"), scimId: z.string() }),
      z.strictObject({
        kind: z.enum(["other-user", "other-account"]),
        scimId: z.string(),
        name: z.string(),
      }),
      z.strictObject({ kind: z.literal("not-linked"), why: z.string() }),
    ]),
    mend: z.string(),
  }),
  z.strictObject({
    kind: z.literal("team-link-broken"),
    subject,
    problem: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("gone"), scimId: z.string() }),
      z.strictObject({
        kind: z.enum(["other-group", "other-team"]),
        scimId: z.string(),
        name: z.string(),
      }),
      z.strictObject({ kind: z.literal("not-linked"), why: z.string() }),
      z.strictObject({ kind: z.literal("push-failed"), scimId: z.string(), why: z.string() }),
    ]),
    mend: z.string(),
  }),
  z.strictObject({
    kind: z.literal("user-attribute-differs"),
    subject,
    attribute: z.string(),
    expected: z.string().nullable(),
    held: z.string().nullable(),
    expectedAccount: z.string().nullable().exactOptional(),
    heldAccount: z.string().nullable().exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("user-left-over"),
    subject,
    reason: z.string(),
    link: z.enum(["linked", "not-linked"]).nullable(),
    roles,
    rolesThroughTeams,
  }),
  z.strictObject({
    kind: z.literal("user-never-linked"),
    subject,
    user: z.string().nullable(),
    evidence: z.enum(["hidden-from-scim", "scim-disabled", "no-external-id"]),
    reason: z.string().nullable(),
    roles,
    rolesThroughTeams,
  }),
  z.strictObject({
    kind: z.literal("user-duplicate"),
    subject,
    user: z.string(),
    evidence: z.enum(["case", "plus-address", "old-user-name"]),
    reason: z.string(),
    roles,
    rolesThroughTeams,
  }),
  z.strictObject({
    kind: z.literal("team-left-over"),
    subject,
    evidence: z.enum(["linked", "idp-managed"]),
    roles,
    users: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal("team-missing"), subject, members: z.array(member) }),
  z.strictObject({
    kind: z.literal("team-renamed"),
    subject,
    expected: z.string(),
    held: z.string(),
    evidence: z.enum(["linked", "same-members"]),
  }),
  z.strictObject({
    kind: z.literal("team-members-differ"),
    subject,
    missing: z.array(member),
    leftOver: z.array(member),
    unknownMembers: z.array(z.string()),
    unseenMembers: z.array(
      z.strictObject({ scimId: z.string(), is: z.enum(["hidden", "group", "unreadable"]) }),
    ),
  }),
]);

const warning = z.strictObject({ entry: z.string(), problem: z.enum(["matches-nobody", "blanks"]) });

/** `diff --json`. */
export const driftShape = z.strictObject({
  schemaVersion: z.literal(2),
  status: z.enum(["same", "different", "unknown"]),
  cannotTell: z.array(
    z.strictObject({
      what: z.literal("members"),
      team: z.strictObject({ name: z.string(), scimId: z.string() }),
      reason: z.string(),
      expected: z.array(member),
    }),
  ),
  notCompared: z.array(
    z.strictObject({
      attribute: z.string(),
      why: z.enum([
        "only-at-creation",
        "never-the-same",
        "never-returned",
        "refers-to-no-account",
        "unknown-id",
        "only-added",
        "not-kept",
        "not-evaluated",
        "not-in-iam",
        "inactive-may-be-hidden",
      ]),
      reason: z.string(),
      users: z.number(),
    }),
  ),
  compared: z.strictObject({
    expectedUsers: z.int(),
    tolerated: z.int(),
    expectedTeams: z.int(),
    heldUsers: z.int(),
    heldTeams: z.int(),
    expectedMemberships: z.int(),
    heldMemberships: z.int(),
  }),
  changes: z.array(change),
  findings: z.array(findingShape),
  notEvaluated: z.array(notEvaluatedShape),
  assumed: z.array(z.strictObject({ setting: z.string(), value: z.string(), why: z.string() })),
  iam: z.strictObject({
    status: z.enum(["read", "unreadable", "not-asked"]),
    reason: z.string().nullable(),
    isScimEnabled: z.boolean().nullable(),
    isOnlySource: z.boolean(),
  }),
  apisDisagree: z.array(
    z.strictObject({
      user: z.strictObject({ name: z.string(), scimId: z.string() }),
      scim: z.enum(["active", "inactive"]),
      iam: z.enum(["not-listed", "ACTIVE", "INACTIVE", "PENDING"]),
      reason: z.string(),
    }),
  ),
  iamRemarks: z.array(
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.enum(["team-made-in-astro", "team-without-roles"]), team }),
      z.strictObject({ kind: z.literal("team-roles-without-members"), team, roles: z.array(role) }),
      z.strictObject({
        kind: z.literal("role-held-twice"),
        user: z.strictObject({ name: z.string(), scimId: z.string() }),
        role,
        teams: z.array(team),
      }),
    ]),
  ),
  teamsNotCompared: z.string().nullable(),
  unexplainedTeams: z.array(team),
  localTeams: z.array(team),
  leftAsFound: z.array(z.strictObject({ userName: z.string(), scimId: z.string(), reason: z.string() })),
  selfMendingLinks: z.array(change),
  protected: z.array(change),
  responsibleFor: z.array(
    z.strictObject({
      domains: z.array(z.string()).nullable(),
      teams: z.array(z.string()).nullable(),
      statedBy: z.string(),
    }),
  ),
  outside: z.strictObject({
    users: z.array(
      z.strictObject({
        userName: z.string(),
        scimId: z.string(),
        active: z.boolean(),
        domain: z.string().nullable(),
        linked: z.boolean(),
        teams: z.array(z.string()),
      }),
    ),
    teams: z.array(
      z.strictObject({ name: z.string(), scimId: z.string(), members: z.int(), linked: z.boolean() }),
    ),
    provisioned: z.array(
      z.strictObject({ kind: z.enum(["user", "team"]), name: z.string(), scimId: z.string().nullable() }),
    ),
  }),
  suggestedResponsibleFor: z.strictObject({ domains: z.array(z.string()) }).nullable(),
  warnings: z.array(warning),
  ssoOnly: z.array(
    z.strictObject({
      user: z.string(),
      userName: z.string().nullable(),
      account: z.enum(["active", "inactive", "missing"]),
      scimId: z.string().nullable(),
    }),
  ),
  unmappable: z.array(z.strictObject({ user: z.string(), reason: z.string() })),
});

const okta = {
  subject: z.strictObject({ kind: z.enum(["user", "group", "app"]), name: z.string() }),
  job: z.enum([
    "assign",
    "push-profile",
    "deactivate",
    "push-group",
    "update-group",
    "push-now",
    "deactivate-push",
    "unlink-group",
    "delete-group",
    "import-users",
    "import-groups",
    "provision-user",
    "delete-user",
    "provision-group",
    "update-members",
    "update-manager",
  ]),
};

const failure = {
  code: z.string().optional(),
  sentence: z.string(),
  reason: z.string(),
  explanation: z.string().nullable(),
};

const outcome = z.discriminatedUnion("status", [
  z.strictObject({
    status: z.literal("done"),
    did: z.enum([
      "created",
      "linked",
      "reactivated",
      "enabled",
      "updated",
      "deactivated",
      "disabled",
      "deleted",
      "imported",
    ]),
    imported: z
      .strictObject({
        scanned: z.int(),
        added: z.array(z.string()),
        updated: z.int(),
        unchanged: z.int(),
        removed: z.array(z.string()),
        waiting: z.array(
          z.strictObject({
            name: z.string(),
            match: z.enum(["exact", "partial"]).nullable(),
            proposed: z.string().nullable(),
          }),
        ),
      })
      .optional(),
    group: z
      .strictObject({
        added: z.array(z.string()),
        removed: z.array(z.string()),
        renamedFrom: z.string().nullable(),
      })
      .optional(),
    ignoredMembers: z.array(z.string()).min(1).optional(),
  }),
  z.strictObject({ status: z.literal("nothing-sent"), why: z.string() }),
  z.strictObject({ status: z.literal("failed"), ...failure }),
  z.strictObject({
    status: z.literal("interrupted"),
    after: z.string().nullable(),
    wrote: z.enum(["nothing", "something", "unknown"]),
  }),
]);

const cycle = z.strictObject({
  number: z.int(),
  cycle: z.enum(["initial", "incremental"]),
  at: z.iso.datetime(),
  stopped: z.string().nullable(),
  quarantine: z.string().nullable(),
});

const run = {
  requests: z.int(),
  cycles: z.array(cycle).optional(),
  jobs: z.array(z.strictObject({ ...okta, requests: z.int(), outcome })),
  notBegun: z.array(z.strictObject(okta)),
};

const unmet = z.union([
  z.strictObject({
    kind: z.enum(["user", "group"]),
    name: z.string(),
    what: z.string(),
    expected: z.json(),
    got: z.json(),
    hint: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal("request"),
    name: z.string(),
    what: z.literal("count"),
    expected: z.strictObject({ min: z.int(), max: z.int().nullable() }),
    got: z.strictObject({ count: z.int(), sent: z.array(z.string()) }),
  }),
  z.strictObject({
    kind: z.literal("error"),
    name: z.string(),
    what: z.literal("happened"),
    expected: z.boolean(),
    got: z.strictObject({ count: z.int(), failures: z.array(z.string()) }),
  }),
  z.strictObject({
    kind: z.literal("observation"),
    name: z.string(),
    what: z.literal("observed"),
    expected: z.literal(true),
    got: z.strictObject({ codes: z.array(z.string()) }),
  }),
  z.strictObject({
    kind: z.literal("drift"),
    name: z.literal("drift"),
    what: z.literal("differences"),
    expected: z.array(z.record(z.string(), z.json())),
    got: z.array(z.record(z.string(), z.json())),
  }),
]);

/** `simulate okta --json`, `simulate entra --json`. */
export const simulationShape = z.strictObject({
  schemaVersion: z.literal(2),
  status: z.enum(["ok", "failed", "interrupted", "unknown"]),
  provider: z.enum(["okta", "entra"]),
  integration: z.enum(["catalog", "manual", "wizard", "non-gallery", "gallery"]),
  fixture: z.string(),
  target: z.url().nullable(),
  requests: z.int(),
  credentialsTest: z.strictObject({ requests: z.int() }),
  first: z.strictObject(run),
  steps: z.array(
    z.strictObject({
      number: z.int(),
      name: z.string(),
      at: z.iso.datetime(),
      ...run,
      unmet: z.array(unmet).nullable(),
      notChecked: z.string().nullable(),
      harmful: z.array(z.string()),
    }),
  ),
  stepsNotBegun: z.array(z.string()),
  unmet: z.array(unmet).nullable(),
  pushGroups: z
    .array(
      z.strictObject({
        group: z.string(),
        team: z.string(),
        status: z.enum(["ACTIVE", "INACTIVE", "ERROR"]),
        members: z.int(),
      }),
    )
    .optional(),
  openTasks: z.array(z.strictObject({ ...okta, ...failure, since: z.iso.datetime() })),
  observations: z.array(
    z.strictObject({
      code: z.enum([
        "filter-ignored",
        "several-hits",
        "others-among-hits",
        "count-ignored",
        "counter-is-text",
        "counter-is-wrong",
        "value-not-stored",
        "members-not-stored",
        "no-id",
        "other-id",
        "password-returned",
        "error-is-no-scim",
        "created-without-201",
        "media-type",
      ]),
      harmful: z.boolean(),
      fails: z.boolean(),
      subject: okta.subject.nullable(),
      request: z.string(),
      sentence: z.string(),
    }),
  ),
  comparison: z.discriminatedUnion("status", [
    z.strictObject({ status: z.literal("compared"), expected: z.boolean().nullable(), drift: driftShape }),
    z.strictObject({ status: z.literal("not-compared"), reason: z.string() }),
  ]),
});

/** `push-group`, `resync`, `delete` with `--json`. */
export const repairShape = z.strictObject({
  schemaVersion: z.literal(1),
  command: z.enum(["push-group", "resync", "delete", "diff", "cleanup", "undo"]),
  status: z.enum([
    "done",
    "nothing-to-do",
    "planned",
    "refused",
    "stale",
    "failed",
    "incomplete",
    "unreachable",
    "interrupted",
  ]),
  target: z.url().nullable(),
  savedTo: z.string().nullable(),
  readFrom: z.string().nullable(),
  operations: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum([
        "create-user",
        "activate-user",
        "update-user",
        "rename-user",
        "create-team",
        "rename-team",
        "add-members",
        "restore-user-roles",
        "restore-team-roles",
        "remove-members",
        "delete-team",
        "deactivate-user",
        "delete-user",
        "assign-user",
        "reassign-user",
        "renew-assignment",
        "provision-user",
        "push-group",
        "renew-push-mapping",
        "provision-group",
      ]),
      subject,
      summary: z.string(),
      way: z.strictObject({ through: z.enum(["scim", "okta", "entra"]), why: z.string().nullable() }),
      takesAway: z
        .strictObject({
          roles: z.array(z.string()),
          throughTeams: z.array(z.string()),
          users: z.array(z.string()),
        })
        .nullable(),
      outcome: z
        .strictObject({
          status: z.enum(["done", "not-confirmed", "partly", "unknown", "failed", "stale", "not-done"]),
          reason: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
  outside: z.strictObject({ users: z.int(), teams: z.int() }),
  leftOut: z.array(
    z.strictObject({
      code: z.string(),
      kind: z.enum(["user", "team"]),
      name: z.string(),
      reason: z.string(),
    }),
  ),
  warnings: z.array(warning),
  notes: z.array(z.string()),
  refusals: z.array(
    z.strictObject({ rule: z.string(), reason: z.string(), allowedBy: z.string().nullable() }),
  ),
});

/** `check --json`. */
export const checkShape = z.strictObject({
  schemaVersion: z.literal(1),
  target: z.string().nullable(),
  organizationId: z.string().nullable(),
  provider: z.enum(["okta", "entra"]).nullable(),
  startedAt: z.iso.datetime(),
  durationMs: z.int(),
  exitStatus: z.int(),
  counts: z.strictObject({
    pass: z.int(),
    warning: z.int(),
    fail: z.int(),
    unknown: z.int(),
    "not-applicable": z.int(),
    skipped: z.int(),
  }),
  checks: z.array(
    z.strictObject({
      id: z.string(),
      group: z.enum(["connection", "token", "scim", "health", "app", "canary"]),
      title: z.string(),
      result: z.enum(["pass", "warning", "fail", "unknown", "not-applicable", "skipped"]),
      detail: z.string(),
      advice: z.string().nullable(),
      because: z.string().nullable(),
      measured: z.record(z.string(), z.json()).nullable(),
      durationMs: z.int(),
    }),
  ),
});

/** `replay --json`. */
export const replayShape = z.strictObject({
  schemaVersion: z.literal(1),
  status: z.enum(["same", "different", "unreachable", "interrupted"]),
  recording: z.strictObject({
    file: z.string(),
    format: z.enum(["har", "ndjson"]),
    base: z.string().nullable(),
    entries: z.int(),
  }),
  target: z.string().nullable(),
  sent: z.int(),
  notBegun: z.int(),
  idsTranslated: z.int(),
  bodiesNotRecorded: z.int(),
  differences: z.array(
    z.strictObject({
      number: z.int(),
      method: z.string(),
      path: z.string(),
      at: z.string(),
      expected: z.json(),
      got: z.json(),
      reason: z.string().nullable(),
    }),
  ),
  notSent: z.array(
    z.strictObject({
      number: z.int(),
      method: z.string(),
      path: z.string(),
      reason: z.enum([
        "not-scim",
        "other-base",
        "other-method",
        "not-answered",
        "own-read",
        "rate-limited",
        "repeated-later",
        "incomplete",
        "unknown-id",
      ]),
    }),
  ),
});

const readFrom = {
  schemaVersion: z.literal(1),
  api: z.enum(["iam", "scim"]),
  target: z.string(),
  organizationId: z.string().nullable(),
};

const scopedRoles = {
  workspaceRoles: z.array(z.strictObject({ workspaceId: z.string(), role: z.string() })).nullable(),
  deploymentRoles: z.array(z.strictObject({ deploymentId: z.string(), role: z.string() })).nullable(),
  dagRoles: z
    .array(
      z.strictObject({
        deploymentId: z.string(),
        dagId: z.string().nullable(),
        dagTag: z.string().nullable(),
        role: z.string(),
      }),
    )
    .nullable(),
};

const listedUser = z.strictObject({
  fullName: z.string(),
  email: z.string(),
  id: z.string(),
  createdAt: z.string().nullable(),
  orgRole: z.string().nullable(),
  status: z.string(),
  updatedAt: z.string().nullable(),
  ...scopedRoles,
});

const listedTeam = z.strictObject({
  id: z.string(),
  name: z.string(),
  createdAt: z.string().nullable(),
  description: z.string().nullable(),
  orgRole: z.string().nullable(),
  isIdpManaged: z.boolean().nullable(),
  updatedAt: z.string().nullable(),
  ...scopedRoles,
});

const heldRoles = z.array(
  z.strictObject({
    role: z.string(),
    from: z.array(
      z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.enum(["direct", "organization-owner"]) }),
        z.strictObject({ kind: z.literal("team"), id: z.string(), name: z.string() }),
      ]),
    ),
  }),
);
const ranked = { effective: heldRoles, alsoHeld: heldRoles };

/** `users --json`. */
export const usersShape = z.strictObject({ ...readFrom, users: z.array(listedUser) });

/** `teams --json`. */
export const teamsShape = z.strictObject({ ...readFrom, teams: z.array(listedTeam) });

/** `users show --json`. */
export const userShape = z.strictObject({
  ...readFrom,
  user: listedUser,
  teams: z.array(listedTeam),
  effectiveRoles: z
    .strictObject({
      organization: z.strictObject(ranked),
      isOwnerOfAllWorkspaces: z.boolean(),
      workspaces: z.array(z.strictObject({ workspaceId: z.string(), ...ranked })),
      deployments: z.array(z.strictObject({ deploymentId: z.string(), ...ranked })),
      dags: z.array(
        z.strictObject({
          deploymentId: z.string(),
          dagId: z.string().nullable(),
          dagTag: z.string().nullable(),
          ...ranked,
        }),
      ),
    })
    .nullable(),
});

/** `teams show --json`. */
export const teamShape = z.strictObject({
  ...readFrom,
  team: listedTeam,
  members: z.array(
    z.strictObject({
      id: z.string(),
      fullName: z.string(),
      email: z.string(),
      joinedAt: z.string().nullable(),
    }),
  ),
});

const runSummary = z.strictObject({
  id: z.string(),
  at: z.iso.datetime(),
  command: z.string(),
  target: z.string(),
  state: z.enum(["finished", "unfinished", "closed"]),
  operations: z.int(),
  done: z.int(),
  failed: z.int(),
  unknown: z.int(),
  notDone: z.int(),
  undoes: z.string().nullable(),
});

/** `runs --json`. */
export const runsShape = z.strictObject({
  schemaVersion: z.literal(1),
  folder: z.string(),
  runs: z.array(runSummary),
  unreadable: z.array(z.strictObject({ id: z.string(), problem: z.string() })),
});

/** `runs show --json`. */
export const runShape = z.strictObject({
  schemaVersion: z.literal(1),
  run: runSummary,
  file: z.string(),
  operations: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.string(),
      subject,
      summary: z.string(),
      way: z.strictObject({ through: z.enum(["scim", "okta", "entra"]), why: z.string().nullable() }),
      status: z.enum([
        "done",
        "not-confirmed",
        "partly",
        "unknown",
        "failed",
        "stale",
        "not-done",
        "begun",
        "not-begun",
      ]),
      reason: z.string().nullable(),
    }),
  ),
});

/** `runs prune --json`. */
export const prunedShape = z.strictObject({
  schemaVersion: z.literal(1),
  folder: z.string(),
  removed: z.array(z.string()),
  redacted: z.array(z.string()),
  kept: z.array(z.string()),
});

/** `preflight --json`. */
export const preflightShape = z.strictObject({
  schemaVersion: z.literal(1),
  verdict: z.enum(["go", "not-yet", "cannot-tell"]),
  summary: z.string(),
  idp: z.enum(["okta", "entra"]),
  source: z.string(),
  target: z.string().nullable(),
  at: z.iso.datetime(),
  accepted: z.array(z.string()),
  firstRun: z.strictObject({
    accounts: z.strictObject({
      created: z.array(z.string()),
      linked: z.array(z.string()),
      changed: z.array(z.string()),
    }),
    teams: z.strictObject({ created: z.array(z.string()), linked: z.array(z.string()) }),
    memberships: z.strictObject({ added: z.int(), removed: z.int() }),
    requests: z.int(),
    requestsByMethod: z.record(z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]), z.int().optional()),
    duration: z.discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("pace-of-astro"),
        atLeastSeconds: z.int(),
        secondsPer429: z.literal(300),
      }),
      z.strictObject({
        kind: z.literal("estimate-of-entra"),
        atLeastSeconds: z.int(),
        atMostSeconds: z.int(),
        objects: z.int(),
      }),
    ]),
  }),
  findings: z.array(
    z.strictObject({
      kind: z.string(),
      weight: z.enum(["problem", "unknown", "information"]),
      accepted: z.boolean(),
      subject: z.string().nullable(),
      text: z.string(),
      facts: z.record(z.string(), z.unknown()),
    }),
  ),
});

const setupAnswers = {
  schemaVersion: z.literal(1),
  provider: z.enum(["okta", "entra"]),
  organizationId: z.string().nullable(),
  integration: z.enum(["manual", "catalog"]),
  scimUrl: z.string(),
  mailAttribute: z.string(),
  ssoAttribute: z.string(),
  usersOnly: z.boolean(),
  title: z.string(),
};

const setupWarning = z.looseObject({ kind: z.string(), text: z.string(), advice: z.string() });

const sheetLine = { id: z.string(), note: z.string().exactOptional(), isChecked: z.boolean() };

/** `setup okta|entra --json`. */
export const setupShape = z.strictObject({
  ...setupAnswers,
  sections: z.array(
    z.strictObject({
      place: z.string(),
      lines: z.array(
        z.discriminatedUnion("kind", [
          z.strictObject({ ...sheetLine, kind: z.literal("step"), text: z.string() }),
          z.strictObject({
            ...sheetLine,
            kind: z.enum(["copy", "select", "secret"]),
            label: z.string(),
            value: z.string(),
          }),
          z.strictObject({ ...sheetLine, kind: z.literal("tick"), label: z.string(), isTicked: z.boolean() }),
          z.strictObject({
            ...sheetLine,
            kind: z.literal("mapping"),
            of: z.enum(["users", "groups"]),
            target: z.string(),
            source: z.string(),
            isMatching: z.boolean(),
            applies: z.string(),
          }),
          z.strictObject({
            ...sheetLine,
            kind: z.literal("delete-mappings"),
            of: z.enum(["users", "groups"]),
            targets: z.array(z.string()),
          }),
        ]),
      ),
    }),
  ),
  warnings: z.array(setupWarning),
  next: z.string().nullable(),
});

/** `setup okta|entra --check --json`. */
export const setupCheckShape = z.strictObject({
  ...setupAnswers,
  app: z.string(),
  lines: z.array(
    z.strictObject({
      id: z.string(),
      label: z.string(),
      place: z.string(),
      verdict: z.enum(["right", "different", "cannot-be-read"]),
      is: z.string().exactOptional(),
      shouldBe: z.string().exactOptional(),
      why: z.string().exactOptional(),
    }),
  ),
  warnings: z.array(setupWarning),
  directoryUnread: z.string().nullable(),
  summary: z.string(),
});

const profileSummaryShape = z.strictObject({
  name: z.string(),
  target: z.string(),
  directory: z.string().nullable(),
  isReadOnly: z.boolean(),
  isDefault: z.boolean(),
  file: z.string(),
});

/** `profile list --json`. */
export const profilesShape = z.strictObject({
  schemaVersion: z.literal(1),
  profiles: z.array(profileSummaryShape),
});

/** `profile show --json`. */
export const profileShape = z.strictObject({
  schemaVersion: z.literal(1),
  profile: profileSummaryShape,
  settings: z.looseObject({}),
  variables: z.array(z.strictObject({ name: z.string(), isSet: z.boolean() })),
});

/** `why --json`. */
export const whyShape = z.strictObject({
  schemaVersion: z.literal(1),
  target: z.string().nullable(),
  kind: z.enum(["user", "team"]),
  name: z.string(),
  ids: z.strictObject({ provider: z.string().nullable(), scim: z.string().nullable() }),
  verdict: z.enum(["fine", "found", "cannot-tell"]),
  explanation: z.string().nullable(),
  symptoms: z.array(z.string()),
  causes: z.array(
    z.strictObject({
      id: z.enum(causeIds),
      sure: z.enum(["certain", "likely"]),
      because: z.string(),
      sentence: z.string(),
      evidence: z.array(z.string()).min(1),
      repair: z.strictObject({ how: z.string(), command: z.array(z.string()).nullable() }),
    }),
  ),
  members: z.array(
    z.strictObject({
      side: z.enum(["missing", "extra"]),
      team: z.string(),
      userName: z.string(),
      fact: z.string(),
      causes: z.array(z.enum(causeIds)),
    }),
  ),
  facts: z.array(
    z.strictObject({
      of: z.enum(["directory", "provider", "astro"]),
      lines: z.array(z.strictObject({ label: z.string(), text: z.string() })),
    }),
  ),
  events: z.array(
    z.strictObject({
      at: z.string(),
      log: z.enum(["provider", "astro", "journal"]),
      action: z.enum(loggedActions),
      outcome: z.enum(["success", "failure", "skipped"]),
      writer: z.enum(["provider", "astro-scim", "other"]),
      by: z.string().nullable(),
      text: z.string(),
      reason: z.string().nullable(),
      code: z.string().nullable(),
    }),
  ),
  clocks: z.array(
    z.strictObject({
      server: z.string(),
      leastMs: z.number().nullable(),
      mostMs: z.number().nullable(),
      pairs: z.int(),
    }),
  ),
  unread: z.array(z.strictObject({ what: z.string(), why: z.string() })),
  next: z.string().nullable(),
});
