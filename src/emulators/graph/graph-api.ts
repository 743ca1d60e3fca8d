/** Microsoft Graph over a company whose provider is Entra ID, with the token endpoint in front of it. */

import { systemWorld } from "../../world/system-world.ts";
import type { Company } from "../company/company.ts";
import type { EmulatedAnswer, EmulatedApi, EmulatedRequest, EmulatedRoute } from "../http/emulated-api.ts";
import { AccessTokens, type Grant } from "./access/access-tokens.ts";
import { allPermissions } from "./access/permissions.ts";
import { costOf, documentedLimit, Throttle } from "./access/throttling.ts";
import { tokenRoutes } from "./access/token-endpoint.ts";
import { directoryBefore, viewOf } from "./directory-view.ts";
import { codeOf, errorBody, GraphError } from "./graph-error.ts";
import { guidOf } from "./graph-ids.ts";
import type { GraphContext, GraphRoute, GraphVersion } from "./graph-route.ts";
import { provisioningLogRoutes } from "./log/routes.ts";
import { skipTokens } from "./odata/skip-token.ts";
import type { GraphOptions } from "./options.ts";
import { assignmentRoutes } from "./routes/assignments.ts";
import { deletedItemRoutes } from "./routes/deleted-items.ts";
import { groupRoutes } from "./routes/groups.ts";
import { memberRoutes } from "./routes/members.ts";
import { domainsOf, organizationRoutes } from "./routes/organization.ts";
import { servicePrincipalRoutes } from "./routes/service-principals.ts";
import { userRoutes } from "./routes/users.ts";
import { synchronizationRoutes } from "./synchronization/routes.ts";

const versions: readonly GraphVersion[] = ["v1.0", "beta"];

/** The tenant of a company, where the options name none. */
export function tenantIdOf(company: Pick<Company, "appId">): string {
  return guidOf(company.appId, "tenant");
}

/** `company` must be one of Entra ID; its actions are what the writes of Graph do. */
export function graphApi(company: Company, options: GraphOptions = {}): EmulatedApi {
  const world = options.world ?? systemWorld();
  const tenantId = options.tenantId?.toLowerCase() ?? tenantIdOf(company);
  const { clients = [], givenTokens = [], tokenLifetimeSeconds = 3_599, readsLagMs = 0 } = options;
  const tokens = new AccessTokens(world, {
    tenantId,
    lifetimeSeconds: tokenLifetimeSeconds,
    given: givenTokens,
  });
  const context: GraphContext = {
    company,
    options,
    tenantId,
    current: () => viewOf(company.directory()),
    read: () => viewOf(readsLagMs === 0 ? company.directory() : directoryBefore(company, readsLagMs)),
    skipTokens: skipTokens(world.random.bytes(32)),
    newGuid: world.random.uuid,
    nowMs: () => world.clock.now().getTime(),
  };
  const gate = new Gate(context, tokens);
  const routes = routesOf(context).flatMap((route) =>
    (route.versions ?? versions).map((version) => ({ ...route, path: `/${version}${route.path}` })),
  );
  return {
    routes: [
      ...tokenRoutes({
        tenantId,
        tenantNames: () => domainsOf(context).map(({ name }) => name),
        clients,
        tokens,
        world,
      }),
      ...routes.map((route) => gate.guarded(route)),
    ],
    admit: (request, path) => gate.admit(request, routes, path),
    errorAnswer: (status, message) => gate.errorAnswer(new GraphError(status, codeOf(status), message)),
  };
}

function routesOf(context: GraphContext): readonly GraphRoute[] {
  return [
    ...servicePrincipalRoutes(context),
    ...assignmentRoutes(context),
    ...userRoutes(context),
    ...groupRoutes(context),
    ...memberRoutes(context),
    ...deletedItemRoutes(context),
    ...organizationRoutes(context),
    ...synchronizationRoutes(context),
    ...provisioningLogRoutes(context),
  ];
}

const json =
  "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

/** What stands in front of every route: token, permission, throttling; and what every answer has. */
class Gate {
  readonly #context: GraphContext;
  readonly #tokens: AccessTokens;
  readonly #throttle = new Throttle();
  /** What is known of a request that was admitted, until it is handled. */
  readonly #grants = new WeakMap<EmulatedRequest["query"], Grant>();

