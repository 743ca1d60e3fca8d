/** The first run of a provider, rehearsed in the process against a local Astro that holds what the real one holds now. */

import { readAstroState } from "../../astro/api/reading/read.ts";
import type { AstroSeed } from "../../astro/seed.ts";
import type { HeldState } from "../../astro/held.ts";
import type { ExpectedState } from "../../astro/state.ts";
import type { BehaviourChoice } from "../../astro/behaviour/table.ts";
import type { ProvidedDirectory } from "../../directory/source.ts";
import { AppError } from "../../ground/errors.ts";
import type { JsonObject } from "../../ground/json.ts";
import { providerOf } from "../../idp/providers.ts";
import { notBegun } from "../../idp/timeline/timeline-progress.ts";
import { presentSeed } from "../../preflight/present-seed.ts";
import type { RehearsedRun } from "../../preflight/rehearsed-run.ts";
import type { Send } from "../../wire/exchange.ts";
import type { Io } from "../../world/io.ts";
import { connect, type Connection } from "../connect.ts";
import type { KeptMemory } from "../files/memory-file.ts";
import { rehearse } from "../rehearse.ts";
import { companyOfDirectory } from "../sources/company-of-directory.ts";

export interface FirstRunOptions {
  readonly provided: ProvidedDirectory;
  /** What the real Astro holds. */
  readonly held: HeldState;
  readonly expected: ExpectedState;
  /** How the rehearsed Astro behaves where that is not documented. */
  readonly behaviour: BehaviourChoice;
  readonly signal: AbortSignal;
  /** Told after each request how many were sent. */
  readonly onRequest?: ((sent: number) => void) | undefined;
}

/**
 * Nothing leaves the process.
 * @throws AppError interrupted; whatever ends a rehearsal before it begins: a mapping that is wrong
 */
export async function rehearseFirstRun(io: Io, options: FirstRunOptions): Promise<RehearsedRun> {
  const { provided, signal } = options;
  const connection = await connect(io, {
    target: { kind: "in-process" },
    local: { seed: seedOf(options) },
    caFile: undefined,
    timeoutMs: 60_000,
    connections: providerOf(provided.app).parallelRequests,
    limits: [],
    signal,
    onExchange: undefined,
    onWait: () => {},
  });
  try {
    return await firstRun(io, connection, options);
  } finally {
    await connection.close();
  }
}

async function firstRun(
  io: Io,
  connection: Connection,
  { provided, signal, onRequest }: FirstRunOptions,
): Promise<RehearsedRun> {
  const readState = (): Promise<HeldState> =>
    readAstroState(connection.send, { target: connection.baseUrl, signal });
  const before = await readState();
  const counted = countRequests(connection.sendOnce, onRequest);
  const remembered = await keptInMemory(provided);
  const result = await rehearse(io, {
    connection,
    send: counted.send,
    fixture: companyOfDirectory(provided, "the directory"),
    memory: remembered.memory,
    retryTasks: false,
    report: () => {},
    signal,
    protect: [],
    responsibleFor: [],
    maxWaitSeconds: 0,
    compares: false,
  });
  if (result.interrupted) throw new AppError("interrupted", "Interrupted while the first run was rehearsed.");
  return {
    before,
    after: await readState(),
    links: await remembered.links(),
    failed: result.openTasks,
    requests: counted.byMethod,
  };
}

/** SCIM is enabled there, nothing fails on purpose, and the rest is as the choice says. */
function seedOf({ held, expected, behaviour: { strict, behaviour } }: FirstRunOptions): AstroSeed {
  return {
    ...presentSeed(held, expected),
    ...(strict === undefined ? {} : { strict }),
    behaviour: { ...behaviour, scimIntegration: "on" },
  };
}

/** A provider that remembers nothing yet, and what it remembers at the end. */
async function keptInMemory({ app }: ProvidedDirectory): Promise<{
  readonly memory: KeptMemory;
  readonly links: () => Promise<RehearsedRun["links"]>;
}> {
  const { remembered } = providerOf(app);
  let snapshot: JsonObject | undefined;
  const memory = {
    provider: await remembered(undefined),
    progress: notBegun,
    keep: async (take: () => JsonObject) => {
      snapshot = take();
    },
  };
  return { memory, links: async () => (await remembered(snapshot)).links() };
}

interface Counted {
  readonly send: Send;
  readonly byMethod: Readonly<Record<string, number>>;
}

function countRequests(send: Send, onRequest: FirstRunOptions["onRequest"]): Counted {
  const byMethod: Record<string, number> = {};
  let sent = 0;
  return {
    byMethod,
    send: (request) => {
      byMethod[request.method] = (byMethod[request.method] ?? 0) + 1;
      sent += 1;
      onRequest?.(sent);
      return send(request);
    },
  };
}
