/** The shape of a plan in a file, stricter than its types where a mistake could write to the wrong resource or skip a check. */

import * as z from "zod";
import type { AstroTarget } from "../astro/address.ts";
import { parseMappedPath } from "../astro/mapped-path.ts";
import type { HeldRoles } from "../astro/records/held-roles.ts";
import type { StatedResponsibility } from "../astro/responsibility.ts";
import { leftOutCodes, type LeftOut } from "../drift/plan/left-out/left-out.ts";
import { membersNamed, type Operation } from "../drift/plan/operations/operation.ts";
import { isProviderOperation, providerNames } from "../drift/plan/operations/provider-operation.ts";
import type { RolesLost } from "../drift/plan/operations/roles-lost.ts";
import { planSchemaVersion, type Plan } from "../drift/plan/plan.ts";
import { foldCase } from "../ground/text/fold-case.ts";

const id = z.string().min(1, "must not be empty");
const ids = z.array(id);
const count = z.int().min(0, "must not be below 0");
const marked = z.literal(true).exactOptional();
const attributePath = z.string().refine(isMappedPath, "must be the path of an attribute");
/** What an operation may write as an attribute: other kinds of operations, with their own rules, are for the rest. */
const writtenPath = attributePath.refine(
  isWritten,
  "must be the path of an attribute that a mapping may set",
);

const target: z.ZodType<AstroTarget> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("local") }),
  z.strictObject({
    kind: z.literal("scim"),
    baseUrl: z.string().refine(isPlainUrl, "must be an http or https URL with only a host and a path"),
  }),
]);

/** What the plan makes. */
function newSubject<const Kind extends string>(kind: Kind) {
  return z.strictObject({
    kind: z.literal(kind),
    key: z.string(),
    name: z.string(),
    scimId: z.null(),
    fingerprint: z.null(),
  });
}

/** What is there: without a fingerprint, nothing would tell that it has changed. */
function heldSubject<const Kind extends string>(kind: Kind) {
  return newSubject(kind).extend({ scimId: id, fingerprint: id });
}

const member = z.strictObject({
  key: z.string(),
  userName: z.string(),
  scimId: id.nullable(),
  after: id.nullable(),
  named: marked,
});

const base = { id, dependsOn: ids, summary: z.string(), named: marked, overScim: z.string().exactOptional() };
const onUser = { ...base, subject: heldSubject("user") };
const onTeam = { ...base, subject: heldSubject("team") };
const onMembers = {
  ...base,
  subject: z.union([heldSubject("team"), newSubject("team")]),
  members: z.array(member),
  unknownMembers: ids,
};

const heldRoles: z.ZodType<HeldRoles> = z.strictObject({
  organizationRole: id.nullable(),
  workspaceRoles: z.array(z.strictObject({ workspaceId: id, role: id })),
  deploymentRoles: z.array(z.strictObject({ deploymentId: id, role: id })),
  dagRoles: z.array(
    z.strictObject({
      deploymentId: id,
      role: id,
      dagId: z.string().exactOptional(),
      dagTag: z.string().exactOptional(),
    }),
  ),
});

const rolesLost: z.ZodType<RolesLost> = z.strictObject({
  roles: z.array(z.string()),
  throughTeams: z.array(z.string()),
  users: z.array(z.string()),
  held: heldRoles.exactOptional(),
});

const throughProvider = { ...base, through: z.enum(providerNames), why: z.string() };
const onProviderUser = {
  ...throughProvider,
  subject: z.union([heldSubject("user"), newSubject("user")]),
  userName: id,
  objectId: id,
  group: z.strictObject({ groupId: id, name: z.string() }).exactOptional(),
};
const onProviderGroup = {
  ...throughProvider,
  subject: z.union([heldSubject("team"), newSubject("team")]),
  displayName: id,
  groupId: id,
  added: z.array(member),
  removed: z.array(member),
  stayingIds: ids,
};
const restoredRoles = { ...base, granted: heldRoles };

