/** Starts the local Astro: a SCIM endpoint on loopback, as an object that can be closed. */

import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { entraTenantUrl } from "../astro/address.ts";
import type { BehaviourChoice } from "../astro/behaviour/table.ts";
import type { AstroSeed } from "../astro/seed.ts";
import { parseFaults, type FaultSpec } from "../fault/parse-faults.ts";
import { astroFormToken, createAuthenticator } from "./auth.ts";
import { resolveBehaviour } from "../astro/behaviour/resolve.ts";
import { createControl, type Control, type Holding } from "./control/control.ts";
import { controlApi, controlPath } from "./control/api.ts";
import { Faults, type FaultControl } from "./faults.ts";
import { createHttpApp } from "./http.ts";
import type { ServedRequest } from "./observation.ts";
import type { Operations } from "./organization/outcome.ts";
import { createOperations } from "./organization/operations.ts";
import { defaultLimits, type HttpLimits } from "./limits.ts";
import { realWait, type Wait } from "./wait.ts";
import type { ReceivedExchange } from "./received.ts";
import { reachOf, type Reach } from "./reachable.ts";
import { scimApi } from "./scim/api.ts";
import { createCursors } from "./scim/cursors.ts";
import type { Organization } from "./scim/organization.ts";
import { shortcuts } from "./scim/shortcuts/shortcuts.ts";
import { loadSeed } from "./seed.ts";
import { cuidGenerator, type RandomBytes } from "./store/cuid.ts";
import { MemoryRows } from "./store/memory/memory-rows.ts";
import type { Origin } from "./store/event.ts";
import { watchRequests } from "./watch-requests.ts";

export interface StartServerOptions extends BehaviourChoice {
  /** Address to listen on; 127.0.0.1 unless told otherwise. */
  readonly host?: string;
  /** 0 or nothing lets the system choose. */
  readonly port?: number;
  /** Organization ID in the path; made up when none is given. */
  readonly organizationId?: string;
  /** The bearer token that is let in; made up in Astro's form when none is given. */
  readonly token?: string;
  /** What Astro holds beforehand. */
  readonly seed?: AstroSeed;
  readonly limits?: Partial<HttpLimits>;
  /**
   * What goes wrong on purpose, beside what the seed says: `"status=429,retry-after=2,rate=0.1,path=/Users"`, or the
   * same as settings.
   */
  readonly faults?: readonly FaultSpec[];
  /** The same seed and the same requests make the same faults; 1 by default. */
  readonly faultSeed?: number;
  /** How many of the last requests `requests()` tells of; none by default. */
  readonly keepRequests?: number;
  /** Whether `/_control/` is there; not by default. */
  readonly control?: boolean;
  /** Told of each request once it is answered; the token is in none of it. */
  readonly onServed?: (served: ServedRequest) => void;
  /** The same with headers and bodies, and without tokens and passwords. */
  readonly onExchange?: (exchange: ReceivedExchange) => void;
  /** Told of what should not happen: a fault of the server itself, answered 500, or what the two above threw. */
  readonly onFault?: (error: unknown) => void;
  readonly now?: () => Date;
  readonly randomBytes?: RandomBytes;
  /** How faults wait; real time by default. */
  readonly wait?: Wait;
}

