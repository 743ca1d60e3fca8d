/** How a local Astro says where it listens and which token it accepts. */

import type { AstroServer } from "../../server/start.ts";
import { printable } from "../../ground/text/printable.ts";
import { shellWord } from "../../ground/text/shell-word.ts";
import type { Io } from "../../world/io.ts";
import { thisSystem } from "../../world/platform.ts";
import type { GivenToken } from "../serve-token.ts";
import { paintFor } from "./paint.ts";

export interface AnnouncedServer {
  readonly server: AstroServer;
  /** The token that was given on the command line, which is not shown. */
  readonly given: GivenToken | undefined;
  /** As given. */
  readonly record: string | undefined;
  /** An emulated provider beside it. */
  readonly beside?: { readonly text: string; readonly json: object } | undefined;
}

/** What a client needs to know, the SCIM URL first. */
export function connectionRows({
  server,
  given,
  record,
}: AnnouncedServer): readonly { readonly label: string; readonly value: string }[] {
  const { url, tenantUrl, apiUrl, organizationId, token, controlUrl, faults } = server;
  const rows: readonly (readonly [label: string, value: string | undefined])[] = [
    ["SCIM URL", url],
    ["for Entra ID", tenantUrl],
    ["Astro API", apiUrl],
    ["organization", organizationId],
    ["API token", given === undefined ? token : `the one given with ${given.option}`],
    ["control", controlUrl],
    ["faults", faults.list().length === 0 ? undefined : `${faults.list().length}, with seed ${faults.seed}`],
    ["recording", record && printable(record)],
  ];
  return rows.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}

/** For people, or as one line of JSON, on standard output. */
export function announceServer(io: Io, announced: AnnouncedServer, format: "text" | "json"): void {
  if (format === "json") {
    const { url, tenantUrl, apiUrl, organizationId, token, controlUrl = null } = announced.server;
    const provider = announced.beside === undefined ? {} : { provider: announced.beside.json };
    const shown = {
      schemaVersion: 1,
      url,
      tenantUrl,
      apiUrl,
      organizationId,
      token,
      controlUrl,
      ...provider,
    };
    io.secrets.showing(token, () => void io.stdout.write(`${JSON.stringify(shown)}\n`));
    return;
  }
  const rows = connectionRows(announced).map(({ label, value }) => `  ${label.padEnd(14)} ${value}\n`);
  const heading = paintFor(io).bold("A local Astro is listening.");
  const command = tokenCommand(io, announced);
  const beside = announced.beside?.text ?? "";
  io.stdout.write(`${heading} Ctrl-C stops it and discards its data.\n${rows.join("")}${command}\n${beside}`);
}

/** For the shell of another terminal; copied from the screen, it is one line however often it is wrapped. */
function tokenCommand(io: Io, { server, given }: AnnouncedServer): string {
  const isForShell = io.stdout.isTTY && thisSystem !== "win32";
  return isForShell && given === undefined ? `\nexport ASTRO_SCIM_TOKEN=${shellWord(server.token)}\n` : "";
}
