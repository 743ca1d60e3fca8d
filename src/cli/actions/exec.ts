/** What `astro-scim exec` does: a local Astro for the time of a command, whose status is its own. */

import { AppError } from "../../ground/errors.ts";
import { plural } from "../../ground/text/plural.ts";
import { printable } from "../../ground/text/printable.ts";
import { refuseClashes, type UsedFiles } from "../../files/distinct-files.ts";
import { startServer, type AstroServer } from "../../server/start.ts";
import type { Fixture } from "../../fixture/fixture.ts";
import { whileReading } from "../output/reading.ts";
import { loadFixture } from "../../assembly/files/fixture-file.ts";
import { openRecording, type Recording } from "../../assembly/files/recording-file.ts";
import { removeOutput } from "../../files/remove-output.ts";
import type { Io } from "../../world/io.ts";
import { runChild, type ChildEnd } from "../../world/run-child.ts";
import { quoted } from "../next/words.ts";
import { filesOfFixture, filesOfTarget } from "../files/files-in-use.ts";
import { checkLocalAstroFlags, localAstroOptions, type LocalAstroFlags } from "../local-astro.ts";

export interface ExecFlags extends LocalAstroFlags {
  readonly exportOnExit?: string;
  readonly quiet?: boolean;
}

export interface ExecArguments {
  readonly fixtureFile: string | undefined;
  /** The command and its arguments: what stands behind `--`. */
  readonly command: readonly string[];
}

/** As `env` and shells have them. */
const commandNotFound = 127;
const commandNotStarted = 126;

/** The control endpoint lists as many as that of `serve`. */
const keptRequests = 200;

/**
 * Resolves to the status of the command.
 * @throws AppError usage, invalid-file; the command is not started then
 */
export async function exec(
  io: Io,
  { fixtureFile, command }: ExecArguments,
  flags: ExecFlags,
): Promise<number> {
  const [name, ...args] = command;
  if (name === undefined || name === "") throw missingCommand(fixtureFile);
  const example = "astro-scim exec fixtures/okta-company.yaml --provisioned -- pytest";
  checkLocalAstroFlags(flags, { fixtureFile, example });
  const fixture =
    fixtureFile === undefined
      ? undefined
      : await whileReading(io, flags, (watcher) => loadFixture(io, fixtureFile, watcher));
  await refuseClashes(io, await filesInUse(io, { fixtureFile, fixture }, flags));
  const options = localAstroOptions(io, fixture, flags);
  const { exportOnExit } = flags;
  const recording =
    exportOnExit === undefined ? undefined : await openRecording(io, exportOnExit, { format: "by-name" });
  const seen = { requests: 0 };
  const server: AstroServer = await startServer({
    ...options,
    port: 0,
    control: true,
    keepRequests: keptRequests,
    onServed: () => {
      seen.requests += 1;
    },
    ...(recording === undefined
      ? {}
      : { onExchange: (exchange) => recording.add(exchange, new URL(server.url).origin) }),
  });
  const end = await runChild({ command: name, args, env: { ...io.env, ...variablesOf(server) } });
  await server.close();
  const status = statusOf(end);
  const failed = status !== 0 && (end.kind === "exited" || end.kind === "killed");
  await finishRecording(io, { recording, file: exportOnExit, isKept: failed });
  if (status !== 0) explain(io, { name, end, requests: seen.requests }, flags);
  return status;
}

async function filesInUse(
  io: Io,
  {
    fixtureFile,
    fixture,
  }: { readonly fixtureFile: string | undefined; readonly fixture: Fixture | undefined },
  { exportOnExit }: ExecFlags,
): Promise<UsedFiles> {
  const ofFixture =
    fixtureFile === undefined || fixture === undefined ? [] : await filesOfFixture(io, fixtureFile, fixture);
  return {
    reads: [...ofFixture, ...(await filesOfTarget(io, {}, { kind: "in-process" }))],
    writes: exportOnExit === undefined ? [] : [{ use: "--export-on-exit", file: exportOnExit }],
  };
}

/** What the command finds in its environment. */
function variablesOf(server: AstroServer): Readonly<Record<string, string | undefined>> {
  const { url, apiUrl, token, organizationId, controlUrl } = server;
  return {
    ASTRO_SCIM_URL: url,
    ASTRO_SCIM_TOKEN: token,
    ASTRO_API_URL: apiUrl,
    // Instead of a real one: what the command sends to Astro with it goes nowhere else.
    ASTRO_API_TOKEN: token,
    ASTRO_ORGANIZATION_ID: organizationId,
    ASTRO_SCIM_CONTROL_URL: controlUrl,
  };
}

function statusOf(end: ChildEnd): number {
  switch (end.kind) {
    case "exited":
    case "killed":
      return end.status;
    case "not-found":
      return commandNotFound;
    case "not-started":
      return commandNotStarted;
  }
}

interface FinishedRecording {
  readonly recording: Recording | undefined;
  readonly file: string | undefined;
  readonly isKept: boolean;
}

/** Only of a command that failed: beside one that succeeded it would be taken for the trace of a failure. */
async function finishRecording(io: Io, { recording, file, isKept }: FinishedRecording): Promise<void> {
  if (recording === undefined || file === undefined) return;
  try {
    await recording.close();
  } catch (error) {
    // The status is the command's, whatever becomes of its trace.
    if (isKept && error instanceof AppError) io.stderr.write(`Error: ${printable(error.message)}\n`);
  }
  if (!isKept) await removeOutput(io, file);
}

interface Failed {
  readonly name: string;
  readonly end: ChildEnd;
  readonly requests: number;
}

/** One line; what went wrong within the command is what the command has said. */
function explain(io: Io, { name, end, requests }: Failed, { exportOnExit, quiet }: ExecFlags): void {
  const command = printable(name);
  if (end.kind === "not-found") {
    io.stderr.write(`Error: The command ${command} was not found.\n`);
    return;
  }
  if (end.kind === "not-started") {
    io.stderr.write(`Error: The command ${command} could not be started: ${printable(end.why)}.\n`);
    return;
  }
  if (quiet === true) return;
  const how = end.kind === "killed" ? `was ended by ${end.signal}` : `ended with status ${end.status}`;
  io.stderr.write(`astro-scim: ${command} ${how}. ${receivedText(requests, exportOnExit)}\n`);
}

/** How many requests came, and where they are. */
function receivedText(requests: number, exportOnExit: string | undefined): string {
  const file = exportOnExit === undefined ? undefined : printable(exportOnExit);
  if (requests === 0) {
    const written = file === undefined ? "" : `; ${file} was written without requests`;
    return `It sent no request to the local Astro${written}.`;
  }
  const them = requests === 1 ? "it" : "them";
  const kept =
    file === undefined ? `; add --export-on-exit trace.har to keep ${them}` : `, written to ${file}`;
  return `The local Astro received ${plural(requests, "request")}${kept}.`;
}

function missingCommand(fixtureFile: string | undefined): AppError {
  // Without the dashes the command itself is taken for the fixture.
  const fixture = fixtureFile !== undefined && /\.ya?ml$/i.test(fixtureFile) ? `${quoted(fixtureFile)} ` : "";
  return new AppError("usage", "There is no command to run. Write it after --.", {
    hint: `Example: astro-scim exec ${fixture}-- pytest tests/scim`,
  });
}
