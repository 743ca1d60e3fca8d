/** A write as a line of an exported audit log (Astro docs: Export audit logs, tables of common and of API event fields). */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import { isJsonObject, type JsonObject } from "../../ground/json.ts";
import { parseJsonText } from "../../wire/parse-json-text.ts";
import { redactJsonObject } from "../../wire/redact-json.ts";
import { redactText, redactUrl } from "../../wire/redact.ts";
import type { AuditedWrite, AuditLog, AuditPeriod } from "./audit-log.ts";

/** The documentation prints `response status`; the exact key is not published. */
const statusKeys: Readonly<Record<Behaviour["auditStatusKey"], string>> = {
  "response-status": "response status",
  responseStatus: "responseStatus",
  statusCode: "statusCode",
  status: "status",
};

export interface AuditLineOptions {
  readonly rules: Pick<Behaviour, "auditStatusKey">;
  /** Tokens: in none of the lines. */
  readonly secrets: readonly string[];
}

/** The lines of an organization and a period, the oldest first. */
export function auditLinesOf(
  log: AuditLog,
  options: AuditLineOptions,
): (organizationId: string, period: AuditPeriod) => readonly string[] {
  return (id, period) => log.list(id, period).map((write) => auditLine(write, options));
}

/** Without a line break; JSON without tokens and passwords. */
export function auditLine(write: AuditedWrite, { rules, secrets }: AuditLineOptions): string {
  const body = parseJsonText(write.requestText);
  const hide = (text: string): string => redactText(text, secrets);
  const { userAgent, client } = write;
  const line: JsonObject = {
    subjectId: write.subjectId,
    subjectType: "SERVICEKEY",
    organizationId: write.organizationId,
    timestamp: new Date(write.atMs).toISOString(),
    sourceIp: write.sourceIp,
    ...(userAgent === undefined ? {} : { userAgent: hide(userAgent) }),
    ...(client === undefined ? {} : { astroClient: hide(client.name) }),
    ...(client?.version === undefined ? {} : { astroClientVersion: hide(client.version) }),
    method: write.method,
    path: redactUrl(write.url, secrets).split("?")[0] ?? "",
    // What is no object may be a password that nobody could find.
    ...(isJsonObject(body) ? { requestBody: redactJsonObject(body, hide) } : {}),
    requestId: write.requestId,
    [statusKeys[rules.auditStatusKey]]: write.status,
  };
  return JSON.stringify(line);
}
