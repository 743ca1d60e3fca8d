/**
 * What every command that looks at an Astro through a directory begins with: the directory, the target, the safety
 * rules, a connection.
 */

import type { OpenSource, PreparedSource } from "../assembly/sources/prepared-source.ts";
import { isLive, type SourceName } from "../assembly/sources/source-name.ts";
import type { AppSettings } from "../directory/app-settings.ts";
import type { ProviderHistory } from "../directory/provider-history.ts";
import type { DirectorySource } from "../directory/source.ts";
import type { AppError } from "../ground/errors.ts";
import type { Fixture } from "../fixture/fixture.ts";
import {
  targetOf,
  withConnection,
  type Connected,
  type ConnectedOptions,
  type ConnectionFlags,
} from "./connected.ts";
import { refuseClashes, type UsedFile, type UsedFiles } from "../files/distinct-files.ts";
import { filesOfTarget } from "./files/files-in-use.ts";
import { shippedFixture } from "../assembly/files/fixture-file.ts";
import type { DirectoryFlags } from "./flags/directory-options.ts";
import type { Io } from "../world/io.ts";
import { directoryOfProfile, namedDirectory } from "./source/named-directory.ts";
import { prepareSource } from "./source/prepare-source.ts";
import { sourceRun } from "./source/source-run.ts";
import { profileOf, type Target } from "../target/resolve-target.ts";
import {
  refuseEmptyAstro,
  refuseShippedFixture,
  refuseUnnamedDirectory,
  throwFirst,
  type DirectoryNaming,
} from "../target/safety.ts";

export interface SessionOptions {
  readonly flags: ConnectionFlags & DirectoryFlags;
  /** Whether the memory of `--state` is written, too; it is only read by default. */
  readonly keepsState?: boolean;
  /** A file with a plan that the command writes. */
  readonly saves?: string | undefined;
  /** Files that the command reads by itself. */
  readonly alsoReads?: readonly UsedFile[];
  /** As named on the command line. */
  readonly directory: string | undefined;
  readonly directoryBy: DirectoryNaming;
  /** The shipped fixture for the local Astro, where no directory was named. */
  readonly defaultFixture: string;
  /** The provider of tables whose columns do not tell it, where the command names one. */
  readonly idp?: AppSettings["idp"];
  readonly intent: "read" | "write";
  /** Whether the profile of `profile use` is read where no target is named. */
  readonly usesDefaultProfile?: boolean;
  /** How many requests may be under way at once at least; what a live app is like is not known yet. */
  readonly connectionsFor?: (app: AppSettings | undefined) => number;
  /** Whether the command sends as a provider does, beside its own requests: it may begin with an empty Astro. */
  readonly playsProvider?: boolean;
  /** Told of each exchange, as `ConnectedOptions` says it. */
  readonly watch?: ConnectedOptions["watch"];
  /** Safety rules of the command, beside those that hold for all. */
  readonly refusals?: (target: Target) => readonly (AppError | undefined)[];
}

export interface Session extends Connected {
  readonly source: DirectorySource;
  /** See `OpenSource.openWays`. */
  readonly openWays?: OpenSource["openWays"];
  /** Of a live provider: its log, and users outside the app. */
  readonly history: ProviderHistory | undefined;
  /** What the source is, as the command line names it. */
  readonly directory: SourceName;
  /** The source itself, where it is a fixture. */
  readonly fixture: Fixture | undefined;
}

/** Of a command that plays a company: a fixture with its timeline, or a directory as it is now. */
export interface RehearsedSession extends Session {
  readonly fixture: Fixture;
}

/**
 * Opens a session, runs the command in it, and closes it whatever happens.
 * @throws AppError whatever keeps it from being opened; nothing was contacted then
 */
export async function withSession(
  io: Io,
  options: SessionOptions,
  run: (session: Session) => Promise<number>,
): Promise<number> {
  const { flags } = options;
  const withoutTarget = options.usesDefaultProfile === true ? "default profile or in-process" : "in-process";
  const target = await targetOf(io, flags, options.intent, withoutTarget);
  const named = namedDirectory(options.directory) ?? directoryOfProfile(io, profileOf(target));
  throwFirst([
    refuseUnnamedDirectory(target, { isNamed: named !== undefined, namedBy: options.directoryBy }),
    named === undefined ? undefined : emptyAstro(target, named, options),
    ...(options.refusals?.(target) ?? []),
  ]);
  const name = named ?? { kind: "fixture", file: shippedFixture(options.defaultFixture) };
  const prepared = await prepareSource(io, name, {
    flags: withIdp(name, options),
    profile: profileOf(target),
  });
  throwFirst([refuseShippedFixture(target, prepared.fixture?.shipped ?? false)]);
  await refuseClashes(io, await filesInUse(io, { target, options, prepared }));
  return inSession(io, { target, options, prepared }, run);
}

/** A fixture brings an Astro of its own, and a provider may begin with an empty one. */
function emptyAstro(
  target: Target,
  named: SourceName,
  { playsProvider = false }: SessionOptions,
): AppError | undefined {
  return playsProvider || named.kind === "fixture"
    ? undefined
    : refuseEmptyAstro(target, { isLive: isLive(named) });
}

/** The command says of which provider tables are that do not tell it. */
function withIdp(name: SourceName, { flags, idp }: SessionOptions): SessionOptions["flags"] {
  return idp === undefined || name.kind !== "tables" ? flags : { idp, ...flags };
}

interface Prepared {
  readonly target: Target;
  readonly options: SessionOptions;
  readonly prepared: PreparedSource;
}

async function inSession(
  io: Io,
  { target, options, prepared }: Prepared,
  run: (session: Session) => Promise<number>,
): Promise<number> {
  const { flags, playsProvider = false, watch } = options;
  const { fixture } = prepared;
  const local = fixture === undefined ? {} : { seed: fixture.astro, organizationId: fixture.organization };
  const connections = options.connectionsFor?.(fixture?.app) ?? 1;
  return withConnection(
    io,
    { flags, target, local, connections, playsProvider, watch },
    async (connected) => {
      for (const note of prepared.notes) connected.output.say(note);
      const { source, history, openWays, close } = prepared.open(
        await sourceRun(connected, { flags, profile: profileOf(target) }),
      );
      try {
        const ways = openWays === undefined ? {} : { openWays };
        return await run({ ...connected, ...ways, source, history, directory: prepared.name, fixture });
      } finally {
        await close();
      }
    },
  );
}

async function filesInUse(io: Io, { target, options, prepared }: Prepared): Promise<UsedFiles> {
  const { flags, keepsState, saves, alsoReads = [] } = options;
  const plan = saves === undefined ? [] : [{ use: "--save", file: saves }];
  const state = flags.state === undefined ? [] : [{ use: "--state", file: flags.state }];
  const trace = flags.trace === undefined ? [] : [{ use: "--trace", file: flags.trace }];
  const reads = [...prepared.files, ...alsoReads, ...(await filesOfTarget(io, flags, target))];
  return keepsState === true
    ? { reads, writes: [...trace, ...plan, ...state] }
    : { reads: [...reads, ...state], writes: [...trace, ...plan] };
}
