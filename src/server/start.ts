/** Starts the local Astro: SCIM and Astro's own API on loopback, as an object that can be closed. */

import { entraTenantUrl } from "../astro/address.ts";
import { resolveBehaviour } from "../astro/behaviour/resolve.ts";
import type { Behaviour, BehaviourChoice } from "../astro/behaviour/table.ts";
import type { AstroSeed } from "../astro/seed.ts";
import { parseFaults, type FaultSpec } from "../fault/parse-faults.ts";
import { astroRateLimits } from "../astro/rate-limits.ts";
import { createAuthenticator } from "./api/auth.ts";
import { createRateLimiter, type RateLimiter } from "./api/rate-limits.ts";
import { auditLine } from "./audit/audit-line.ts";
import { AuditLog, type AuditPeriod } from "./audit/audit-log.ts";
import { createControl, type Control } from "./control/control.ts";
import { controlApi, controlPath } from "./control/api.ts";
import { Faults, type FaultControl } from "./faults/faults.ts";
import { createOrganization } from "./create-organization.ts";
import { createHttpApp } from "./http/http.ts";
import { iamApis } from "./iam/api.ts";
import { identityOf, idsOf, type IdentityOptions } from "./identity.ts";
import type { ServedRequest } from "./log/observation.ts";
import { defaultLimits, type HttpLimits } from "./http/limits.ts";
import { closeWithin, listen } from "./http/listen.ts";
import type { ReceivedExchange } from "./log/received.ts";
import { scimApi } from "./scim/api.ts";
import { serverWorld, type ServerWorldOptions } from "./api/server-world.ts";
import { watchRequests } from "./log/watch-requests.ts";

export interface StartServerOptions extends IdentityOptions, BehaviourChoice, ServerWorldOptions {
  /** What Astro holds beforehand. */
  readonly seed?: AstroSeed;
  /** Address to listen on; 127.0.0.1 unless told otherwise. */
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
  /** Told of what should not happen: a fault of the server itself, answered 500, or what the two above threw. */
  readonly onFault?: (error: unknown) => void;
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
  /** Answers what is in flight, for five seconds at most, then stops; safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts a local Astro. Two servers in one process share nothing.
 * @throws AppError usage, for what is no fault; Error with `code` EADDRINUSE or EACCES where the port cannot be had
 */
export async function startServer(options: StartServerOptions = {}): Promise<AstroServer> {
  const world = serverWorld(options);
  const { clock, timers } = world;
  const newId = idsOf(world);
  const { organizationId, guest } = identityOf(options, world, newId);
  const { token, caller } = guest;
  const { faults: ownFaults = [], faultSeed, seed } = options;
  // Those of the server come first: of several statuses the first one counts.
  const faultsAtStart = parseFaults([...ownFaults, ...(seed?.faults ?? [])]);
  const faults = new Faults({ now: clock.now, faults: faultsAtStart, seed: faultSeed });
  const limits = { ...defaultLimits, ...options.limits };
  const { maxBodyBytes, closeTimeoutMs } = limits;
  const behaviour = resolveBehaviour(options, seed);
  const holding = await createOrganization(
    { organizationId, owner: caller, seed, behaviour },
    { world, newId, maxBodyBytes },
  );
  const onFault = guardedFault(options.onFault);
  const { log, observers } = watchRequests({ ...options, organizationId, token, clock, onFault });
  const secrets = [token];
  const auditLog = new AuditLog(clock.now);
  const renew = async (): Promise<void> => {
    await holding.renew();
    auditLog.clear();
  };
  const control = createControl({ holding: { ...holding, renew }, faults, log });
  const held = (id: string): typeof holding | undefined => (id === holding.id ? holding : undefined);
  const stopping = new AbortController();
  const authenticator = createAuthenticator([guest], clock.now);
  const rateLimiter = rateLimiterOf(behaviour, clock.monotonicMs);
  const shared = { behaviour, authenticator, rateLimiter };
  const auditLines = (id: string, period: AuditPeriod): readonly string[] =>
    auditLog.list(id, period).map((write) => auditLine(write, { rules: behaviour, secrets }));
  const scim = scimApi({ organization: (id, by) => held(id)?.scim(by), ...shared });
  const iam = iamApis({ organization: (id, by) => held(id)?.iam(by), auditLines, ...shared });
  const app = createHttpApp({
    apis: [scim, ...iam, ...(options.control === true ? [controlApi(control, scim)] : [])],
    newRequestId: newId,
    now: clock.now,
    limits,
    observers,
    onFault,
    faults,
    patience: { ...timers, signal: stopping.signal },
    writes: auditLog,
  });
  const { origin, port, isLocal } = await listen(app, options.host ?? "127.0.0.1", options.port ?? 0);
  const url = `${origin}/scim/v2/${organizationId}`;
  holding.moveTo(url);
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
    close: async () => {
      stopping.abort();
      await closeWithin(app, closeTimeoutMs, timers);
    },
  };
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
