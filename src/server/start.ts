/** Starts the local Astro: SCIM and Astro's own API on loopback, as an object that can be closed. */

import { entraTenantUrl } from "../astro/address.ts";
import { resolveBehaviour } from "../astro/behaviour/resolve.ts";
import type { Behaviour, BehaviourChoice } from "../astro/behaviour/table.ts";
import { parseFaults, type FaultSpec } from "../fault/parse-faults.ts";
import { astroRateLimits } from "../astro/rate-limits.ts";
import type { Clock } from "../world/world.ts";
import type { Api } from "./api/api.ts";
import { createAuthenticator } from "./api/auth.ts";
import { createRateLimiter, type RateLimiter } from "./api/rate-limits.ts";
import { auditLinesOf } from "./audit/audit-line.ts";
import { AuditLog } from "./audit/audit-log.ts";
import { createControl, type Control } from "./control/control.ts";
import { readServedState } from "./control/state.ts";
import { controlApi, controlPath } from "./control/api.ts";
import { routesForFaults } from "./faults/fault-paths.ts";
import { Faults, type FaultControl } from "./faults/faults.ts";
import { createHttpApp } from "./http/http.ts";
import { iamApis } from "./iam/api.ts";
import type { AuditLines } from "./iam/context.ts";
import { idsOf } from "./identity.ts";
import {
  createOrganizations,
  type HeldOrganization,
  type OrganizationOptions,
  type Organizations,
} from "./organizations.ts";
import type { ServedRequest } from "./log/observation.ts";
import { defaultLimits, type HttpLimits } from "./http/limits.ts";
import { closeWithin, listen } from "./http/listen.ts";
import type { LoggedRequest } from "./log/logged-request.ts";
import type { ReceivedExchange } from "./log/received.ts";
import { scimApi } from "./scim/api.ts";
import { serverWorld, type ServerWorldOptions } from "./api/server-world.ts";
import { watchRequests } from "./log/watch-requests.ts";

export interface StartServerOptions extends OrganizationOptions, BehaviourChoice, ServerWorldOptions {
  /**
   * More organizations on the same server, each with an ID and data of its own. A token that several have is for all of them.
   * Behaviour and faults are the server's: those of their seeds do not count.
   */
  readonly organizations?: readonly OrganizationOptions[];
  /** Address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** 0 or nothing lets the system choose. */
  readonly port?: number;
  readonly limits?: Partial<HttpLimits>;
  /**
   * What goes wrong on purpose, beside what the seed says: `"status=429,retry-after=2,rate=0.1,path=/Users"`, or the
   * same as settings.
   */
  readonly faults?: readonly FaultSpec[];
  /** The same seed and the same requests make the same faults; 1 by default. */
  readonly faultSeed?: number;
  /** How many of the last requests `requests()` returns; none by default. */
  readonly keepRequests?: number;
  /** Whether `/_control/` is there; not by default. */
  readonly control?: boolean;
  /** Told of each request once it is answered; the token is in none of it. */
  readonly onServed?: (served: ServedRequest) => void;
  /** The same with headers and bodies, and without tokens and passwords. */
  readonly onExchange?: (exchange: ReceivedExchange) => void;
  /** Told of each request, too, and cheap: what takes work is done when it is looked at. */
  readonly onReceived?: (request: LoggedRequest) => void;
  /** Told of what should not happen: a fault of the server itself, answered 500, or what those above threw. */
  readonly onFault?: (error: unknown) => void;
}

/** One organization of a local Astro that is listening. */
export interface ServedOrganization extends Pick<Control, "state"> {
  readonly organizationId: string;
  readonly token: string;
  /** SCIM base URL. */
  readonly url: string;
}

