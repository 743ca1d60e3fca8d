/**
 * What every command that looks at an Astro through a directory begins with: the directory, the target, the safety
 * rules, a connection.
 */

import { dirname, relative, resolve } from "node:path";
import { fixtureSource } from "../assembly/fixture-source.ts";
import type { DirectorySource } from "../directory/source.ts";
import type { AppError } from "../ground/errors.ts";
import type { Fixture } from "../fixture/fixture.ts";
import { targetOf, withConnection, type Connected, type ConnectionFlags } from "./connected.ts";
import { refuseClashes, type UsedFiles } from "../files/distinct-files.ts";
import { filesOfFixture, filesOfTarget } from "./files/files-in-use.ts";
import { loadFixture, shippedFixture } from "../assembly/files/fixture-file.ts";
import type { DirectoryFlags } from "./flags/options.ts";
import type { Io } from "../world/io.ts";
import { whileReading } from "./output/reading.ts";
import type { Target } from "../target/resolve-target.ts";
import {
  refuseShippedFixture,
  refuseUnnamedDirectory,
  throwFirst,
  type FixtureNaming,
} from "../target/safety.ts";

export interface SessionOptions {
  readonly flags: ConnectionFlags & Pick<DirectoryFlags, "at" | "state">;
  /** Whether the memory of `--state` is written, too; it is only read by default. */
  readonly keepsState?: boolean;
  /** As named on the command line. */
  readonly fixtureFile: string | undefined;
  readonly fixtureBy: FixtureNaming;
  /** The shipped fixture for the local Astro, where none was named. */
  readonly defaultFixture: string;
  readonly intent: "read" | "write";
  /** How many requests may be under way at once at least, by what the command does with the fixture. */
  readonly connectionsFor?: (fixture: Fixture) => number;
  /** Whether the command sends as a provider does, beside its own requests. */
  readonly playsProvider?: boolean;
  /** Safety rules of the command, beside those that hold for all. */
  readonly refusals?: (target: Target) => readonly (AppError | undefined)[];
}

export interface Session extends Connected {
  readonly source: DirectorySource;
}

/** Of a command that plays the timeline of a fixture. */
export interface FixtureSession extends Session {
  readonly fixture: Fixture;
}

/**
 * Opens a session, runs the command in it, and closes it whatever happens.
 * @throws AppError whatever keeps it from being opened; nothing was contacted then
 */
export async function withSession(
  io: Io,
  options: SessionOptions,
  run: (session: FixtureSession) => Promise<number>,
): Promise<number> {
  const { flags } = options;
  const target = await targetOf(io, flags, options.intent);
  const named = options.fixtureFile ?? directoryOfProfile(io, target);
  throwFirst([
    refuseUnnamedDirectory(target, { isNamed: named !== undefined, namedBy: options.fixtureBy }),
    ...(options.refusals?.(target) ?? []),
  ]);
  const fixtureFile = named ?? shippedFixture(options.defaultFixture);
  const fixture = await whileReading(io, flags, (watcher) => loadFixture(io, fixtureFile, watcher));
  throwFirst([refuseShippedFixture(target, fixture.shipped)]);
  await refuseClashes(io, await filesInUse(io, { target, options, fixtureFile, fixture }));
  const local = { seed: fixture.astro, organizationId: fixture.organization };
  const connections = options.connectionsFor?.(fixture) ?? 1;
  const { playsProvider = false } = options;
  return withConnection(io, { flags, target, local, connections, playsProvider }, (connected) =>
    run({ ...connected, fixture, source: fixtureSource(io, fixture, flags) }),
  );
}

async function filesInUse(
  io: Io,
  used: {
    readonly target: Target;
    readonly options: SessionOptions;
    readonly fixtureFile: string;
    readonly fixture: Fixture;
  },
): Promise<UsedFiles> {
  const { flags, keepsState } = used.options;
  const fixture = await filesOfFixture(io, used.fixtureFile, used.fixture);
  const state = flags.state === undefined ? [] : [{ use: "--state", file: flags.state }];
  const trace = flags.trace === undefined ? [] : [{ use: "--trace", file: flags.trace }];
  const reads = [...fixture, ...(await filesOfTarget(io, flags, used.target))];
  return keepsState === true
    ? { reads, writes: [...trace, ...state] }
    : { reads: [...reads, ...state], writes: trace };
}

/** From where the command runs: its place is given from the folder of the profile's file. */
function directoryOfProfile(io: Io, target: Target): string | undefined {
  const profile = target.kind === "remote" ? target.profile : undefined;
  if (profile?.from === undefined) return undefined;
  return relative(io.cwd, resolve(dirname(profile.file), profile.from));
}
