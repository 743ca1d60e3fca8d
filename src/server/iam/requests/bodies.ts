/** The bodies of requests to Astro's own API (Astro API reference: the `…Request` objects). Keys that are not known are ignored. */

import * as z from "zod";
import { organizationRoles, workspaceRoles } from "../../../astro/roles.ts";
import { invalidRequest, type FieldError } from "../iam-error.ts";

const text = z.string();
const filledText = z.string().regex(/\S/, { error: "is empty" });

/** Optional fields can be left out; null is none of their values in the description. */
function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().transform((value) => value);
}

const organizationRole = z.enum(organizationRoles);

const workspaceRole = z.object({ workspaceId: filledText, role: z.enum(workspaceRoles) });
const deploymentRole = z.object({ deploymentId: filledText, role: filledText });
const dagRole = z
  .object({
    deploymentId: filledText,
    role: filledText,
    dagId: optional(text),
    dagTag: optional(text),
  })
  .transform(({ dagId, dagTag, ...role }, context) => {
    const hasId = dagId !== undefined && dagId !== "";
    const hasTag = dagTag !== undefined && dagTag !== "";
    if (hasId && !hasTag) return { ...role, dagId };
    if (hasTag && !hasId) return { ...role, dagTag };
    context.addIssue({ code: "custom", message: "needs either dagId or dagTag, and not both" });
    return z.NEVER;
  });

const grantedRoles = {
  workspaceRoles: optional(z.array(workspaceRole)).refine(
    (roles) => isUnique(roles, ({ workspaceId }) => workspaceId),
    { error: "has two roles for one Workspace", params: { code: "unique" } },
  ),
  deploymentRoles: optional(z.array(deploymentRole)).refine(
    (roles) => isUnique(roles, ({ deploymentId }) => deploymentId),
    { error: "has two roles for one Deployment", params: { code: "unique" } },
  ),
  dagRoles: optional(z.array(dagRole)).refine(
    (roles) => isUnique(roles, ({ role: _role, ...scope }) => JSON.stringify(scope)),
    { error: "has two roles for one Dag or tag", params: { code: "unique" } },
  ),
};

function isUnique<Item>(items: readonly Item[] | undefined, keyOf: (item: Item) => string): boolean {
  return items === undefined || new Set(items.map(keyOf)).size === items.length;
}

/** `organizationRole` null removes the user, where the behaviour says so. */
export const userRolesBody = z
  .object({ organizationRole: organizationRole.nullable().optional(), ...grantedRoles })
  .superRefine(({ organizationRole: role, ...granted }, context) => {
    const hasOthers = Object.values(granted).some((roles) => roles !== undefined && roles.length > 0);
    if (role !== undefined || !hasOthers) return;
    // Astro API reference: Workspace and Deployment roles require an Organization role in the same request.
    context.addIssue({
      code: "custom",
      path: ["organizationRole"],
      message: "is missing; other roles can be given only together with it",
      params: { code: "required" },
    });
  });

export const teamRolesBody = z.object({ organizationRole, ...grantedRoles });

export const newTeamBody = z.object({
  name: filledText,
  description: optional(text),
  memberIds: optional(z.array(text)),
  organizationRole: optional(organizationRole),
});

export const teamBody = z.object({ name: filledText, description: optional(text) });

export const membersBody = z.object({ memberIds: z.array(text).min(1, { error: "is empty" }) });

export const inviteBody = z.object({
  inviteeEmail: z.string().regex(/^[^\s@]+@[^\s@]+$/, { error: "is not an e-mail address" }),
  role: organizationRole,
});

export const organizationBody = z.object({
  name: filledText.max(50, { error: "has more than 50 characters" }),
  billingEmail: text,
  isScimEnabled: z.boolean(),
});

/** @throws IamError 400 with every field that is wrong */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [first, ...more] = result.error.issues.map((issue) => fieldError(issue, body));
  if (first === undefined) throw new TypeError("what does not parse has an issue");
  throw invalidRequest([first, ...more]);
}

function fieldError(issue: z.core.$ZodIssue, body: unknown): FieldError {
  const field = fieldName(issue.path);
  if (issue.code === "invalid_type") {
    const isMissing = valueAt(body, issue.path) === undefined;
    return isMissing
      ? { field, code: "required", message: "is missing" }
      : { field, code: "type", message: `must be ${article(issue.expected)}` };
  }
  const { code, message } = described(issue);
  return { field, code, message };
}

function described(issue: z.core.$ZodIssue): { readonly code: string; readonly message: string } {
  const { message } = issue;
  if (issue.code === "invalid_value") {
    return { code: "oneof", message: `must be one of ${issue.values.map(String).join(", ")}` };
  }
  if (issue.code === "too_small") return { code: "min", message };
  if (issue.code === "too_big") return { code: "max", message };
  const code: unknown = issue.code === "custom" ? issue.params?.["code"] : undefined;
  return { code: typeof code === "string" ? code : "format", message };
}

/** `workspaceRoles[0].role`; the body itself is `body`. */
function fieldName(path: readonly PropertyKey[]): string {
  const [first = "body", ...rest] = path;
  return rest.reduce<string>(
    (name, part) => (typeof part === "number" ? `${name}[${part}]` : `${name}.${String(part)}`),
    String(first),
  );
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    body,
  );
}
