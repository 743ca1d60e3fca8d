/** What a program's `simulate` and `diff` begin with: the fixture is read, a connection is opened. */

import { connect, type Connection } from "../assembly/connect.ts";
import { loadFixture } from "../assembly/files/fixture-file.ts";
import { programIo, type Io } from "../world/io.ts";
import { resolveTarget } from "../target/resolve-target.ts";
import type { Fixture } from "../fixture/fixture.ts";

/** Options that `simulate` and `diff` share. */
export interface ProgramOptions {
  /** Path of a YAML fixture. */
  readonly fixture: string;
  /** A running SCIM server; without it, a local Astro is started for the call and stopped again. */
  readonly target?: { readonly url: string; readonly token: string };
  /** Stops between two requests. */
  readonly signal?: AbortSignal;
}

export interface Opened {
  readonly io: Io;
  readonly fixture: Fixture;
  readonly connection: Connection;
  readonly signal: AbortSignal;
}

/** @throws AppError invalid-file, for the fixture; usage or refused, for the target */
export async function withOpened<Result>(
  options: ProgramOptions,
  run: (opened: Opened) => Promise<Result>,
): Promise<Result> {
  const io = programIo();
  const fixture = await loadFixture(io, options.fixture);
  const signal = options.signal ?? new AbortController().signal;
  const connection = await connect(io, {
    target: await resolveTarget(options.target ?? {}, { io, intent: "write", withoutTarget: "in-process" }),
    local: { seed: fixture.astro, organizationId: fixture.organization },
    timeoutMs: 60_000,
    caFile: undefined,
    connections: 4,
    limits: [],
    signal,
    onExchange: undefined,
    onWait: () => {},
  });
  try {
    return await run({ io, fixture, connection, signal });
  } finally {
    await connection.close();
  }
}
