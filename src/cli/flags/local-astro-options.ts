/** The options of a local Astro that `serve` and `exec` share: what it holds, and how it behaves. */

import type { Command } from "commander";
import { maxSeed } from "../../fault/seeded-random.ts";
import { repeatable } from "./options.ts";
import { wholeNumber } from "./whole-number.ts";

/** They are read as `LocalAstroFlags`. */
export function addLocalAstroOptions(command: Command): Command {
  return command
    .option("--provisioned", "start with the users and Teams that the fixture's directory provisions")
    .option(
      "--at <step>",
      "with --provisioned: use the directory as of this timeline step, or 'start' (default: 'end')",
    )
    .option("--strict", "accept only requests that follow the RFCs, without exceptions for providers")
    .option(
      "--behaviour <name=value>",
      "change one behaviour of the server; see docs/emulation.md (repeatable; an unknown name lists all)",
      repeatable,
    )
    .option(
      "--fault <key=value,…>",
      "inject a fault, such as status=429,retry-after=2,rate=0.1,path=/Users (repeatable)",
      repeatable,
    )
    .option(
      "--seed <number>",
      "seed for random faults: the same seed and requests give the same faults (default: 1)",
      wholeNumber(0, maxSeed),
    );
}
