/** Starts the emulated provider of `serve --with`, and says when its first provisioning is done. */

import type { Fixture } from "../../fixture/fixture.ts";
import { plural } from "../../ground/text/plural.ts";
import { providers } from "../../idp/providers.ts";
import type { AstroServer } from "../../server/start.ts";
import type { Io } from "../../world/io.ts";
import type { GivenToken } from "../serve-token.ts";
import { cycleOf, type ServedFlags } from "./served-company.ts";
import type { StartedProvider } from "./start-provider.ts";

export interface BesideAstro {
  /** For people, after the lines of the local Astro. */
  readonly text: string;
  /** What `--json` adds. */
  readonly json: object;
  /** For the list: what a client needs to know, and the next command. */
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  readonly close: () => Promise<void>;
}

export interface BesideOptions {
  readonly server: AstroServer;
  /** The token of the local Astro, where the command line gives it. */
  readonly given: GivenToken | undefined;
  readonly fixture: Fixture;
  readonly flags: ServedFlags & { readonly host: string };
}

/** The emulators are loaded only here. */
export async function besideAstro(
  io: Io,
  { server, given, fixture, flags }: BesideOptions,
): Promise<BesideAstro> {
  const [{ startProvider }, { permissionsLeftOut }, { providerConnectionRows, providerJson, providerText }] =
    await Promise.all([
      import("./start-provider.ts"),
      import("./without-permission.ts"),
      import("./announce-provider.ts"),
    ]);
  const provider = await startProvider(io, {
    fixture,
    astro: server,
    host: flags.host,
    cycleMs: cycleOf(flags),
    without: permissionsLeftOut(fixture.app.idp, flags.withoutPermission ?? []),
  });
  const stopped = new AbortController();
  void sayWhenProvisioned(io, provider, stopped.signal);
  const announced = { provider, astro: server, isTokenGiven: given !== undefined, directory: fixture.file };
  return {
    text: providerText(announced),
    json: providerJson(announced),
    rows: providerConnectionRows(announced),
    close: async () => {
      stopped.abort();
      await provider.close();
    },
  };
}

async function sayWhenProvisioned(
  io: Io,
  { company, idp }: StartedProvider,
  signal: AbortSignal,
): Promise<void> {
  await company.settled();
  if (signal.aborted) return;
  const { accounts, teams } = company.links();
  const { name } = providers[idp].words;
  const what = `${plural(accounts.length, "account")} and ${plural(teams.size, "Team")}`;
  io.stderr.write(`${name} has provisioned ${what}.\n`);
}
