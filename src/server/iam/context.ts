/** What the handlers of Astro's own API work with. */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import { HttpError } from "../../ground/http-error.ts";
import type { Authenticator } from "../api/auth.ts";
import type { Caller } from "../api/caller.ts";
import type { ServerRequest, ServerResponse } from "../api/message.ts";
import type { AuditPeriod } from "../audit/audit-log.ts";
import type { DirectOperations } from "../organization/direct/direct-outcome.ts";
import type { Reads } from "../store/rows.ts";
import type { KeptTexts } from "./present/kept-texts.ts";

/** One organization, on behalf of one caller. */
export interface IamOrganization {
  readonly id: string;
  readonly rows: Reads;
  /** Everything that is written is written by these. */
  readonly operations: DirectOperations;
  readonly behaviour: Behaviour;
  readonly texts: KeptTexts;
}

export interface IamContext {
  readonly caller: Caller;
  /** Those that the caller's token is for. */
  readonly organizations: readonly IamOrganization[];
  /** The one that the path names; undefined where it names none. */
  readonly organization: IamOrganization | undefined;
  /** All that the server accepts. */
  readonly tokens: Pick<Authenticator, "callers" | "lastUsedAt">;
  readonly auditLines: AuditLines;
}

/** Lines of the audit log of an organization, the oldest first, without secrets. */
export type AuditLines = (organizationId: string, period: AuditPeriod) => readonly string[];

/** @throws HttpError, which becomes the error body */
export type Handler = (context: IamContext, request: ServerRequest) => Promise<ServerResponse>;

/** @throws HttpError, which becomes the error body */
export type OrganizationHandler = (
  organization: IamOrganization,
  request: ServerRequest,
  context: IamContext,
) => Promise<ServerResponse>;

/** A handler of a path that names an organization. */
export function inOrganization(handler: OrganizationHandler): Handler {
  return async (context, request) => {
    const { organization } = context;
    if (organization === undefined) throw new HttpError(404, "the path names no organization");
    return handler(organization, request, context);
  };
}
