/** The lines of a run's file: NDJSON, one event a line, the run itself first (docs/runs.md). Nothing in them is secret. */

import * as z from "zod";
import type { AppErrorCode } from "../ground/errors.ts";
import type { JsonObject } from "../ground/json.ts";
import { exitStatusOfError } from "../ground/exit-status.ts";
import type { OutcomeStatus } from "../repair/outcome.ts";
import { limitNames } from "../drift/safety/budget.ts";
import { limitSchema } from "./limits.ts";
import { resourceSchema } from "./resource-json.ts";

/** The version of the lines; it changes when a field changes its meaning or goes. */
export const runVersion = 1;

const common = { run: z.string(), at: z.iso.datetime() };

/** What the run was allowed to do. */
const settingsSchema = z.object({
  concurrency: z.int().min(1),
  strict: z.boolean(),
  limits: z.object({
    maxDeletions: limitSchema.exactOptional(),
    maxRemovals: limitSchema.exactOptional(),
    maxRenames: limitSchema.exactOptional(),
  }),
  /** Limits that an option of this run set, and that this run needed: what it takes there is not counted against later runs. */
  allowedByOption: z.array(z.enum(limitNames)),
  allowEmpty: z.array(z.string()),
  rolesUnknown: z.boolean(),
});

export type RunSettings = z.infer<typeof settingsSchema>;

export const runLineSchema = z.object({
  ...common,
  kind: z.literal("run"),
  version: z.literal(runVersion),
  /** Of astro-scim. */
  program: z.string(),
  command: z.string(),
  /** Who was asked for, in the words of the command line. */
  asked: z.array(z.string()),
  /** Host and organization, in one spelling: see lock/repair-key.ts. */
  organization: z.string(),
  /** The plan as plan-file writes it; it is checked there. */
  plan: z.unknown(),
  settings: settingsSchema,
  /** The run that this one undoes. */
  undoes: z.string().exactOptional(),
  /** People were removed from it: it can neither be resumed nor undone. */
  redacted: z.literal(true).exactOptional(),
});

export type RunLine = z.infer<typeof runLineSchema>;

const statuses = [
  "done",
  "not-confirmed",
  "partly",
  "unknown",
  "failed",
  "stale",
  "not-done",
] as const satisfies readonly OutcomeStatus[];

const outcomeSchema = z.object({
  ...common,
  kind: z.literal("outcome"),
  operation: z.string(),
  status: z.enum(statuses),
  reason: z.string().nullable(),
  scimId: z.string().nullable(),
  /** How the resource looked when it was read back; null where it was not, or is gone. */
  fingerprint: z.string().nullable(),
  errorCode: z.custom<AppErrorCode>(isErrorCode).exactOptional(),
});

export type OutcomeLine = z.infer<typeof outcomeSchema>;

const intentSchema = z.object({
  ...common,
  kind: z.literal("intent"),
  operation: z.string(),
  /** As it was read right before the write; null for what is yet to be made. */
  resource: resourceSchema.nullable(),
  /** How the provider had it, for an operation that goes through it. */
  atProvider: z.custom<JsonObject>(isJsonObjectUnknown).exactOptional(),
});

/** Every line but the first. */
export const eventSchema = z.discriminatedUnion("kind", [
  intentSchema,
  outcomeSchema,
  /** `--resume` went on here. */
  z.object({ ...common, kind: z.literal("resumed") }),
  /** The run came to its end; `stopped`: operations were not begun that could have been. */
  z.object({ ...common, kind: z.literal("end"), stopped: z.boolean() }),
  /** `runs close`: the user gave the rest up. */
  z.object({ ...common, kind: z.literal("closed") }),
]);

export type RunEvent = z.infer<typeof eventSchema>;

function isJsonObjectUnknown(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isErrorCode(value: unknown): boolean {
  return typeof value === "string" && value in exitStatusOfError;
}
