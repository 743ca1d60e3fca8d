/** `astro-scim replay <recording>`: recorded traffic, sent again and compared. */

import { Command } from "commander";
import type { ReplayFlags } from "../actions/replay.ts";
import type { SetStatus } from "../command.ts";
import type { Io } from "../../world/io.ts";
import { addOutputOptions, addTargetOptions, wholeNumber } from "../flags/options.ts";

export function replayCommand(io: Io, setStatus: SetStatus): Command {
  const command = new Command("replay")
    .description("send recorded provisioning traffic again, at another server, and compare the answers")
    .argument(
      "<recording>",
      "HAR file (of --trace, serve --record, a browser or a proxy), or NDJSON of --trace",
    );
  addTargetOptions(command);
  addOutputOptions(command, "replay");
  return command
    .option("--base <url>", "what stands before /Users in the recorded URLs, where there are several")
    .option("--from <fixture>", "without a target: what the local Astro holds beforehand (its astro: part)")
    .option(
      "--max-wait <seconds>",
      "how long to wait, all together, where the target answers 429 with Retry-After; 0: not at all",
      wholeNumber(0, 86_400),
      300,
    )
    .option("--allow-remote", "let the recorded people into a target that is not on this machine")
    .option("-y, --yes", "do not ask before writing to a target that is not on this machine")
    .option("--cleanup", "afterwards delete the users and Teams that the replay created")
    .addHelpText("after", examples)
    .action(async (recording: string, flags: ReplayFlags) => {
      const { replay } = await import("../actions/replay.ts");
      setStatus(await replay(io, recording, flags));
    });
}

const examples = `
One request after the other, in the recorded order. Credentials and cookies of the recording are not used, and each
password is replaced by a new one. Ids are translated: where a recorded answer gave an id, the id that the target gives
takes its place in every later path, filter and body. Ids, times, addresses and the order of lists count for nothing;
every other difference is listed, exit status 1.

Examples:
  astro-scim simulate okta fixtures/okta-small.yaml --trace okta.har
  astro-scim replay okta.har --from fixtures/okta-small.yaml         at a local Astro inside the process
  astro-scim replay okta.har --url http://127.0.0.1:8888/scim/v2/ORG --cleanup
  astro-scim replay tenant.har --base https://api.astronomer.io/scim/v2/ORG`;
