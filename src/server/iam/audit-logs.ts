/** `O/audit-logs`: what was written in a period, as NDJSON in gzip (Astro docs: Export audit logs). */

import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { OrganizationHandler } from "./context.ts";
import { invalidRequest, type FieldError } from "./iam-error.ts";
import { readInstant } from "./requests/instant.ts";

const compress = promisify(gzip);

/** The period has both its ends; without a bound it is all that is kept. */
export const getAuditLogs: OrganizationHandler = async ({ id }, { query }, { auditLines }) => {
  const errors: FieldError[] = [];
  const fromMs = readInstant(query, "startDate", errors);
  const untilMs = readInstant(query, "endDate", errors);
  if (fromMs !== undefined && untilMs !== undefined && fromMs > untilMs) {
    errors.push({ field: "endDate", code: "min", message: "it is before startDate" });
  }
  const [first, ...more] = errors;
  if (first !== undefined) throw invalidRequest([first, ...more]);
  const text = auditLines(id, { fromMs, untilMs })
    .map((line) => `${line}\n`)
    .join("");
  return {
    status: 200,
    headers: { "content-type": "application/octet-stream", "content-encoding": "gzip" },
    text,
    bytes: await compress(text),
  };
};
