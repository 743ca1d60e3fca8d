/** What `astro-scim serve` does: a local Astro until Ctrl-C, one line a request. */

import { AppError } from "../../errors.ts";
import { directoryAt, type Fixture } from "../../fixture/fixture.ts";
import { expectedState } from "../../idp/expected.ts";
import { provisionedSeed } from "../../idp/provisioned-seed.ts";
import { servedLine } from "../../report/served-line.ts";
import { startServer, type AstroServer, type StartServerOptions } from "../../server/start.ts";
import { behaviourChoice, type BehaviourFlags } from "../behaviour-flags.ts";
import { exitStatus } from "../exit-status.ts";
import { loadFixture } from "../fixture-file.ts";
import { listenForInterrupt } from "../interrupt.ts";
import type { Io } from "../io.ts";
import { paintFor } from "../paint.ts";

export interface ServeFlags extends BehaviourFlags {
  readonly host: string;
  readonly port: number;
  readonly org?: string;
  readonly token?: string;
  readonly provisioned?: boolean;
  readonly at?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Serves until Ctrl-C or SIGTERM; resolves to the exit status. */
export async function serve(io: Io, fixtureFile: string | undefined, flags: ServeFlags): Promise<number> {
  refuseImpossible(flags);
  if (flags.provisioned === true && fixtureFile === undefined) {
    throw new AppError("usage", "--provisioned needs a fixture.", {
      hint: "Example: astro-scim serve fixtures/okta-company.yaml --provisioned",
    });
  }
  const fixture = fixtureFile === undefined ? undefined : await loadFixture(io, fixtureFile);
  const interruption = listenForInterrupt(io);
  try {
    const server = await listen(serverOptions(io, fixture, flags));
    announce(io, server, flags);
    await aborted(interruption.signal);
    await server.close();
    return exitStatus.ok;
  } finally {
    interruption.release();
  }
}

/** What is used exactly as given has to be something that can be used. */
function refuseImpossible({ at, provisioned, org, token }: ServeFlags): void {
  if (at !== undefined && provisioned !== true) throw new AppError("usage", "--at goes with --provisioned.");
  if (org !== undefined && !/^[\w.~-]{1,100}$/.test(org)) {
    throw new AppError("usage", "The organization of --org cannot stand in a URL.", {
      hint: "Letters and digits make one, such as cknaqyipv05731evsry6cj4n0.",
    });
  }
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new AppError("usage", "The token of --token cannot stand in an Authorization header.", {
      hint: "It is one word of visible ASCII characters.",
    });
  }
}

function serverOptions(io: Io, fixture: Fixture | undefined, flags: ServeFlags): StartServerOptions {
  const organizationId = flags.org ?? fixture?.organization;
  const log = flags.json === true ? io.stderr : io.stdout;
  const paint = paintFor(io, log);
  return {
    host: flags.host,
    port: flags.port,
    ...behaviourChoice(flags),
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(flags.token === undefined ? {} : { token: flags.token }),
    ...(fixture === undefined ? {} : { seed: seedOf(fixture, flags) }),
    onServed: (served) => {
      if (flags.quiet !== true) log.write(`${servedLine(served, io.now(), paint)}\n`);
    },
    onFault: (error) => {
      io.stderr.write(
        `The server failed at a request: ${error instanceof Error ? error.stack : String(error)}\n`,
      );
    },
  };
}

function seedOf(fixture: Fixture, flags: ServeFlags): Fixture["astro"] {
  if (flags.provisioned !== true) return fixture.astro;
  const directory = directoryAt(fixture, flags.at ?? "end");
  return provisionedSeed(fixture.astro, expectedState(directory, fixture.app));
}

async function listen(options: StartServerOptions): Promise<AstroServer> {
  try {
    return await startServer(options);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const where = `${options.host}:${options.port}`;
    switch (code) {
      case "EADDRINUSE":
        throw new AppError("usage", `Port ${options.port} is in use on ${options.host}.`, {
          hint: "Choose another with --port, or let the system choose: --port 0",
          cause: error,
        });
      case "EACCES":
        throw new AppError("usage", `Listening on ${where} is not allowed.`, {
          hint: "Ports below 1024 need rights that this user does not have: choose another with --port",
          cause: error,
        });
      case "ENOTFOUND":
      case "EADDRNOTAVAIL":
        throw new AppError("usage", `${options.host} is no address of this machine.`, {
          hint: "Leave --host out for 127.0.0.1",
          cause: error,
        });
      default:
        throw error;
    }
  }
}

function announce(io: Io, server: AstroServer, flags: ServeFlags): void {
  if (flags.json === true) {
    const { url, tenantUrl, organizationId, token } = server;
    io.stdout.write(`${JSON.stringify({ schemaVersion: 1, url, tenantUrl, organizationId, token })}\n`);
    return;
  }
  const paint = paintFor(io);
  const token = flags.token === undefined ? server.token : "the one given with --token";
  // The Entra form stands in quotes: `?` is a glob in zsh.
  io.stdout.write(
    `${paint.bold("A local Astro is listening.")} Ctrl-C stops it; what it holds is then gone.\n` +
      `  SCIM URL       ${server.url}\n` +
      `  for Entra ID   "${server.tenantUrl}"\n` +
      `  organization   ${server.organizationId}\n` +
      `  API token      ${token}\n\n`,
  );
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
