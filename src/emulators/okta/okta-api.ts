/** Okta's management API over a company: what an HTTP server needs to be an emulated Okta. */

import { randomText } from "../../world/random-text.ts";
import type { World } from "../../world/world.ts";
import type { Company } from "../company/company.ts";
import type { EmulatedAnswer, EmulatedApi, EmulatedRequest, EmulatedRoute } from "../http/emulated-api.ts";
import { principalOf, requireAllowed, type Admission } from "./auth/admission.ts";
import type { OktaCredentials } from "./auth/credentials.ts";
import { Sessions } from "./auth/sessions.ts";
import { answerTokenRequest, tokenPath } from "./auth/token-endpoint.ts";
import type { OktaContext, Operation } from "./context.ts";
import { errorAnswer, errorOfStatus, OktaError } from "./errors.ts";
import { oktaIds } from "./ids.ts";
import { LaggingDirectory } from "./lagging-directory.ts";
import { appGroupOperations } from "./operations/app-groups.ts";
import { appOperations } from "./operations/apps.ts";
import { appUserOperations } from "./operations/app-users.ts";
import { groupRuleOperations } from "./operations/group-rules.ts";
import { groupOperations } from "./operations/groups.ts";
import { logOperations } from "./operations/logs.ts";
import { mappingOperations } from "./operations/mappings.ts";
import { pushMappingOperations } from "./operations/push-mappings.ts";
import { userOperations } from "./operations/users.ts";
import { RateLimits } from "./rate-limits.ts";
import { oktaSwitches, type OktaSwitches } from "./switches.ts";

export interface OktaApiOptions extends OktaCredentials {
  readonly world: Pick<World, "clock" | "timers" | "random">;
  /** Set at any time; without them an Okta that behaves well. */
  readonly switches?: OktaSwitches;
  /** What the app's connection shows as its base URL. */
  readonly scimBaseUrl?: string;
}

/** Every operation, in the order of the documentation. */
export const oktaOperations: readonly Operation[] = [
  ...appOperations,
  ...appUserOperations,
  ...appGroupOperations,
  ...pushMappingOperations,
  ...groupRuleOperations,
  ...groupOperations,
  ...userOperations,
  ...mappingOperations,
  ...logOperations,
];

/** @param company of Okta; @throws Error for a company of another provider */
export function oktaApi(company: Company, options: OktaApiOptions): EmulatedApi {
  const { world, switches = oktaSwitches(), apiTokens = [], serviceApps = [] } = options;
  const sessions = new Sessions(world, switches);
  const parts: Parts = {
    admission: { apiTokens, sessions },
    limits: new RateLimits(switches, world.clock),
    lagging: new LaggingDirectory(company, switches),
    world,
    switches,
  };
  const context = contextOf(company, parts, options.scimBaseUrl ?? "");
  const routes = oktaOperations.map((operation) => routeOf(operation, context, parts));
  const operations = new Map(
    oktaOperations.map((operation) => [`${operation.method} ${operation.path}`, operation]),
  );
  return {
    routes: [
      ...routes,
      {
        method: "POST",
        path: tokenPath,
        handle: (request) => {
          const answer = answerTokenRequest(request, { serviceApps, sessions, switches });
          return { ...answer, headers: { ...parts.limits.headersOf(tokenPath), ...answer.headers } };
        },
      },
    ],
    admit: (request, path) => {
      if (path === tokenPath) return refusal(request, parts, () => parts.limits.count(tokenPath));
      parts.lagging.note();
      return refusal(request, parts, () => {
        parts.limits.count(request.path);
        requireAllowed(request, operations.get(`${request.method} ${path}`)?.scopes ?? [], parts.admission);
      });
    },
    errorAnswer: (status, message) => ({
      ...errorOfStatus(status, message, newErrorId(world)),
      headers: parts.limits.headersOf(""),
    }),
  };
}

interface Parts {
  readonly admission: Admission;
  readonly limits: RateLimits;
  readonly lagging: LaggingDirectory;
  readonly world: OktaApiOptions["world"];
  readonly switches: OktaSwitches;
}

function contextOf(company: Company, { lagging, switches, world }: Parts, scimBaseUrl: string): OktaContext {
  const state = (): Extract<ReturnType<Company["state"]>, { readonly idp: "okta" }> => {
    const held = company.state();
    if (held.idp !== "okta") throw new TypeError("the company has another provider than Okta");
    return held;
  };
  const settings = (): ReturnType<OktaContext["settings"]> => {
    const app = company.app();
    if (app.idp !== "okta") throw new TypeError("the company has another provider than Okta");
    return app;
  };
  settings();
  return {
    company,
    switches,
    world,
    ids: oktaIds(company.appId),
    scimBaseUrl,
    listed: () => lagging.shown(),
    settings,
    memory: () => state().memory,
    dormant: new Map(),
    requestedPushes: new Map(),
    descriptions: new Map(),
  };
}

/** Every answer says what is left of its bucket. */
function routeOf({ method, path, handle }: Operation, context: OktaContext, parts: Parts): EmulatedRoute {
  const { limits, world, switches, admission } = parts;
  const carryOut = async (request: EmulatedRequest): Promise<EmulatedAnswer> => {
    const end = limits.begin(request.path);
    try {
      if (switches.latencyMs > 0) await world.timers.wait(switches.latencyMs, new AbortController().signal);
      const by = principalOf(request, admission)?.name ?? "";
      const answer = handle({ ...request, by }, context);
      return { ...answer, headers: { ...limits.headersOf(request.path), ...answer.headers } };
    } finally {
      end();
    }
  };
  return {
    method,
    path,
    handle: async (request) => {
      try {
        return await carryOut(request);
      } catch (error) {
        return refused(error, request, parts);
      }
    },
  };
}

function refusal(request: EmulatedRequest, parts: Parts, check: () => void): EmulatedAnswer | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return refused(error, request, parts);
  }
}

function refused(error: unknown, { path }: EmulatedRequest, { limits, world }: Parts): EmulatedAnswer {
  if (!(error instanceof OktaError)) throw error;
  const answer = errorAnswer(error, newErrorId(world));
  return { ...answer, headers: { ...limits.headersOf(path), ...answer.headers } };
}

/** `oae…`, as Okta's own. */
function newErrorId({ random }: Pick<OktaApiOptions["world"], "random">): string {
  return `oae${randomText(random, 22)}`;
}
