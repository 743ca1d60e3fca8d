/** What a program's `simulate` and `diff` begin with: the fixture is read, a connection is opened. */

import * as z from "zod";
import type { ResponsibleFor, StatedResponsibility } from "../astro/responsibility.ts";
import type { Connection } from "../assembly/connect.ts";
import { loadFixture } from "../assembly/files/fixture-file.ts";
import { withOpenConnection } from "../assembly/open-connection.ts";
import { settingsOf, type Settings } from "../assembly/settings.ts";
import type { Fixture } from "../fixture/fixture.ts";
import { parseBaseUrl } from "../target/base-url.ts";
import { cleanToken } from "../target/token/clean-token.ts";
import { resolveTarget } from "../target/resolve-target.ts";
import { responsibleForOption } from "../target/responsible-for-option.ts";
import { programIo, type Io } from "../world/io.ts";
import { abortSignal, text, type OptionChecks } from "./check-options.ts";

/** Options that `simulate` and `diff` share. */
export interface ProgramOptions {
  /** Path of a YAML fixture. */
  readonly fixture: string;
  /** A running SCIM server; without it, a local Astro is started for the call and stopped again. */
  readonly target?: { readonly url: string; readonly token: string };
  /** Accounts and Teams that the directory is responsible for; the fixture may say less, and never more. */
  readonly responsibleFor?: ResponsibleFor;
  /** Stops between two requests. */
  readonly signal?: AbortSignal;
}

/** Its checks; a server of `startServer` is a target, too. */
export const programOptionChecks: OptionChecks<ProgramOptions> = {
  fixture: z.string({ error: "the path of a YAML fixture" }),
  target: z.looseObject({ url: text, token: text }, { error: "an object with url and token" }).optional(),
  // Checked by itself, with sentences of its own.
  responsibleFor: z.unknown(),
  signal: abortSignal.optional(),
};

export interface Opened {
  readonly io: Io;
  readonly fixture: Fixture;
  readonly connection: Connection;
  readonly settings: Settings;
  readonly responsibleFor: readonly StatedResponsibility[];
  readonly signal: AbortSignal;
}

/** @throws AppError invalid-file, for the fixture; usage, for `responsibleFor`; usage or refused, for the target */
export async function withOpened<Result>(
  options: ProgramOptions,
  run: (opened: Opened) => Promise<Result>,
): Promise<Result> {
  const responsibleFor = responsibleForOption(options.responsibleFor);
  const io = programIo();
  const fixture = await loadFixture(io, options.fixture);
  const signal = options.signal ?? new AbortController().signal;
  if (options.target !== undefined) requireTarget(options.target);
  const target = await resolveTarget(options.target ?? {}, {
    io,
    intent: "write",
    withoutTarget: "in-process",
  });
  const settings = settingsOf({}, target);
  const opening = {
    target,
    settings,
    local: { seed: fixture.astro, organizationId: fixture.organization },
    caFile: undefined,
    signal,
    onExchange: undefined,
    onWait: () => {},
  };
  return withOpenConnection(io, opening, (connection) =>
    run({ io, fixture, connection, settings, responsibleFor, signal }),
  );
}

/** So that a message names the option, and not the flag of the command. */
function requireTarget({ url, token }: NonNullable<ProgramOptions["target"]>): void {
  parseBaseUrl(url, "target");
  cleanToken(token, "target");
}
