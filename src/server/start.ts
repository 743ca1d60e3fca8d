/** Starts the local Astro: a SCIM endpoint on loopback, as an object that can be closed. */

import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { entraTenantUrl } from "../astro/address.ts";
import type { AstroSeed } from "../astro/seed.ts";
import { astroFormToken, createAuthenticator } from "./auth.ts";
import { astroBehaviour } from "./behaviour.ts";
import { createHttpApp, type HttpLimits, type ServedRequest } from "./http.ts";
import type { Organization } from "./message.ts";
import { plantSeed } from "./seed.ts";
import { cuidGenerator, type RandomBytes } from "./store/cuid.ts";
import { MemoryStore } from "./store/memory.ts";

export interface StartServerOptions {
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
  /** Told of each request once it is answered. */
  readonly onServed?: (served: ServedRequest) => void;
  /** Told of what should not happen: a fault of the server itself, answered 500. */
  readonly onFault?: (error: unknown) => void;
  readonly now?: () => Date;
  readonly randomBytes?: RandomBytes;
}

/** A local Astro that is listening. */
export interface AstroServer {
  /** SCIM base URL: `http://127.0.0.1:8888/scim/v2/{organizationId}`. */
  readonly url: string;
  /** The same with Entra's flag: the Tenant URL. */
  readonly tenantUrl: string;
  readonly organizationId: string;
  readonly token: string;
  readonly port: number;
  /** Answers what is in flight, then stops; safe to call twice. */
  close(): Promise<void>;
}

const defaultLimits: HttpLimits = {
  // A PUT of a Team of 100,000 members takes some 8 MB; Okta's manual integration sends exactly that.
  maxBodyBytes: 16 * 1024 * 1024,
  maxUrlLength: 8_192,
  requestTimeoutMs: 30_000,
};

/**
 * Starts a local Astro. Two servers in one process share nothing.
 * @throws Error with `code` EADDRINUSE or EACCES where the port cannot be had.
 */
export async function startServer(options: StartServerOptions = {}): Promise<AstroServer> {
  const now = options.now ?? ((): Date => new Date());
  const random = options.randomBytes ?? randomBytes;
  const newId = cuidGenerator(now, random);
  const organizationId = options.organizationId ?? newId();
  const token = options.token ?? astroFormToken(organizationId, { now: now(), newId, randomBytes: random });
  const store = new MemoryStore({ now, newId, rules: astroBehaviour });
  if (options.seed !== undefined) await plantSeed(store, options.seed);

  const organization: { current: Organization } = { current: { store, baseUrl: "" } };
  const app = createHttpApp({
    organizationId,
    organization: () => organization.current,
    authenticator: createAuthenticator(token),
    limits: { ...defaultLimits, ...options.limits },
    onServed: options.onServed ?? ignore,
    onFault: options.onFault ?? ignore,
  });
  const { origin, port } = await listen(app, options.host ?? "127.0.0.1", options.port ?? 0);
  const url = `${origin}/scim/v2/${organizationId}`;
  organization.current = { store, baseUrl: url };
  return { url, tenantUrl: entraTenantUrl(url), organizationId, token, port, close: () => app.close() };
}

async function listen(
  app: FastifyInstance,
  host: string,
  port: number,
): Promise<{ readonly origin: string; readonly port: number }> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw error;
  }
  const address = addressOf(app);
  const name = host.includes(":") ? `[${host}]` : host;
  return { origin: `http://${name}:${address.port}`, port: address.port };
}

function addressOf(app: FastifyInstance): AddressInfo {
  const address = app.server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens nowhere");
  return address;
}

function ignore(): void {
  // Nobody asked to be told.
}
