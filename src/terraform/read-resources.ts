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
});

const id = z.string().min(1);
const ids = z.array(id).nullish();

/** The values of each type that owns something here (Terraform provider for Astro: resources). */
const valuesOf = {
  astro_team: z.object({ id: id.nullish(), name: z.string(), member_ids: ids }),
  astro_team_membership: z.object({ team_id: id, user_id: id }),
  astro_team_roles: z.object({ team_id: id }),
  astro_user_roles: z.object({ user_id: id }),
} as const;

/**
 * The resources of Teams, memberships and roles, each once, in root and child modules. An empty state has none.
 * @throws AppError invalid-file, where it is not the output of `terraform show -json`, or a resource has another form
 */
export function readTerraformResources(text: string, file: string): readonly TerraformResource[] {
  const output = outputSchema.safeParse(parseJson(text, file));
  if (!output.success) throw notTerraform(file, "it does not have the form of that command's output");
  const { values, planned_values: planned, prior_state: prior } = output.data;
  const known = new Map<string, TerraformResource>();
  for (const part of [prior?.values, planned, values]) {
    for (const json of part?.root_module === undefined ? [] : inModule(part.root_module)) {
      const resource = resourceOf(json, file);
      if (resource !== undefined) known.set(resource.address, resource);
    }
  }
  return [...known.values()];
}

function inModule({ resources = [], child_modules: modules = [] }: ModuleJson): readonly ResourceJson[] {
  return [...resources.filter(isOfAstro), ...modules.flatMap(inModule)];
}

/** `registry.terraform.io/astronomer/astro`, from any registry; a data source owns nothing. */
function isOfAstro({ provider_name: provider = "", mode = "managed" }: ResourceJson): boolean {
  return mode === "managed" && /(?:^|\/)astronomer\/astro$/.test(provider);
}

/** Undefined for every other type, and for ids that are known only after an apply. */
function resourceOf({ type, address, values }: ResourceJson, file: string): TerraformResource | undefined {
  switch (type) {
    case "astro_team": {
      const team = valuesOf.astro_team.safeParse(values);
      if (!team.success) throw notTerraform(file, `${address} is not a Team as its provider describes it`);
      const { id: teamId, name, member_ids: memberIds } = team.data;
      return { type, address, id: teamId ?? undefined, name, memberIds: memberIds ?? undefined };
    }
    case "astro_team_membership": {
      const { data } = valuesOf.astro_team_membership.safeParse(values);
      return data && { type, address, teamId: data.team_id, userId: data.user_id };
    }
    case "astro_team_roles": {
      const { data } = valuesOf.astro_team_roles.safeParse(values);
      return data && { type, address, teamId: data.team_id };
    }
    case "astro_user_roles": {
      const { data } = valuesOf.astro_user_roles.safeParse(values);
      return data && { type, address, userId: data.user_id };
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