  constructor(context: GraphContext, tokens: AccessTokens) {
    this.#context = context;
    this.#tokens = tokens;
  }

  admit(
    request: EmulatedRequest,
    routes: readonly GraphRoute[],
    path: string | undefined,
  ): EmulatedAnswer | undefined {
    if (path?.startsWith("/:tenant/") === true) return undefined;
    const route = routes.find((one) => one.path === path && one.method === request.method);
    try {
      const grant = this.#grantOf(request);
      if (route !== undefined) {
        this.#requirePermission(grant, route);
        this.#count(request, grant, route.cost ?? 1);
      }
      this.#grants.set(request.query, grant);
      return undefined;
    } catch (error) {
      if (error instanceof GraphError) return this.errorAnswer(error, request);
      throw error;
    }
  }

  guarded(route: GraphRoute): EmulatedRoute {
    return {
      method: route.method,
      path: route.path,
      handle: async (request) => {
        const permissions = this.#grants.get(request.query)?.permissions ?? allPermissions([]);
        try {
          const answer = await route.handle({ ...request, permissions });
          return this.#withHeaders(answer, request, costOf(route.cost ?? 1, request));
        } catch (error) {
          if (error instanceof GraphError) return this.errorAnswer(error, request);
          throw error;
        }
      },
    };
  }

  errorAnswer(error: GraphError, request?: EmulatedRequest): EmulatedAnswer {
    const requestId = this.#context.newGuid();
    const clientRequestId = request?.headers["client-request-id"] ?? requestId;
    return {
      status: error.status,
      headers: {
        "content-type": "application/json",
        "request-id": requestId,
        "client-request-id": clientRequestId,
        ...error.headers,
      },
      body: errorBody(error, { date: new Date(this.#context.nowMs()), requestId, clientRequestId }),
    };
  }

  #withHeaders(answer: EmulatedAnswer, { headers }: EmulatedRequest, cost: number): EmulatedAnswer {
    const requestId = this.#context.newGuid();
    return {
      ...answer,
      headers: {
        ...(answer.body === undefined ? {} : { "content-type": json }),
        "request-id": requestId,
        "client-request-id": headers["client-request-id"] ?? requestId,
        "x-ms-resource-unit": String(cost),
        // The times of the logs are by the company's clock, which simulated cycles move on.
        date: this.#context.company.now().toUTCString(),
        ...answer.headers,
      },
    };
  }

  #grantOf({ headers }: EmulatedRequest): Grant {
    const header = headers["authorization"] ?? "";
    const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
    if (token === undefined) throw unauthenticated("Access token is empty.");
    const check = this.#tokens.check(token);
    if (check.kind === "good") return check.grant;
    throw unauthenticated(
      check.kind === "expired"
        ? "Lifetime validation failed, the token is expired."
        : "IDX14100: JWT is not well formed, or it was not issued by this tenant.",
    );
  }

  #requirePermission({ permissions }: Grant, { needs, isSynchronization }: GraphRoute): void {
    if (needs.some((need) => permissions.has(need))) return;
    if (isSynchronization === true) throw new GraphError(401, "UnknownError", "");
    throw new GraphError(
      403,
      "Authorization_RequestDenied",
      "Insufficient privileges to complete the operation.",
    );
  }

  #count(request: EmulatedRequest, { clientId }: Grant, base: number): void {
    const { options, tenantId, current, nowMs } = this.#context;
    const { throttling = "off" } = options;
    if (throttling === "off") return;
    const limit = throttling === "documented" ? documentedLimit(current().users.length) : throttling;
    const { retryAfter } = this.#throttle.count(clientId ?? "", costOf(base, request), limit, nowMs());
    if (retryAfter === undefined) return;
    throw new GraphError(429, "TooManyRequests", "Too many requests", {
      "retry-after": String(retryAfter),
      "x-ms-throttle-scope": `Tenant_Application/ReadWrite/${clientId ?? "delegated"}/${tenantId}`,
      "x-ms-throttle-information": "ResourceUnitLimitExceeded",
    });
  }
}

function unauthenticated(message: string): GraphError {
  return new GraphError(401, "InvalidAuthenticationToken", message, {
    "www-authenticate":
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
  });
}