/** A local Astro that is listening. */
export interface AstroServer extends Omit<Control, "faults"> {
  /** SCIM base URL: `http://127.0.0.1:8888/scim/v2/{organizationId}`. */
  readonly url: string;
  /** The same with Entra's flag: the Tenant URL. */
  readonly tenantUrl: string;
  readonly organizationId: string;
  readonly token: string;
  readonly port: number;
  /** Whether nobody but this machine reaches it. */
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
  const identity = identityOf(options);
  const { now, organizationId, token } = identity;
  const { faults: ownFaults = [], faultSeed, seed } = options;
  // Those of the server come first: of several statuses the first one counts.
  const faultsAtStart = parseFaults([...ownFaults, ...(seed?.faults ?? [])]);
  const faults = new Faults({ now, faults: faultsAtStart, seed: faultSeed });
  const holding = await holdOrganization(options, identity);
  const onFault = guardedFault(options.onFault);
  const { log, observers } = watchRequests({ ...options, organizationId, token, now, onFault });
  const control = createControl({ holding, faults, log });
  const stopping = new AbortController();
  const limits = { ...defaultLimits, ...options.limits };
  const scim = scimApi({
    organizationId,
    organization: holding.current,
    behaviour: holding.current().behaviour,
    authenticator: createAuthenticator(token),
  });
  const app = createHttpApp({
    apis: options.control === true ? [scim, controlApi(control, scim)] : [scim],
    newRequestId: identity.newId,
    limits,
    observers,
    onFault,
    faults,
    patience: { wait: options.wait ?? realWait, signal: stopping.signal },
  });
  const { origin, port, isLocal } = await listen(app, options.host ?? "127.0.0.1", options.port ?? 0);
  const url = `${origin}/scim/v2/${organizationId}`;
  holding.moveTo(url);
  return {
    ...control,
    url,
    tenantUrl: entraTenantUrl(url),
    organizationId,
    token,
    port,
    isLocal,
    controlUrl: options.control === true ? origin + controlPath : undefined,
    close: async () => {
      stopping.abort();
      await closeWithin(app, limits.closeTimeoutMs);
    },
  };
}

interface Identity {
  readonly now: () => Date;
  readonly random: RandomBytes;
  readonly newId: () => string;
  readonly organizationId: string;
  readonly token: string;
}

/** What was not given is made up. */
function identityOf(options: StartServerOptions): Identity {
  const now = options.now ?? ((): Date => new Date());
  const random = options.randomBytes ?? randomBytes;
  const newId = cuidGenerator(now, random);
  const organizationId = options.organizationId ?? newId();
  const token = options.token ?? astroFormToken(organizationId, { now: now(), newId, randomBytes: random });
  return { now, random, newId, organizationId, token };
}

interface OrganizationHolding extends Holding {
  readonly current: () => Organization;
  moveTo(baseUrl: string): void;
}

/** The organization as requests see it: replaced as a whole, so that one which is under way keeps what it began with. */
async function holdOrganization(
  options: StartServerOptions,
  { now, random, newId }: Identity,
): Promise<OrganizationHolding> {
  const { seed } = options;
  const cursors = createCursors(random(32), now);
  const { maxBodyBytes } = { ...defaultLimits, ...options.limits };
  const behaviour = resolveBehaviour(options, seed);
  const renewed = async (): Promise<Pick<Organization, "rows" | "operations">> => {
    const rows = new MemoryRows(now().getTime());
    const operationsOf = (origin: Origin): Operations =>
      createOperations({ rows, rules: behaviour, origin, now, newId });
    if (seed !== undefined) await loadSeed(operationsOf({ api: "seed", actor: "seed" }), seed, behaviour);
    return { rows, operations: operationsOf({ api: "scim", actor: "API token" }) };
  };
  let current: Organization = {
    ...(await renewed()),
    shortcuts,
    baseUrl: "",
    behaviour,
    cursors,
    newId,
    maxBodyBytes,
  };
  return {
    current: () => current,
    renew: async () => {
      const held = await renewed();
      current = { ...current, ...held };
    },
    moveTo: (baseUrl) => {
      current = { ...current, baseUrl };
    },
  };
}

async function listen(
  app: FastifyInstance,
  host: string,
  port: number,
): Promise<Reach & { readonly port: number }> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw error;
  }
  const address = addressOf(app);
  return { ...reachOf(host, address), port: address.port };
}

/** A client that does not take its answer, or waits for a long list, cannot keep the server from stopping. */
async function closeWithin(app: FastifyInstance, ms: number): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), ms);
  try {
    await app.close();
  } finally {
    clearTimeout(timer);
  }
}

function addressOf(app: FastifyInstance): AddressInfo {
  const address = app.server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens nowhere");
  return address;
}

/** There may be no listener for errors, and it may fail in turn: neither ends the process. */
function guardedFault(onFault: StartServerOptions["onFault"]): (error: unknown) => void {
  return (error) => {
    try {
      onFault?.(error);
    } catch {
      // There is nobody left to tell.
    }
  };
}
