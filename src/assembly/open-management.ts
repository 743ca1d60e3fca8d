/** The connection to a provider's management API: our own client, with its credentials, limits and secrets. */

import { createInflationBudget } from "../http/decode-body.ts";
import { hideEchoedSecrets } from "../http/hide-echo.ts";
import { withObserver } from "../http/observe.ts";
import { createSender, type Sender } from "../http/send.ts";
import { createManagementApi, type ManagementWait } from "../management/create-management-api.ts";
import type { ManagementDialect } from "../management/dialect.ts";
import type { ManagementApi } from "../management/management-api.ts";
import type { Authorizer } from "../wire/authorizer.ts";
import type { Exchange, Send } from "../wire/exchange.ts";
import type { Io } from "../world/io.ts";
import { packageVersion } from "../world/version.ts";

export interface ManagementConnectionOptions {
  readonly dialect: ManagementDialect;
  /** `https://acme.okta.com`, `https://graph.microsoft.com`. */
  readonly baseUrl: string;
  /** Of an OAuth client: where it asks for tokens. */
  readonly tokenEndpoint?: string | undefined;
  /** What authorizes the requests; `send` sends to the token endpoint, where there is one. */
  readonly authorizer: (send: Send) => Authorizer;
  /** For each request, from its turn to the last byte of its answer. */
  readonly timeoutMs: number;
  readonly caPem?: string | undefined;
  readonly signal: AbortSignal;
  readonly onWait: (wait: ManagementWait) => void;
  /** Told of each exchange without its secrets. */
  readonly onExchange?: ((exchange: Exchange, baseUrl: string) => void) | undefined;
}

export interface ManagementConnection {
  readonly api: ManagementApi;
  close(): Promise<void>;
}

/** Requests under way at once; Okta allows 35 in its smallest organizations (Okta: Concurrency limits). */
const concurrency = 10;

/**
 * Opens nothing yet. Every secret that the authorizer learns is hidden in what the command writes.
 * @throws AppError refused, for plain HTTP to another machine; usage, for a proxy variable that is no address
 */
export function openManagement(io: Io, options: ManagementConnectionOptions): ManagementConnection {
  const { dialect, baseUrl, tokenEndpoint, signal, onWait } = options;
  const { now } = io.clock;
  const senders: Sender[] = [];
  const inflation = createInflationBudget();
  const open = (url: string, authorizer: Authorizer | undefined): Send => {
    const sender = createSender({
      baseUrl: url,
      timeoutMs: options.timeoutMs,
      timers: io.timers,
      connections: concurrency,
      signal,
      onlyReads: true,
      userAgent: userAgent(),
      inflation,
      proxyEnv: io.env,
      ...(authorizer === undefined ? {} : { authorizer }),
      ...(options.caPem === undefined ? {} : { caPem: options.caPem }),
    });
    senders.push(sender);
    return sender.send;
  };
  const seen = (send: Send, url: string): Send => watched(io, send, { ...options, url, secrets });
  let authorizer: Authorizer | undefined;
  const secrets = (): readonly string[] => authorizer?.secrets() ?? [];
  const tokenOrigin = new URL(tokenEndpoint ?? baseUrl).origin;
  authorizer = options.authorizer(seen(open(tokenOrigin, undefined), tokenOrigin));
  io.secrets.hide(authorizer.secrets());
  const send = seen(open(baseUrl, authorizer), baseUrl);
  return {
    api: createManagementApi(send, {
      dialect,
      baseUrl,
      concurrency,
      signal,
      now,
      sleep: io.timers.wait,
      random: io.random.number,
      onWait,
    }),
    close: async () => {
      await Promise.all(senders.map((sender) => sender.close()));
    },
  };
}

interface Watch extends Pick<ManagementConnectionOptions, "onExchange"> {
  readonly url: string;
  readonly secrets: () => readonly string[];
}

function watched(io: Io, send: Send, { onExchange, url, secrets }: Watch): Send {
  const safe = hideEchoedSecrets(send, secrets);
  if (onExchange === undefined) return safe;
  return withObserver(safe, {
    onExchange: (exchange) => onExchange(exchange, url),
    source: "astro-scim",
    userAgent: userAgent(),
    secrets,
    now: io.clock.now,
  });
}

function userAgent(): string {
  return `astro-scim/${packageVersion()}`;
}
