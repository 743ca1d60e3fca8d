/** A connection to a provider's management API: our own client with the credentials, watched and traced as that to Astro is. */

import { createInflationBudget } from "../../http/decode-body.ts";
import { withReadOnly } from "../../http/read-only.ts";
import { createSender, type Sender, type SenderOptions } from "../../http/send.ts";
import { createManagementApi } from "../../management/create-management-api.ts";
import type { ManagementDialect } from "../../management/dialect.ts";
import type { ManagementApi } from "../../management/management-api.ts";
import type { Authorizer } from "../../wire/authorizer.ts";
import type { Send } from "../../wire/exchange.ts";
import type { Io } from "../../world/io.ts";
import type { SourceRun } from "./prepared-source.ts";
import { userAgent, watched } from "./watched.ts";

export interface ManagementConnection {
  readonly api: ManagementApi;
  readonly close: () => Promise<void>;
}

export interface ManagementEnd {
  readonly dialect: ManagementDialect;
  /** Paths stand below it. */
  readonly baseUrl: string;
  /** Sends to the origin of the token endpoint, where one is asked; `secrets` are those of the authorizer. */
  /** Writes are sent, too; without it, none leaves this machine. */
  readonly writes?: true;
  readonly authorizer: (
    tokenSender: (tokenEndpoint: string, secrets: () => readonly string[]) => Send,
  ) => Authorizer;
}

/** Requests under way at once: of Okta's 75 for a whole organization, a small part (Okta: Concurrency limits). */
const concurrency = 8;

/** Sends nothing yet. @throws AppError refused, for plain HTTP to another machine; usage, for a proxy that is no address */
export function connectManagement(
  io: Io,
  run: SourceRun,
  { dialect, baseUrl, writes, authorizer: makeAuthorizer }: ManagementEnd,
): ManagementConnection {
  const open = opener(io, run);
  const authorizer = makeAuthorizer((endpoint, secrets) => {
    const { origin } = new URL(endpoint);
    const { send } = open({ baseUrl: origin, connections: 1, onlyReads: true });
    return watched(io, run, { send, baseUrl: origin, secrets });
  });
  const { send } = open({ baseUrl, connections: concurrency, authorizer });
  const allowed = writes === true ? send : withReadOnly(send, `${dialect.name}'s management API`);
  const seen = watched(io, run, { send: allowed, baseUrl, secrets: () => authorizer.secrets() });
  const api = createManagementApi(seen, {
    dialect,
    baseUrl,
    concurrency,
    signal: run.signal,
    now: io.clock.now,
    sleep: io.timers.wait,
    random: io.random.number,
    onWait: run.onManagementWait,
  });
  return { api, close: open.close };
}

type Extra = Pick<SenderOptions, "baseUrl" | "connections" | "authorizer" | "onlyReads">;

interface Opener {
  (extra: Extra): Sender;
  readonly close: () => Promise<void>;
}

function opener(io: Io, run: SourceRun): Opener {
  const inflation = createInflationBudget();
  const senders: Sender[] = [];
  const open = (extra: Extra): Sender => {
    const sender = createSender({
      timeoutMs: run.timeoutMs,
      timers: io.timers,
      signal: run.signal,
      userAgent,
      proxyEnv: io.env,
      inflation,
      ...(run.caPem === undefined ? {} : { caPem: run.caPem }),
      ...extra,
    });
    senders.push(sender);
    return sender;
  };
  return Object.assign(open, {
    close: async () => {
      await Promise.all(senders.map((sender) => sender.close()));
    },
  });
}
