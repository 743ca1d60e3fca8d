/** The organization that a path names, for a token that is for it. */

import type { Behaviour } from "../../astro/behaviour/table.ts";
import { HttpError } from "../../ground/http-error.ts";
import type { Caller } from "./caller.ts";

export interface AdmissionOptions<Organization> {
  /** Undefined for one that this server does not have. */
  readonly find: (id: string, caller: Caller) => Organization | undefined;
  readonly rules: Pick<Behaviour, "unknownOrganization" | "foreignOrganization">;
  /** Whether a token learns which organizations there are. */
  readonly tellsUnknown: boolean;
}

/** @throws HttpError 403 or 404, as the behaviour says, for an unknown organization and for one that the token is not for */
export function organizationOfPath<Organization>(
  id: string,
  caller: Caller,
  { find, rules, tellsUnknown }: AdmissionOptions<Organization>,
): Organization {
  const organization = find(id, caller);
  if (organization === undefined && tellsUnknown) {
    throw new HttpError(statusOf(rules.unknownOrganization), `organization ${shown(id)} not found`);
  }
  if (organization !== undefined && caller.organizationIds.includes(id)) return organization;
  throw new HttpError(statusOf(rules.foreignOrganization), outsiderDetail(caller, id));
}

function outsiderDetail({ scope }: Caller, id: string): string {
  if (scope === "ORGANIZATION") return `the API token is not for the organization ${shown(id)}`;
  const what = scope === "WORKSPACE" ? "a Workspace" : "a Deployment";
  return `the API token is for ${what}; use an Organization API token`;
}

function statusOf(answer: "forbidden" | "not-found"): number {
  return answer === "forbidden" ? 403 : 404;
}

function shown(id: string): string {
  return id.slice(0, 100);
}
