/** A value of an answer in the form that is needed of it. */

import type * as z from "zod";
import { isJsonObject, type JsonValue } from "../ground/json.ts";
import { incomplete, type ManagementAsked } from "./judge.ts";

/** @throws AppError source-incomplete where the value has another form: names what is missing, and in which object */
export function parsed<Value>(schema: z.ZodType<Value>, value: JsonValue, asked: ManagementAsked): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.map(String).join(".") ?? "";
  const name = nameOf(value);
  const subject = name === undefined ? "an object" : `the object ${name}`;
  const where = place === "" ? "" : ` at ${place}`;
  throw incomplete(
    asked,
    `${subject} is not in the expected form${where}: ${lowerCase(issue?.message ?? "")}`,
  );
}

function nameOf(value: JsonValue): string | undefined {
  const id = isJsonObject(value) ? value["id"] : undefined;
  return typeof id === "string" ? id : undefined;
}

function lowerCase(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
