/** `astro-scim serve [fixture]`: a local Astro in the foreground. */

import { Command } from "commander";
import type { ServeFlags } from "../actions/serve.ts";
import type { Io } from "../io.ts";
import { repeatable, wholeNumber } from "../options.ts";
import type { SetStatus } from "../command.ts";

export function serveCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("serve")
    .description("start a local Astro: its SCIM endpoint, for Okta, Entra ID or any other client")
    .argument(
      "[fixture]",
      "YAML file; the server starts with what its 'astro:' part holds (empty without one)",
    )
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--port <number>", "port to listen on; 0 lets the system choose", wholeNumber(0, 65_535), 8888)
    .option("--org <id>", "organization ID in the path (without it: the fixture's, or one made up)")
    .option("--token <token>", "the API token to let in (without it: one is made up and printed)")
    .option("--provisioned", "start with what the fixture's directory says that Astro should hold")
    .option(
      "--at <step>",
      "with --provisioned: after this step of the timeline, or 'start' (without it: 'end')",
    )
    .option("--strict", "read requests as the RFCs have it, not as providers write them")
    .option(
      "--behaviour <name=value>",
      "answer one question of docs/emulation.md otherwise; repeatable, an unknown name lists all",
      repeatable,
    )
    .option("--json", "print the addresses as one line of JSON, requests on standard error")
    .option("-q, --quiet", "do not print each request")
    .addHelpText("after", examples)
    .action(async (fixture: string | undefined, flags: ServeFlags) => {
      const { serve } = await import("../actions/serve.ts");
      setStatus(await serve(io, fixture, flags));
    });
}

const examples = `
Examples:
  astro-scim serve                                    an empty Astro on 127.0.0.1:8888
  astro-scim serve fixtures/okta-drift.yaml --port 0  one that has drifted, on a port of the system's choice`;
