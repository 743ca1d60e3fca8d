/** One round of checks: everything is opened, checked and closed again. */

import { iamBeside } from "../../assembly/read-iam.ts";
import type { Connection } from "../../assembly/connect.ts";
import { withOpenConnection } from "../../assembly/open-connection.ts";
import { createScimWriter } from "../../astro/api/write.ts";
import type { Check, CheckResult } from "../../check/check.ts";
import { canaryChecks } from "../../check/canary/life.ts";
import { appChecks, healthChecks, serverChecks } from "../../check/checks.ts";
import type { CheckContext, CheckedServer } from "../../check/context.ts";
import { once } from "../../check/once.ts";
import { createReadings } from "../../check/readings.ts";
import { runChecks } from "../../check/run-checks.ts";
import { lookAtServer } from "../../http/look-at-server.ts";
import { readCa } from "../../target/read-ca.ts";
import { profileOf } from "../../target/resolve-target.ts";
import type { Exchange } from "../../wire/exchange.ts";
import type { Surroundings } from "../connected.ts";
import type { TargetFlags } from "../flags/options.ts";
import type { CheckedTarget } from "./checked-target.ts";
import { withProvider, type PreparedProvider } from "./checked-provider.ts";
import type { CanaryKeeper } from "./canary-keeper.ts";

export interface Round {
  readonly surroundings: Surroundings;
  readonly checked: CheckedTarget;
  readonly flags: TargetFlags;
  readonly provider: PreparedProvider | undefined;
  /** With `--write`. */
  readonly keeper: CanaryKeeper | undefined;
}

/** @throws AppError interrupted; with a canary refused and declined */
export async function oneRound(round: Round): Promise<readonly CheckResult[]> {
  const { surroundings, keeper } = round;
  return withProvider(surroundings, round, (provider) =>
    withServer(round, async (connection, server) => {
      const run = (): Promise<readonly CheckResult[]> => checksIn(round, { server, provider });
      return keeper === undefined || connection === undefined || server === undefined
        ? run()
        : keeper.keep({ ...surroundings, connection }, server.writer, run);
    }),
  );
}

async function checksIn(
  round: Round,
  { server, provider }: Pick<CheckContext, "server" | "provider">,
): Promise<readonly CheckResult[]> {
  const { surroundings, keeper } = round;
  const { io, output } = surroundings;
  const checks: readonly Check[] = [
    ...serverChecks,
    ...(keeper === undefined ? [] : canaryChecks(keeper.own)),
    ...healthChecks,
    ...(provider === undefined ? [] : appChecks),
  ];
  try {
    return await runChecks(checks, await contextOf(round, { server, provider }), {
      monotonicMs: io.clock.monotonicMs,
      onCheck: ({ title }) => output.progress.update(`checking: ${title}`),
    });
  } finally {
    output.progress.stop();
  }
}

async function contextOf(
  { surroundings, checked, flags }: Round,
  { server, provider }: Pick<CheckContext, "server" | "provider">,
): Promise<CheckContext> {
  const { io, signal, settings } = surroundings;
  const { address, token } = checked;
  const caPem = await readCa(flags.ca, profileOf(checked.surroundings), io);
  return {
    address,
    token,
    server,
    provider,
    signal,
    now: io.clock.now,
    uuid: io.random.uuid,
    look: once(async () => {
      if (address.kind === "unfit") throw new TypeError("there is no address to look at");
      return lookAtServer(new URL(address.baseUrl), {
        proxyEnv: io.env,
        caPem,
        timeoutMs: settings.timeoutMs,
        monotonicMs: io.clock.monotonicMs,
        startTimeout: io.timers.startTimeout,
        signal,
      });
    }),
  };
}

async function withServer(
  { surroundings, checked, flags }: Round,
  run: (
    connection: Connection | undefined,
    server: CheckedServer | undefined,
  ) => Promise<readonly CheckResult[]>,
): Promise<readonly CheckResult[]> {
  const { remote, token } = checked;
  if (remote === undefined) return run(undefined, undefined);
  const { io, settings, output, watch, signal } = surroundings;
  const exchanges: Exchange[] = [];
  const opening = {
    target: remote,
    settings,
    local: {},
    caFile: flags.ca,
    signal,
    onWait: output.onWait,
    onExchange: (exchange: Exchange, baseUrl: string): void => {
      exchanges.push(exchange);
      watch?.(exchange, baseUrl);
    },
  };
  const apiTokenId = token.kind === "given" ? token.claims?.apiTokenId : undefined;
  return withOpenConnection(io, opening, (connection) =>
    run(connection, serverOf(connection, { exchanges, apiTokenId, now: io.clock.now })),
  );
}

function serverOf(
  connection: Connection,
  given: {
    readonly exchanges: readonly Exchange[];
    readonly apiTokenId: string | undefined;
    readonly now: () => Date;
  },
): CheckedServer {
  const { baseUrl, send, sendOnce, sendToTheEnd } = connection;
  return {
    baseUrl,
    send,
    sendAsProvider: sendOnce,
    exchanges: given.exchanges,
    writer: createScimWriter(sendToTheEnd, { target: baseUrl }),
    readings: createReadings({
      send,
      now: given.now,
      apiTokenId: given.apiTokenId,
      iam: (saidIam) => iamBeside(connection, saidIam),
    }),
  };
}