const operationKinds = [
  z.strictObject({
    ...base,
    kind: z.literal("create-user"),
    subject: newSubject("user"),
    userName: id,
    externalId: z.string().nullable(),
    attributes: z.record(writtenPath, z.string()),
    attributesNotKept: z.record(writtenPath, z.string()).exactOptional(),
  }),
  z.strictObject({ ...onUser, kind: z.literal("activate-user") }),
  z.strictObject({
    ...onUser,
    kind: z.literal("update-user"),
    attributes: z.record(writtenPath, z.string().nullable()),
  }),
  z.strictObject({ ...onUser, kind: z.literal("rename-user"), userName: id }),
  z.strictObject({
    ...base,
    kind: z.literal("create-team"),
    subject: newSubject("team"),
    displayName: id,
  }),
  z.strictObject({ ...onTeam, kind: z.literal("rename-team"), displayName: id }),
  z.strictObject({ ...onMembers, kind: z.literal("add-members") }),
  z.strictObject({ ...onMembers, kind: z.literal("remove-members") }),
  z.strictObject({
    ...restoredRoles,
    kind: z.literal("restore-user-roles"),
    subject: z.union([heldSubject("user"), newSubject("user")]),
  }),
  z.strictObject({
    ...restoredRoles,
    kind: z.literal("restore-team-roles"),
    subject: z.union([heldSubject("team"), newSubject("team")]),
  }),
  z.strictObject({
    ...onUser,
    kind: z.literal("deactivate-user"),
    reason: z.string(),
    teamIds: ids,
    rolesKnown: z.boolean(),
    roles: rolesLost.exactOptional(),
  }),
  z.strictObject({
    ...onTeam,
    kind: z.literal("delete-team"),
    management: z.enum(["managed", "unknown"]),
    memberIds: ids,
    roles: rolesLost.exactOptional(),
    createdByRun: marked,
  }),
  z.strictObject({
    ...onUser,
    kind: z.literal("delete-user"),
    reason: z.string(),
    teamIds: ids.exactOptional(),
    rolesKnown: z.boolean(),
    roles: rolesLost.exactOptional(),
    createdByRun: marked,
  }),
  z.strictObject({ ...onProviderUser, kind: z.literal("assign-user") }),
  z.strictObject({
    ...onProviderUser,
    kind: z.literal("reassign-user"),
    linkedId: id.nullable(),
  }),
  z.strictObject({
    ...onProviderUser,
    kind: z.literal("renew-assignment"),
    linkedId: id,
    linkedName: z.string(),
    linkedFingerprint: id,
    teamIds: ids,
    rolesKnown: z.boolean(),
    roles: rolesLost.exactOptional(),
    profileLost: z.array(z.string()),
  }),
  z.strictObject({ ...onProviderUser, kind: z.literal("provision-user") }),
  z.strictObject({ ...onProviderGroup, kind: z.literal("push-group") }),
  z.strictObject({ ...onProviderGroup, kind: z.literal("renew-push-mapping") }),
  z.strictObject({ ...onProviderGroup, kind: z.literal("provision-group"), memberObjectIds: ids }),
] as const;

type ReadKind = z.infer<(typeof operationKinds)[number]>["kind"];
/** It does not compile while a kind of operation is missing above. */
const operation: Operation["kind"] extends ReadKind ? z.ZodType<Operation> : never = z.discriminatedUnion(
  "kind",
  operationKinds,
);

const leftOut: z.ZodType<LeftOut> = z.strictObject({
  code: z.enum(leftOutCodes),
  kind: z.enum(["user", "team"]),
  name: z.string(),
  reason: z.string(),
});

const responsibility: z.ZodType<StatedResponsibility> = z.strictObject({
  domains: z.array(z.string()).exactOptional(),
  teams: z.array(z.string()).exactOptional(),
  statedBy: z.string(),
});

export const planSchema: z.ZodType<Plan> = z
  .strictObject({
    schemaVersion: z.literal(planSchemaVersion),
    target,
    command: z.enum(["push-group", "resync", "delete", "diff", "cleanup", "undo"]),
    operations: z.array(operation),
    leftOut: z.array(leftOut),
    basis: z.strictObject({
      expectedUsers: count,
      tolerated: count,
      expectedTeams: count,
      heldUsers: count,
      heldTeams: count,
      expectedMemberships: count,
      heldMemberships: count,
    }),
    emptied: z.array(z.strictObject({ name: z.string(), scimId: id })),
    warnings: z.array(z.strictObject({ entry: z.string(), problem: z.enum(["matches-nobody", "blanks"]) })),
    attributePaths: z.array(attributePath),
    heldIds: z.strictObject({ users: ids, teams: ids }),
    isIamUnreadable: marked,
    isIamRead: marked,
    protectedKeys: z.array(z.string()),
    responsibleFor: z.array(responsibility),
    outside: z.strictObject({ users: count, teams: count }),
    provider: z
      .strictObject({ provider: z.enum(providerNames), at: id, appId: id, cloud: id.exactOptional() })
      .exactOptional(),
  })
  .superRefine(({ operations, provider }, context) => {
    const earlier = new Set<string>();
    for (const [at, one] of operations.entries()) {
      const after = membersNamed(one).flatMap((each) => each.after ?? []);
      const unknown = [...one.dependsOn, ...after].find((each) => !earlier.has(each));
      const path = ["operations", at];
      if (earlier.has(one.id))
        context.addIssue({ code: "custom", path: [...path, "id"], message: "is given twice" });
      if (unknown !== undefined)
        context.addIssue({ code: "custom", path, message: "depends on an operation that is not before it" });
      if (isProviderOperation(one) && one.through !== provider?.provider)
        context.addIssue({
          code: "custom",
          path,
          message: "goes through a provider that the plan does not name",
        });
      earlier.add(one.id);
    }
  });

function isMappedPath(text: string): boolean {
  try {
    parseMappedPath(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether the account is active, its name, its password, and what the server alone decides are no mapped attributes. */
function isWritten(text: string): boolean {
  if (!isMappedPath(text)) return true;
  const { extension, attribute } = parseMappedPath(text);
  return extension !== undefined || !ofTheAccount.has(foldCase(attribute));
}

const ofTheAccount: ReadonlySet<string> = new Set(
  ["active", "userName", "password", "id", "schemas", "meta", "groups"].map(foldCase),
);

/** Without a user name, a password, a query or a fragment: nothing that could hold a secret. */
function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, origin, pathname } = new URL(text);
  return (protocol === "https:" || protocol === "http:") && text === origin + pathname.replace(/\/+$/, "");
}
