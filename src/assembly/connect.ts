/** From a target to a connection: the local Astro is started, or the named server is spoken to. */

import { astroApisOf, publicAstroDomain, withoutEntraFlag, type AstroApis } from "../astro/address.ts";
import type { AstroSeed } from "../astro/seed.ts";
import { createInflationBudget } from "../http/decode-body.ts";
import { hideEchoedSecrets } from "../http/hide-echo.ts";
import { withObserver, type ObserveOptions } from "../http/observe.ts";
import { withReadOnly } from "../http/read-only.ts";
import { createPace, type RateLimit } from "../http/rate.ts";
import { withRetry, type RetryWait } from "../http/retry.ts";
import { createSender, type Sender, type SenderOptions } from "../http/send.ts";
import { startServer } from "../server/start.ts";
import type { Exchange, Send } from "../wire/exchange.ts";
import { stackText } from "../ground/stack-text.ts";
import type { Io } from "../world/io.ts";
import { readCa } from "../target/read-ca.ts";
import type { RemoteTarget, Target } from "../target/resolve-target.ts";
import { packageVersion } from "../world/version.ts";

export interface Connection {
  readonly target: Target;
  /** SCIM base URL. */
  readonly baseUrl: string;
  /** Host and port; undefined for the Astro inside the process. */
  readonly host: string | undefined;
  /** For people: `a local Astro`, or `organization c… on api.astronomer.io`. */
  readonly label: string;
  /** Sends as it is told, without Entra's flag, and repeats nothing: for what plays an identity provider. */
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

export interface ConnectOptions {
  readonly target: Target;
  /** What the local Astro starts with. */
  readonly local: { readonly seed?: AstroSeed; readonly organizationId?: string };
  /** For a whole request, from its turn to the last byte of its answer. */
  readonly timeoutMs: number;
  readonly caFile: string | undefined;
  /** Requests under way at once. */
  readonly connections: number;
  readonly limits: readonly RateLimit[];
  readonly signal: AbortSignal;
  /** Told of each exchange without its secrets, and of the base URL; where nobody is, they need not be looked for. */
  readonly onExchange: ((exchange: Exchange, baseUrl: string) => void) | undefined;
  readonly onWait: (wait: RetryWait) => void;
}

/** @throws AppError refused, for plain HTTP to another machine; invalid-file, for `--ca`. */
export async function connect(io: Io, options: ConnectOptions): Promise<Connection> {
  const end = await endOf(io, options);
  const { target, signal } = options;
  const inflation = createInflationBudget();
  const open = (extra: Partial<Pick<SenderOptions, "baseUrl" | "userAgent" | "signal">>): Sender =>
    createSender({
      baseUrl: end.baseUrl,
      token: end.token,
      timeoutMs: options.timeoutMs,
      timers: io.timers,
      connections: options.connections,
      signal,
      inflation,
      proxyEnv: io.env,
      ...(end.caPem === undefined ? {} : { caPem: end.caPem }),
      ...extra,
    });
  // A simulated provider sends its own User-Agent or none, never ours; and whether Entra's flag travels is its own affair.
  const providersUrl = withoutEntraFlag(end.baseUrl);
  const asProvider = open({ baseUrl: providersUrl });
  const userAgent = `astro-scim/${packageVersion()}`;
  const untilTheEnd = new AbortController().signal;
  const ourselves = { source: "astro-scim", userAgent } as const;
  const asOurselves = open({ userAgent });
  const asWriter = open({ userAgent, signal: untilTheEnd });
  const { now } = io.clock;
  const { wait: sleep } = io.timers;
  const { onExchange } = options;
  const secrets = [end.token];
  const watched = (
    send: Send,
    sender: Pick<ObserveOptions, "source" | "userAgent">,
    baseUrl: string,
  ): Send => {
    const safe = hideEchoedSecrets(readOnlyIf(target, send), secrets);
    if (onExchange === undefined) return safe;
    return withObserver(safe, {
      onExchange: (exchange) => onExchange(exchange, baseUrl),
      ...sender,
      secrets,
      now,
    });
  };
  const pace = createPace({ limits: options.limits, now, sleep });
  // Repetitions end with the signal of the run in any case: their waits may be long.
  const retrying = { now, sleep, random: io.random.number, signal, onWait: options.onWait };
  const patient = (sender: Sender, until: AbortSignal, baseUrl = end.baseUrl): Send =>
    withRetry(pace(watched(sender.send, ourselves, baseUrl), until), retrying);
  const openApis = (apis: AstroApis): Opened<ApisConnection> => {
    const reader = open({ userAgent, baseUrl: apis.root });
    const writer = open({ userAgent, baseUrl: apis.root, signal: untilTheEnd });
    return {
      value: {
        ...apis,
        send: patient(reader, signal, apis.root),
        sendToTheEnd: patient(writer, untilTheEnd, apis.root),
      },
      senders: [reader, writer],
    };
  };
  const named = astroApisOf(end.baseUrl);
  const apis = named && openApis(named);
  return {
    target,
    baseUrl: end.baseUrl,
    host: target.kind === "remote" ? new URL(target.baseUrl).host : undefined,
    label: labelOf(target),
    sendOnce: watched(asProvider.send, { source: "provider" }, providersUrl),
    send: patient(asOurselves, signal),
    sendToTheEnd: patient(asWriter, untilTheEnd),
    apis: apis?.value,
    close: async () => {
      const senders = [asProvider, asOurselves, asWriter, ...(apis?.senders ?? [])];
      await Promise.all(senders.map((sender) => sender.close()));
      await end.stop();
    },
  };
}

interface Opened<Value> {
  readonly value: Value;
  /** To be closed. */
  readonly senders: readonly Sender[];
}

/** A profile's `readOnly` holds in the client itself, whatever a command may try. */
function readOnlyIf(target: Target, send: Send): Send {
  const profile = target.kind === "remote" ? target.profile : undefined;
  return profile?.readOnly === true ? withReadOnly(send, `The ${profile.label}`) : send;
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
