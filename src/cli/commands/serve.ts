/** `astro-scim serve [fixture]`: a local Astro in the foreground. */

import { repeatable } from "../flags/options.ts";
import { Command, Option } from "commander";
import type { ServeFlags } from "../actions/serve.ts";
import type { Io } from "../../world/io.ts";
import { addSourceConnectionOptions, addSourceOptions } from "../flags/directory-options.ts";
import { addLocalAstroOptions } from "../flags/local-astro-options.ts";
import { wholeNumber } from "../flags/whole-number.ts";
import { servePort } from "../next/served.ts";
import type { SetStatus } from "../command.ts";
import { helpText } from "../output/help-text.ts";

export function serveCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("serve")
    .description(
      "start a local Astro: its SCIM endpoint, for Okta, Entra ID or any other SCIM client, and its own API",
    )
    .argument(
      "[source]",
      "fixture (YAML): the server starts with its 'astro:' section (default: empty); or, with --provisioned or --with, any directory",
    )
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--port <number>", "port to listen on; 0 for any free port", wholeNumber(0, 65_535), servePort)
    .option("--org <id>", "organization ID in the URL (default: the fixture's, or a random one)")
    .option(
      "--token-file <file>",
      "file with the API token to accept (default: a random token, which is printed)",
    )
    .option("--token <token>", "API token to accept, for scripts; visible to others in the process list");
  addSourceConnectionOptions(addSourceOptions(addLocalAstroOptions(command)));
  return command
    .addOption(
      new Option(
        "--with <provider>",
        "also start an emulated provider that provisions to the server (default directory: about 250 users)",
      ).choices(["okta", "entra"]),
    )
    .option(
      "--cycle <duration>",
      "with --with entra: real time of one provisioning cycle, such as 10s or 40m (default: 10s)",
    )
    .option(
      "--without-permission <name>",
      "with --with: a permission that the printed credentials lack, such as User.Read.All or okta.groups.read (repeatable)",
      repeatable,
    )
    .option("--record <file>", "write every request and answer to this file (HAR 1.2), without secrets")
    .option("--plain", "print one line per request, also on a terminal, instead of the live list")
    .option("--bodies", "also print the bodies of requests and answers")
    .option("--no-control", "disable /_control/, the endpoint to read and change faults, requests and state")
    .option("--json", "print the URLs and the token as one line of JSON; requests go to standard error")
    .option("-q, --quiet", "do not print each request")
    .addHelpText("after", helpText(io, examples))
    .action(async (source: string | undefined, flags: ServeFlags) => {
      const { serve } = await import("../actions/serve.ts");
      setStatus(await serve(io, source, flags));
    });
}

const examples = `
Examples:
  astro-scim serve                                    an empty Astro on 127.0.0.1:8888
  astro-scim serve fixtures/okta-drift.yaml --port 0  one that differs from the directory, on any free port
  astro-scim serve --fault status=429,retry-after=2,rate=0.1 --fault cut=after-write,method=POST,every=5
  astro-scim serve --record traffic.har --bodies      record and print what a client sends
  astro-scim serve --with okta                        beside it an emulated Okta that provisions 250 users
  astro-scim serve --from okta --provisioned          what your live Okta should have provisioned

On a terminal, requests are shown as a live list; press ? to see its keys (docs/serve.md). Without a
terminal, in CI, and with --plain, --bodies or --json, each request is a plain line.

The keys of --fault and the control endpoint: docs/faults.md. Astro's own API: docs/iam.md`;
