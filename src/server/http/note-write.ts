/** Notes each request to write with the status that came of it, for the audit log; what is refused is noted, too. */

import type { FastifyRequest } from "fastify";
import { HttpError } from "../../ground/http-error.ts";
import type { Caller } from "../api/caller.ts";
import type { ServerResponse } from "../api/message.ts";
import type { AuditedWrite } from "../audit/audit-log.ts";

export interface WriteNotes {
  add(write: AuditedWrite): void;
}

/** Called once with the status of the answer that the server made: a fault may have changed what the client saw of it. */
export type NoteStatus = (status: number) => void;

export interface WriteToNote {
  readonly request: FastifyRequest<{ Params: Record<string, string> }>;
  readonly caller: Caller;
  readonly requestId: () => string;
  readonly now: () => Date;
}

/** Undefined where the request is for no organization of its token: it belongs into no log. */
export function noteOf(
  { request, caller, requestId, now }: WriteToNote,
  notes: WriteNotes,
): NoteStatus | undefined {
  const { organizationId } = request.params;
  if (organizationId === undefined || !caller.organizationIds.includes(organizationId)) return undefined;
  const { headers, method, url, body, ip } = request;
  const client = headers["x-astro-client-identifier"];
  const version = headers["x-astro-client-version"];
  return (status) =>
    notes.add({
      organizationId,
      subjectId: caller.id,
      atMs: now().getTime(),
      method,
      url,
      requestText: typeof body === "string" ? body : "",
      requestId: requestId(),
      status,
      sourceIp: ip,
      userAgent: headers["user-agent"],
      client:
        typeof client === "string"
          ? { name: client, version: typeof version === "string" ? version : undefined }
          : undefined,
    });
}

/** The same as `act`, noted. */
export async function noted<Result>(
  act: () => Result | Promise<Result>,
  note: NoteStatus | undefined,
  statusOf: (result: Result) => number | undefined,
): Promise<Result> {
  try {
    const result = await act();
    const status = statusOf(result);
    if (status !== undefined) note?.(status);
    return result;
  } catch (error) {
    note?.(error instanceof HttpError ? error.status : 500);
    throw error;
  }
}

/** What admits a request says nothing of its status, unless it refuses it. */
export const noStatus = (): undefined => undefined;

export function statusOfAnswer({ status }: ServerResponse): number {
  return status;
}
