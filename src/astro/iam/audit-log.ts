/** Astro's audit log, read over the IAM API: what was written to users and Teams, by whom (Astro docs: Export audit logs). */

import { z } from "zod";
import { AppError } from "../../ground/errors.ts";
import { isJsonObject, type JsonObject } from "../../ground/json.ts";
import { isSuccess, type Send } from "../../wire/exchange.ts";
import { noAnswer } from "../api/judge.ts";
import { iamRefusal, type IamAsked } from "./judge.ts";
import { organizationPath } from "./requests.ts";

/** A write to Astro, once it was answered. */
export interface AuditLine {
  /** RFC 3339, by Astro's clock. */
  readonly at: string;
  /** Id of the user or the API token. */
  readonly subjectId: string;
  /** `USER` or `SERVICEKEY`. */
  readonly subjectType: string | undefined;
  readonly userAgent: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly body: JsonObject | undefined;
  /** Undefined where the line has no status under a name that we know. */
  readonly status: number | undefined;
}

export interface AuditPeriod {
  readonly from: Date;
  readonly until: Date;
}

export interface ReadAuditLog {
  /** Of the paths that were asked for, the oldest first. */
  readonly lines: readonly AuditLine[];
  /** Lines that have another form: what they say is not known. */
  readonly unreadable: number;
}

/** Astro docs: Export audit logs ("retained for 90 days"). */
export const auditLogDays = 90;

const lineSchema = z.object({
  subjectId: z.string(),
  subjectType: z.string().nullish(),
  timestamp: z.string(),
  userAgent: z.string().nullish(),
  method: z.string().nullish(),
  path: z.string().nullish(),
  requestBody: z.unknown().optional(),
});

/** The documentation prints `response status`; the exact key is not published. */
const statusKeys = ["response status", "responseStatus", "statusCode", "status"];

/**
 * Only an Organization Owner may read it.
 * @param isWanted by the path of a write
 * @throws AppError as `iamRefusal`; unreachable, interrupted; source-incomplete for a body that is no NDJSON
 */
export async function readAuditLog(
  send: Send,
  { root, organizationId }: Pick<IamAsked, "root" | "organizationId">,
  { from, until, isWanted }: AuditPeriod & { readonly isWanted: (path: string) => boolean },
): Promise<ReadAuditLog> {
  const asked: IamAsked = { root, organizationId, request: "GET /audit-logs", hasScimOption: false };
  const query = `startDate=${encodeURIComponent(from.toISOString())}&endDate=${encodeURIComponent(until.toISOString())}`;
  const path = `${organizationPath(organizationId, "/audit-logs")}?${query}`;
  const answer = await send({ method: "GET", path, headers: { accept: "application/octet-stream" } });
  if (answer.kind === "no-response") throw noAnswer(answer, { ...asked, target: root });
  if (!isSuccess(answer)) throw iamRefusal(answer, asked);
  const texts = answer.text.split("\n").filter((text) => text.trim() !== "");
  const lines = texts.map(parseLine);
  if (texts.length > 0 && lines.every((line) => line === undefined)) {
    throw new AppError(
      "source-incomplete",
      `${root} answered GET /audit-logs with something that is not an audit log.`,
    );
  }
  const known = lines.filter((line) => line !== undefined);
  return {
    lines: known.filter((line) => isWanted(line.path)).toSorted((a, b) => compare(a.at, b.at)),
    unreadable: lines.length - known.length,
  };
}

function parseLine(text: string): AuditLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success || !isJsonObject(value)) return undefined;
  // Without a time, nothing tells what came after it.
  if (Number.isNaN(Date.parse(parsed.data.timestamp))) return undefined;
  const { subjectId, subjectType, timestamp, userAgent, method, path, requestBody } = parsed.data;
  const status = statusKeys.map((key) => value[key]).find((one) => one !== undefined);
  return {
    at: timestamp,
    subjectId,
    subjectType: subjectType ?? undefined,
    userAgent: userAgent ?? undefined,
    method: method ?? "",
    path: path ?? "",
    body: isJsonObject(requestBody) ? requestBody : undefined,
    status: status === undefined || Number.isNaN(Number(status)) ? undefined : Number(status),
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
