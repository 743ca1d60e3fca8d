/** From a target to a connection: the local Astro is started, or the named server is spoken to. */

import { astroApisOf, publicAstroDomain, withoutEntraFlag, type AstroApis } from "../astro/address.ts";
import type { AstroSeed } from "../astro/seed.ts";
import { startServer } from "../server/start.ts";
import type { Send } from "../wire/exchange.ts";
import { stackText } from "../ground/text/stack-text.ts";
import { createClients, type ClientOptions } from "./clients.ts";
import type { Io } from "../world/io.ts";
import { readCa } from "../target/read-ca.ts";
import type { RemoteTarget, Target } from "../target/resolve-target.ts";

export interface Connection {
  readonly target: Target;
  /** SCIM base URL. */
  readonly baseUrl: string;
  /** Host and port; undefined for the Astro inside the process. */
  readonly host: string | undefined;
  /** For people: `a local Astro`, or `organization c… on api.astronomer.io`. */
  readonly label: string;
  /** Sends each request as given, without Entra's flag, and repeats nothing: for simulated identity providers. */
  readonly sendOnce: Send;
  /** Our own client: keeps to the pace of the target, and repeats what failed for the moment. */
  readonly send: Send;
  /** As `send`, and a read under way is not given up on Ctrl-C: for what must be known about a write. */
  readonly sendToTheEnd: Send;
  /** All APIs of Astro beside SCIM; undefined for a server whose address does not have Astro's form. */
  readonly apis: ApisConnection | undefined;
  close(): Promise<void>;
}

/** As the connection's own client, at the same pace, with paths below the root: `/v1/organizations/…`. */
export interface ApisConnection extends AstroApis {
  readonly send: Send;
  readonly sendToTheEnd: Send;
}

export interface ConnectOptions extends ClientOptions {
  /** What the local Astro starts with. */
  readonly local: { readonly seed?: AstroSeed; readonly organizationId?: string };
  readonly caFile: string | undefined;
}

/** @throws AppError refused, for plain HTTP to another machine; invalid-file, for `--ca`. */
export async function connect(io: Io, options: ConnectOptions): Promise<Connection> {
  const end = await endOf(io, options);
  const { baseUrl } = end;
  const { target, signal } = options;
  const clients = createClients(io, options, end);
  const untilTheEnd = new AbortController().signal;
  const ourselves = (url: string): Pick<Connection, "send" | "sendToTheEnd"> => ({
    send: clients.asOurselves(url, signal),
    sendToTheEnd: clients.asOurselves(url, untilTheEnd),
  });
  const apis = astroApisOf(baseUrl);
  return {
    target,
    baseUrl,
    host: target.kind === "remote" ? new URL(target.baseUrl).host : undefined,
    label: labelOf(target),
    // A simulated provider sends its own User-Agent or none, never ours; and whether Entra's flag travels is its own affair.
    sendOnce: clients.asProvider(withoutEntraFlag(baseUrl)),
    ...ourselves(baseUrl),
    apis: apis && { ...apis, ...ourselves(apis.root) },
    close: async () => {
      await clients.close();
      await end.stop();
    },
  };
}

interface End {
  readonly baseUrl: string;
  readonly token: string;
  readonly caPem: string | undefined;
  readonly stop: () => Promise<void>;
}

async function endOf(io: Io, options: ConnectOptions): Promise<End> {
  const { target, local } = options;
  if (target.kind === "in-process") {
    const server = await startServer({ ...local, world: io, onFault: (error) => reportFault(io, error) });
    return { baseUrl: server.url, token: server.token, caPem: undefined, stop: () => server.close() };
  }
  const caPem = await readCa(options.caFile, target.profile, io);
  return { baseUrl: target.baseUrl, token: target.token, caPem, stop: async () => {} };
}

function reportFault(io: Io, error: unknown): void {
  io.stderr.write(`The local Astro failed to handle a request; please report this:\n${stackText(error)}\n`);
}

/** For the question before a write: the target, and whose file said so. */
export function labelInQuestion({ label, target }: Pick<Connection, "label" | "target">): string {
  const profile = target.kind === "remote" ? target.profile : undefined;
  return profile === undefined ? label : `${label}, by ${profile.label}`;
}

function labelOf(target: Target): string {
  if (target.kind === "in-process") return "a local Astro inside this process";
  const { host } = new URL(target.baseUrl);
  return target.organizationId === undefined ? host : `${organizationLabel(target)} on ${host}`;
}

function organizationLabel({ organizationId, isPublicAstro }: RemoteTarget): string {
  return isPublicAstro
    ? `the Astro organization ${organizationId} (${publicAstroDomain})`
    : `organization ${organizationId}`;
}

/** The same server whether its URL carries Entra's flag or not. */
export function memoryTarget({ baseUrl }: Pick<Connection, "baseUrl">): string {
  return baseUrl.split("?")[0] ?? baseUrl;
}
