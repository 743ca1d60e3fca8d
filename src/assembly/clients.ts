/** The clients of one connection: as a provider, and as astro-scim itself; all of them are closed together. */

import { createInflationBudget } from "../http/decode-body.ts";
import { hideEchoedSecrets } from "../http/hide-echo.ts";
import { withObserver, type ObserveOptions } from "../http/observe.ts";
import { withReadOnly } from "../http/read-only.ts";
import { createPace, type RateLimit } from "../http/rate.ts";
import { withRetry, type RetryWait } from "../http/retry.ts";
import { createSender, type Sender, type SenderOptions } from "../http/send.ts";
import type { Target } from "../target/resolve-target.ts";
import type { Exchange, Send } from "../wire/exchange.ts";
import type { Io } from "../world/io.ts";
import { packageVersion } from "../world/version.ts";

export interface ClientOptions {
  readonly target: Target;
  /** For a whole request, from its turn to the last byte of its answer. */
  readonly timeoutMs: number;
  /** Requests under way at once. */
  readonly connections: number;
  readonly limits: readonly RateLimit[];
  readonly signal: AbortSignal;
  /** Told of each exchange without its secrets, and of the base URL; where nobody is, they need not be looked for. */
  readonly onExchange: ((exchange: Exchange, baseUrl: string) => void) | undefined;
  readonly onWait: (wait: RetryWait) => void;
}

/** With what a server is spoken to. */
export interface Credentials {
  readonly token: string;
  readonly caPem: string | undefined;
}

export interface Clients {
  /** Sends as it is told and repeats nothing, without a User-Agent of ours. */
  readonly asProvider: (baseUrl: string) => Send;
  /** Keeps to the pace that all of these share, and repeats what failed for the moment; reads are given up at `signal`. */
  readonly asOurselves: (baseUrl: string, signal: AbortSignal) => Send;
  close(): Promise<void>;
}

export function createClients(io: Io, options: ClientOptions, credentials: Credentials): Clients {
  const open = opener(io, options, credentials);
  const watched = watcher(io, options, [credentials.token]);
  const userAgent = `astro-scim/${packageVersion()}`;
  const { now } = io.clock;
  const { wait: sleep } = io.timers;
  const pace = createPace({ limits: options.limits, now, sleep });
  // Repetitions end with the signal of the run in any case: their waits may be long.
  const { signal, onWait } = options;
  const retrying = { now, sleep, random: io.random.number, signal, onWait };
  const senders: Sender[] = [];
  const opened = (extra: Parameters<typeof open>[0]): Send => {
    const sender = open(extra);
    senders.push(sender);
    return sender.send;
  };
  return {
    asProvider: (baseUrl) => watched(opened({ baseUrl, signal }), { source: "provider" }, baseUrl),
    asOurselves: (baseUrl, until) => {
      const send = opened({ baseUrl, userAgent, signal: until });
      const seen = watched(send, { source: "astro-scim", userAgent }, baseUrl);
      return withRetry(pace(seen, until), retrying);
    },
    close: async () => {
      await Promise.all(senders.map((sender) => sender.close()));
    },
  };
}

type Opener = (extra: Pick<SenderOptions, "baseUrl" | "userAgent" | "signal">) => Sender;

function opener(io: Io, options: ClientOptions, { token, caPem }: Credentials): Opener {
  const inflation = createInflationBudget();
  return (extra) =>
    createSender({
      token,
      timeoutMs: options.timeoutMs,
      timers: io.timers,
      connections: options.connections,
      inflation,
      proxyEnv: io.env,
      ...(caPem === undefined ? {} : { caPem }),
      ...extra,
    });
}

type Watcher = (send: Send, sender: Pick<ObserveOptions, "source" | "userAgent">, baseUrl: string) => Send;

function watcher(
  io: Io,
  { target, onExchange }: Pick<ClientOptions, "target" | "onExchange">,
  secrets: readonly string[],
): Watcher {
  return (send, sender, baseUrl) => {
    const safe = hideEchoedSecrets(readOnlyIf(target, send), secrets);
    if (onExchange === undefined) return safe;
    return withObserver(safe, {
      onExchange: (exchange) => onExchange(exchange, baseUrl),
      ...sender,
      secrets,
      now: io.clock.now,
    });
  };
}

/** A profile's `readOnly` holds in the client itself, whatever a command may try. */
function readOnlyIf(target: Target, send: Send): Send {
  const profile = target.kind === "remote" ? target.profile : undefined;
  return profile?.readOnly === true ? withReadOnly(send, `The ${profile.label}`) : send;
}
