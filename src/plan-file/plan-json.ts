/** A plan as the text of a file, and back. Nothing in it is secret. */

import type * as z from "zod";
import { planSchemaVersion, type Plan } from "../drift/plan/plan.ts";
import { AppError } from "../ground/errors.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../ground/json.ts";
import { planSchema } from "./plan-schema.ts";

/** The text of the file, with a line break at its end. */
export function writePlan(plan: Plan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}

/**
 * The plan in the text of a file.
 * @throws AppError invalid-file, where it is not a plan, a plan of another version, or one that was damaged
 */
export function readPlan(file: string, text: string): Plan {
  const value = parseJson(file, text);
  const version = isJsonObject(value) ? value["schemaVersion"] : undefined;
  if (version === undefined) throw unusable(`${file} is not a plan.`);
  if (version !== planSchemaVersion) {
    throw new AppError(
      "invalid-file",
      `${file} has schemaVersion ${JSON.stringify(version)}; this version of astro-scim reads ${planSchemaVersion}.`,
      { hint: "Use the version of astro-scim that wrote it, or make the plan again." },
    );
  }
  const result = planSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw unusable(`${file} is not a valid plan: ${problemOf(issue, value)}.`);
}

/**
 * The JSON in a text. V8 quotes what it could not read, which may be people.
 * @throws AppError invalid-file
 */
export function parseJson(file: string, text: string): JsonValue {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    throw unusable(`${file} is not JSON.`);
  }
}

/** What is wrong with a value, by its place and without quoting it: a clause. */
export function problemOf(issue: z.core.$ZodIssue | undefined, value: JsonValue): string {
  if (issue === undefined) return "it has the wrong format";
  if (issue.code === "unrecognized_keys") {
    return `${placeOf([...issue.path, issue.keys[0] ?? ""])} is not known`;
  }
  const place = placeOf(issue.path);
  if (valueAt(value, issue.path) === undefined) return `${place} is missing`;
  const said = issue.code === "invalid_key" ? (issue.issues[0]?.message ?? "") : issue.message;
  // Zod's own words speak of types; ours begin with a verb.
  return `${place} ${said.startsWith("Invalid") ? "has an invalid value" : said}`;
}

/** `operations[3].subject.scimId`. */
function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((segment) => (typeof segment === "number" ? `[${segment}]` : `.${String(segment)}`))
    .join("")
    .replace(/^\./, "");
}

function valueAt(value: JsonValue, path: readonly PropertyKey[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((inner, segment) => {
    if (isJsonArray(inner)) return typeof segment === "number" ? inner[segment] : undefined;
    return isJsonObject(inner) ? inner[String(segment)] : undefined;
  }, value);
}

/** A file that is no plan. */
export function unusable(message: string): AppError {
  return new AppError("invalid-file", message, { hint: "Make the plan again." });
}
