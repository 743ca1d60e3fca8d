/** A route of Microsoft Graph, and what all routes share. */

import type { EmulatedAnswer, EmulatedRequest } from "../http/emulated-api.ts";
import type { Company } from "../company/company.ts";
import type { DirectoryView } from "./directory-view.ts";
import type { SkipTokens } from "./odata/skip-token.ts";
import type { GraphOptions } from "./options.ts";

export interface GraphRequest extends EmulatedRequest {
  /** What the token may do, with all that it includes. */
  readonly permissions: ReadonlySet<string>;
}

export type GraphVersion = "v1.0" | "beta";

export interface GraphRoute {
  readonly method: EmulatedRequest["method"];
  /** Below the version: `/users/:id`. */
  readonly path: string;
  /** In which versions it is there; both where it is left out. */
  readonly versions?: readonly GraphVersion[];
  /** Any of these permissions suffices. */
  readonly needs: readonly string[];
  /** Synchronization answers 401 UnknownError where a permission is missing, everything else 403. */
  readonly isSynchronization?: true;
  /** Resource units before options count; 1 where it is left out. */
  readonly cost?: number;
  readonly handle: (request: GraphRequest) => EmulatedAnswer | Promise<EmulatedAnswer>;
}

/** What routes work with. */
export interface GraphContext {
  readonly company: Company;
  readonly options: GraphOptions;
  readonly tenantId: string;
  /** The directory as it is. */
  readonly current: () => DirectoryView;
  /** The directory as reads see it. */
  readonly read: () => DirectoryView;
  readonly skipTokens: SkipTokens;
  /** A random GUID. */
  readonly newGuid: () => string;
  /** Real time, for limits. */
  readonly nowMs: () => number;
}

/** `https://graph.microsoft.com/v1.0/$metadata#users/$entity`. */
export function contextUrl({ origin, path }: EmulatedRequest, what: string): string {
  return `${origin}/${path.split("/")[1] ?? ""}/$metadata#${what}`;
}

export const noContent: EmulatedAnswer = { status: 204 };