/** A local Astro that is listening. */
export interface AstroServer extends Omit<Control, "faults"> {
  /** SCIM base URL: `http://127.0.0.1:8888/scim/v2/{organizationId}`. */
  readonly url: string;
  /** Of Astro's own API: `http://127.0.0.1:8888/v1`. */
  readonly apiUrl: string;
  /** The SCIM base URL with Entra's flag: the Tenant URL. */
  readonly tenantUrl: string;
  readonly organizationId: string;
  readonly token: string;
  readonly port: number;
  /** Whether only this machine can reach it. */
  readonly isLocal: boolean;
  /** `http://127.0.0.1:8888/_control`; undefined where it is off. */
  readonly controlUrl: string | undefined;
  readonly faults: FaultControl;
  /** All of them; what this object says itself is of the first. */
  readonly organizations: readonly ServedOrganization[];
  /** Answers what is in flight, for five seconds at most, then stops; safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts a local Astro. Two servers in one process share nothing.
 * @throws AppError usage, for what is not a fault; Error with `code` EADDRINUSE or EACCES where the port cannot be had
 */
export async function startServer(options: StartServerOptions = {}): Promise<AstroServer> {
  const world = serverWorld(options);
  const { clock, timers } = world;
  const newId = idsOf(world);
  const limits = { ...defaultLimits, ...options.limits };
  const { maxBodyBytes, closeTimeoutMs } = limits;
  const behaviour = resolveBehaviour(options, options.seed);
  const organizations = await createOrganizations([options, ...(options.organizations ?? [])], behaviour, {
    world,
    newId,
    maxBodyBytes,
  });
  const { all, guests } = organizations;
  const [{ organizationId, token }] = all;
  const onFault = guardedFault(options.onFault);
  const tokens = guests.map((guest) => guest.token);
  const { log, observers } = watchRequests({ ...options, organizationId, tokens, clock, onFault });
  const writes = new AuditLog(clock.now);
  const auditLines = auditLinesOf(writes, { rules: behaviour, secrets: tokens });
  const [scim, ...iam] = apisOf(organizations, { behaviour, clock, auditLines });
  const faults = faultsAtStart(options, clock.now, [scim, ...iam]);
  const control = createControl({ holding: organizations, faults, log, writes });
  const stopping = new AbortController();
  const app = createHttpApp({
    apis: [scim, ...iam, ...(options.control === true ? [controlApi(control, scim)] : [])],
    newRequestId: newId,
    now: clock.now,
    limits,
    observers,
    onFault,
    faults,
    patience: { ...timers, signal: stopping.signal },
    writes,
  });
  const { origin, port, isLocal } = await listen(app, options.host ?? "127.0.0.1", options.port ?? 0);
  const url = scimUrl(origin, organizationId);
  return {
    ...control,
    url,
    apiUrl: `${origin}/v1`,
    tenantUrl: entraTenantUrl(url),
    organizationId,
    token,
    port,
    isLocal,
    controlUrl: options.control === true ? origin + controlPath : undefined,
    organizations: all.map((one) => servedAt(origin, one)),
    close: async () => {
      stopping.abort();
      await closeWithin(app, closeTimeoutMs, timers);
    },
  };
}

/** From now on its answers name this address. */
function servedAt(origin: string, { organizationId, token, handle }: HeldOrganization): ServedOrganization {
  const url = scimUrl(origin, organizationId);
  handle.moveTo(url);
  return { organizationId, token, url, state: () => readServedState(handle.current()) };
}

function scimUrl(origin: string, organizationId: string): string {
  return `${origin}/scim/v2/${organizationId}`;
}

/** @throws AppError usage, for what is no fault */
function faultsAtStart(
  { faults = [], faultSeed, seed }: StartServerOptions,
  now: () => Date,
  apis: readonly Api[],
): Faults {
  // Those of the server come first: of several statuses the first one counts.
  const all = parseFaults([...faults, ...(seed?.faults ?? [])]);
  return new Faults({ now, faults: all, seed: faultSeed, requireRoutes: routesForFaults(apis) });
}

interface ApiParts {
  readonly behaviour: Behaviour;
  readonly clock: Clock;
  readonly auditLines: AuditLines;
}

/** SCIM and Astro's own API, for the same tokens and under the same limits. */
function apisOf(
  { find, guests }: Organizations,
  { behaviour, clock, auditLines }: ApiParts,
): readonly [Api, ...Api[]] {
  const authenticator = createAuthenticator(guests, clock.now);
  const shared = { behaviour, authenticator, rateLimiter: rateLimiterOf(behaviour, clock.monotonicMs) };
  return [
    scimApi({ organization: (id, by) => find(id)?.scim(by), ...shared }),
    ...iamApis({ organization: (id, by) => find(id)?.iam(by), auditLines, ...shared }),
  ];
}

/** Undefined where requests are not limited. */
function rateLimiterOf({ rateLimits }: Behaviour, nowMs: () => number): RateLimiter | undefined {
  if (rateLimits === "off") return undefined;
  return createRateLimiter({ limits: astroRateLimits, saysWhen: rateLimits === "on", nowMs });
}

/** There may be no listener for errors, and it may fail in turn: neither ends the process. */
function guardedFault(onFault: StartServerOptions["onFault"]): (error: unknown) => void {
  return (error) => {
    try {
      onFault?.(error);
    } catch {
      // The client has already disconnected.
    }
  };
}
