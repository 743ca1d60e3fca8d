/** `astro-scim serve [fixture]`: a local Astro in the foreground. */

import { Command } from "commander";
import type { ServeFlags } from "../actions/serve.ts";
import type { Io } from "../../world/io.ts";
import { repeatable, wholeNumber } from "../flags/options.ts";
import { maxSeed } from "../../fault/seeded-random.ts";
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
    .option(
      "--fault <key=value,…>",
      "what goes wrong on purpose, such as status=429,retry-after=2,rate=0.1,path=/Users; repeatable",
      repeatable,
    )
    .option(
      "--seed <number>",
      "the same seed and the same requests make the same faults (1)",
      wholeNumber(0, maxSeed),
    )
    .option("--record <file>", "write every request and answer to a file (HAR 1.2), without secrets")
    .option("--bodies", "print the bodies of requests and answers, too")
    .option("--no-control", "leave out /_control/, where faults, requests and state are read and changed")
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
  astro-scim serve fixtures/okta-drift.yaml --port 0  one that has drifted, on a port of the system's choice
  astro-scim serve --fault status=429,retry-after=2,rate=0.1 --fault cut=after-write,method=POST,every=5
  astro-scim serve --record traffic.har --bodies      what a client sends, kept and shown

docs/faults.md has the keys of --fault and the control endpoint.`;
