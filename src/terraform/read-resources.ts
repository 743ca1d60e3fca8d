/** What Terraform owns of Astro, read from `terraform show -json`: a state, or a plan with its prior state. */

import { z } from "zod";
import { AppError } from "../ground/errors.ts";
import type { TerraformResource } from "./resource.ts";

/** Terraform: JSON Output Format, values representation. */
const resourceSchema = z.object({
  address: z.string(),
  mode: z.string().optional(),
  type: z.string(),
  provider_name: z.string().optional(),
  values: z.unknown(),
});

type ResourceJson = z.infer<typeof resourceSchema>;

interface ModuleJson {
  readonly resources?: readonly ResourceJson[] | undefined;
  readonly child_modules?: readonly ModuleJson[] | undefined;
}

const moduleSchema: z.ZodType<ModuleJson> = z.lazy(() =>
  z.object({
    resources: z.array(resourceSchema).optional(),
    child_modules: z.array(moduleSchema).optional(),
  }),
);

const valuesSchema = z.object({ root_module: moduleSchema.optional() });

/** Of a plan, what was there before and what it leaves: either may be owned when the day comes. */
const outputSchema = z.object({
  format_version: z.string(),
  values: valuesSchema.optional(),
  planned_values: valuesSchema.optional(),
  prior_state: z.object({ values: valuesSchema.optional() }).optional(),
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        change: z.object({ after_unknown: z.unknown() }).optional(),
      }),
    )
    .optional(),
});

/** Of `after_unknown`: true for a list that is unknown as a whole, a list for one with unknown items. */
const unknownMembers = z.object({ member_ids: z.union([z.literal(true), z.array(z.unknown()).min(1)]) });

const id = z.string().min(1);
const ids = z.array(id).nullish();

/** The values of each type that owns something here (Terraform provider for Astro: resources). */
const valuesOf = {
  astro_team: z.object({ id: id.nullish(), name: z.string(), member_ids: ids }),
  astro_team_membership: z.object({ team_id: id.nullish() }),
  astro_team_roles: z.object({ team_id: id.nullish() }),
  astro_user_roles: z.object({ user_id: id.nullish() }),
} as const;

/**
 * The resources of Teams, memberships and roles, each once, in root and child modules.
 * @throws AppError invalid-file, where it is not the output of `terraform show -json`, has no resource at all (as in another workspace), or a resource has another form
 */
export function readTerraformResources(text: string, file: string): readonly TerraformResource[] {
  const output = outputSchema.safeParse(parseJson(text, file));
  if (!output.success) throw notTerraform(file, "it does not have the form of that command's output");
  const { values, planned_values: planned, prior_state: prior, resource_changes: changes = [] } = output.data;
  const withUnknownMembers = new Set(
    changes
      .filter(({ change }) => unknownMembers.safeParse(change?.after_unknown).success)
      .map(({ address }) => address),
  );
  const parts = [prior?.values, planned, values];
  if (!parts.some((part) => part?.root_module !== undefined && hasResource(part.root_module))) {
    throw notTerraform(file, "it has no resource at all");
  }
  const known = new Map<string, TerraformResource>();
  for (const part of parts) {
    for (const json of part?.root_module === undefined ? [] : inModule(part.root_module)) {
      const resource = resourceOf(json, file);
      if (resource === undefined) continue;
      const { address } = resource;
      known.set(address, sinceBefore(resource, known.get(address), withUnknownMembers.has(address)));
    }
  }
  return [...known.values()];
}

type TeamResource = Extract<TerraformResource, { readonly type: "astro_team" }>;

function teamSinceBefore(
  team: TeamResource,
  before: TerraformResource | undefined,
  hasUnknownMembers: boolean,
): TeamResource {
  const { id: idBefore, memberIds: membersBefore } =
    before?.type === "astro_team" ? before : { id: undefined, memberIds: undefined };
  return {
    ...team,
    id: team.id ?? idBefore,
    memberIds: team.memberIds ?? membersBefore ?? (hasUnknownMembers ? [] : undefined),
  };
}

/** What a plan cannot know yet it leaves out of its values: there the state before it counts. */
function sinceBefore(
  resource: TerraformResource,
  before: TerraformResource | undefined,
  hasUnknownMembers: boolean,
): TerraformResource {
  switch (resource.type) {
    case "astro_team":
      return teamSinceBefore(resource, before, hasUnknownMembers);
    case "astro_team_membership":
    case "astro_team_roles": {
      const teamBefore = before?.type === resource.type ? before.teamId : undefined;
      return { ...resource, teamId: resource.teamId ?? teamBefore };
    }
    case "astro_user_roles": {
      const userBefore = before?.type === "astro_user_roles" ? before.userId : undefined;
      return { ...resource, userId: resource.userId ?? userBefore };
    }
  }
}

function hasResource({ resources = [], child_modules: modules = [] }: ModuleJson): boolean {
  return resources.length > 0 || modules.some(hasResource);
}

function inModule({ resources = [], child_modules: modules = [] }: ModuleJson): readonly ResourceJson[] {
  return [...resources.filter(isOfAstro), ...modules.flatMap(inModule)];
}

/** `registry.terraform.io/astronomer/astro`, from any registry, also mirrored under another owner; a data source owns nothing. */
function isOfAstro({ provider_name: provider = "astro", mode = "managed" }: ResourceJson): boolean {
  return mode === "managed" && /(?:^|\/)astro$/.test(provider);
}

/** Undefined for every other type. */
function resourceOf({ type, address, values }: ResourceJson, file: string): TerraformResource | undefined {
  switch (type) {
    case "astro_team": {
      const team = valuesOf.astro_team.safeParse(values);
      if (!team.success) throw notTerraform(file, `${address} is not a Team as its provider describes it`);
      const { id: teamId, name, member_ids: memberIds } = team.data;
      return { type, address, id: teamId ?? undefined, name, memberIds: memberIds ?? undefined };
    }
    case "astro_team_membership":
    case "astro_team_roles": {
      const { success, data } = valuesOf[type].safeParse(values);
      if (!success) throw notTerraform(file, `${address} is not what its provider describes`);
      return { type, address, teamId: data.team_id ?? undefined };
    }
    case "astro_user_roles": {
      const { success, data } = valuesOf.astro_user_roles.safeParse(values);
      if (!success) throw notTerraform(file, `${address} is not what its provider describes`);
      return { type, address, userId: data.user_id ?? undefined };
    }
    default:
      return undefined;
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw notTerraform(file, "it is not JSON", error);
  }
}

function notTerraform(file: string, why: string, cause?: unknown): AppError {
  return new AppError("invalid-file", `${file} is not the output of terraform show -json: ${why}.`, {
    hint: "Write it with: terraform show -json > terraform.json",
    cause,
  });
}
