/** Bodies of requests, checked. */

import type * as z from "zod";
import type { EmulatedRequest } from "../http/emulated-api.ts";
import { invalid, OktaError } from "./errors.ts";

/** @throws OktaError E0000003 without a body, E0000001 for one that has another form */
export function readBody<Value>({ body }: EmulatedRequest, schema: z.ZodType<Value>, what: string): Value {
  if (body === undefined) throw new OktaError("E0000003");
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const causes = read.error.issues.map(({ path, message }) => `${path.join(".") || what}: ${message}`);
  throw invalid(what, ...causes);
}

/** A switch in the query. @throws OktaError E0000001 for what is neither true nor false */
export function readFlag({ query }: EmulatedRequest, name: string, fallback: boolean): boolean {
  const text = query.get(name);
  if (text === null || text === "") return fallback;
  if (text === "true" || text === "false") return text === "true";
  throw invalid(name, `${name}: The value must be true or false.`);
}
