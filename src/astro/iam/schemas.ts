/**
 * What is read of the IAM API's answers (Astro API reference v1, description of August 2026): strict about what is needed,
 * lenient about all the rest. Names of roles and states are open lists: a newer Astro may have more of them.
 */

import { z } from "zod";
import { textIdSchema } from "../api/id.ts";

/** Optional fields are left out, and null is the same. */
function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema
    .nullable()
    .optional()
    .transform((value) => value ?? undefined);
}

const text = z.string();
const name = text.min(1);

const workspaceRoleSchema = z.object({ workspaceId: name, role: name });
const deploymentRoleSchema = z.object({ deploymentId: name, role: name });
const dagRoleSchema = z.object({
  deploymentId: name,
  role: name,
  dagId: optional(text),
  dagTag: optional(text),
});

/** The roles that a user or a Team carries; an Organization role may be missing on a user. */
const roles = {
  organizationRole: optional(name),
  workspaceRoles: optional(z.array(workspaceRoleSchema)),
  deploymentRoles: optional(z.array(deploymentRoleSchema)),
  dagRoles: optional(z.array(dagRoleSchema)),
};

export const userSchema = z.object({
  id: textIdSchema,
  username: name,
  fullName: text,
  status: name,
  createdAt: text,
  updatedAt: text,
  ...roles,
});

export const teamSchema = z.object({
  id: textIdSchema,
  name,
  description: optional(text),
  isIdpManaged: z.boolean(),
  createdAt: text,
  updatedAt: text,
  rolesCount: optional(z.int().nonnegative()),
  ...roles,
});

/** `UserTeamMembership`: a Team as the list of a user's Teams shows it. */
export const userTeamSchema = teamSchema.omit({ createdAt: true, updatedAt: true });

export const memberSchema = z.object({
  userId: textIdSchema,
  username: name,
  fullName: optional(text),
  createdAt: optional(text),
});

export type IamUser = z.infer<typeof userSchema>;
export type IamTeam = z.infer<typeof teamSchema>;
export type IamUserTeam = z.infer<typeof userTeamSchema>;
export type IamMember = z.infer<typeof memberSchema>;

/** `Error`: every refusal of Astro's APIs; `fieldErrors` where a request did not pass validation. */
export const errorSchema = z.object({
  message: text,
  requestId: optional(text).catch(undefined),
  statusCode: z.int(),
  fieldErrors: optional(
    z.array(z.object({ field: text.catch(""), code: text.catch(""), message: text.catch("") })),
  ).catch(undefined),
});

/** The counters of every list. */
export const pageSchema = z.object({
  limit: z.int().nonnegative(),
  offset: z.int().nonnegative(),
  totalCount: z.int().nonnegative(),
});
