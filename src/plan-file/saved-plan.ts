/** A plan in a file of its own, to be reviewed and applied later: the plan, and what it was made from. */

import * as z from "zod";
import type { Operation } from "../drift/plan/operations/operation.ts";
import type { Plan } from "../drift/plan/plan.ts";
import { AppError } from "../ground/errors.ts";
import { foldCase } from "../ground/text/fold-case.ts";
import { isJsonObject } from "../ground/json.ts";
import { parseJson, problemOf, unusable } from "./plan-json.ts";
import { planSchema } from "./plan-schema.ts";

/** The version of the file; it changes when a field changes its meaning or goes. */
export const savedPlanSchemaVersion = 1;

/** How much the plan takes of a limit, and the limit when it was saved. */
export interface SavedLimit {
  readonly planned: number;
  readonly total: number;
  readonly limit: number;
}

export interface SavedPlan {
  readonly schemaVersion: typeof savedPlanSchemaVersion;
  readonly kind: "plan";
  /** ISO 8601, UTC. */
  readonly savedAt: string;
  /** Of the target; null for a server whose address names none. */
  readonly organization: string | null;
  readonly source: {
    /** As `--from` takes it. */
    readonly name: string;
    /** Of what the directory said that Astro should hold: another one is another directory, or another state of it. */
    readonly fingerprint: string;
  };
  /** For reviewers: the limits that hold are those of the run that applies the plan. */
  readonly limits: {
    readonly deletions: SavedLimit;
    readonly removals: SavedLimit;
    readonly renames: SavedLimit;
    readonly allowEmpty: readonly string[];
  };
  readonly plan: Plan;
}

const savedLimit = z.strictObject({
  planned: z.int().min(0, "must not be below 0"),
  total: z.int().min(0, "must not be below 0"),
  limit: z.int().min(0, "must not be below 0"),
});

const savedPlanSchema: z.ZodType<SavedPlan> = z.strictObject({
  schemaVersion: z.literal(savedPlanSchemaVersion),
  kind: z.literal("plan"),
  savedAt: z.iso.datetime("must be a time such as 2026-12-01T10:00:00.000Z"),
  organization: z.string().min(1, "must not be empty").nullable(),
  source: z.strictObject({ name: z.string(), fingerprint: z.string() }),
  limits: z.strictObject({
    deletions: savedLimit,
    removals: savedLimit,
    renames: savedLimit,
    allowEmpty: z.array(z.string()),
  }),
  plan: planSchema,
});

/** The text of the file, with a line break at its end. */
export function writeSavedPlan(saved: SavedPlan): string {
  return `${JSON.stringify(saved, null, 2)}\n`;
}

/**
 * The saved plan in the text of a file.
 * @throws AppError invalid-file, where it is not one, is one of another version, was damaged, or contradicts itself
 */
export function readSavedPlan(file: string, text: string): SavedPlan {
  const value = parseJson(file, text);
  if (!isJsonObject(value) || value["kind"] !== "plan" || value["schemaVersion"] === undefined) {
    throw unusable(`${file} is not a saved plan.`);
  }
  const version = value["schemaVersion"];
  if (version !== savedPlanSchemaVersion) {
    throw new AppError(
      "invalid-file",
      `${file} has schemaVersion ${JSON.stringify(version)}; this version of astro-scim reads ${savedPlanSchemaVersion}.`,
      { hint: "Use the version of astro-scim that wrote it, or save the plan again." },
    );
  }
  const result = savedPlanSchema.safeParse(value);
  if (!result.success) {
    throw unusable(`${file} is not a valid plan: ${problemOf(result.error.issues[0], value)}.`);
  }
  const { plan } = result.data;
  if (plan.command === "cleanup")
    throw unusable(`${file} is not a valid plan: no command saves plans of a cleanup.`);
  const repeated = firstRepeated(plan.operations);
  if (repeated !== undefined) {
    throw unusable(
      `${file} is not a valid plan: plan.operations[${repeated.at}] does the same as plan.operations[${repeated.as}].`,
    );
  }
  return result.data;
}

/** Only a file that was edited has two operations of one kind on the same account or Team. */
function firstRepeated(
  operations: readonly Operation[],
): { readonly at: number; readonly as: number } | undefined {
  const places = new Map<string, number>();
  for (const [at, { kind, subject }] of operations.entries()) {
    const what = JSON.stringify([
      kind,
      subject.scimId ?? null,
      subject.scimId === null ? foldCase(subject.name) : "",
    ]);
    const as = places.get(what);
    if (as !== undefined) return { at, as };
    places.set(what, at);
  }
  return undefined;
}
