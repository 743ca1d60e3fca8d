/** `astro-scim replay <recording>`: recorded traffic, sent again and compared. */

import { Command } from "commander";
import type { ReplayFlags } from "../actions/replay.ts";
import type { SetStatus } from "../command.ts";
import type { Io } from "../../world/io.ts";
import { addJournalOptions, addOutputOptions, addTargetOptions } from "../flags/options.ts";
import { wholeNumber } from "../flags/whole-number.ts";
import { helpText } from "../output/help-text.ts";

export function replayCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("replay")
    .description("send recorded provisioning traffic to another server and compare the answers")
    .argument(
      "<recording>",
      "HAR file (from --trace, serve --record, a browser or a proxy) or NDJSON from --trace",
    );
  addJournalOptions(addTargetOptions(command));
  addOutputOptions(command, "replay");
  return command
    .option("--base <url>", "the part before /Users in the recorded URLs, if the recording has several")
    .option(
      "--from <fixture>",
      "without a target: the local Astro starts with the 'astro:' section of this fixture",
    )
    .option(
      "--max-wait <seconds>",
      "longest total wait when the target answers 429 with Retry-After; 0: do not wait",
      wholeNumber(0, 86_400),
      300,
    )
    .option(
      "--allow-remote",
      "allow a target that is not on this machine (the recorded users are created there)",
    )
    .option("-y, --yes", "do not ask before writing to a target that is not on this machine")
    .option("--cleanup", "at the end, delete the users and Teams that the replay created")
    .addHelpText("after", helpText(io, examples))
    .action(async (recording: string, flags: ReplayFlags) => {
      const { replay } = await import("../actions/replay.ts");
      setStatus(await replay(io, recording, flags));
    });
}

const examples = `
Requests are sent one after another, in the recorded order. Credentials and cookies of the recording are not used, and
each password is replaced by a random one. Ids are translated: an id from a recorded answer is replaced by the id that
the target gave, in every later path, filter and body. Differences in ids, times, server addresses and the order of
lists are ignored; any other difference is listed, and the exit status is 1.

Examples:
  astro-scim simulate okta fixtures/okta-small.yaml --trace okta.har
  astro-scim replay okta.har --from fixtures/okta-small.yaml         to a local Astro inside the process
  astro-scim replay okta.har --url http://127.0.0.1:8888/scim/v2/ORG --cleanup
  astro-scim replay tenant.har --base https://api.astronomer.io/scim/v2/ORG`;
