/** `astro-scim trigger okta|entra EVENT`: what one event makes the identity provider send. */

import { Argument, Command, Option } from "commander";
import type { TriggerFlags } from "../actions/trigger.ts";
import { eventTables, type ProviderId } from "../trigger/events.ts";
import type { Io } from "../../world/io.ts";
import { addJournalOptions, addOutputOptions, addTargetOptions, repeatable } from "../flags/options.ts";
import { wholeNumber } from "../flags/whole-number.ts";
import type { SetStatus } from "../command.ts";
import { helpText } from "../output/help-text.ts";

export function triggerCommand(io: Io, setStatus: SetStatus): Command {
  return new Command("trigger")
    .description("send the requests that one event (joiner, leaver, rename, …) causes, without a fixture")
    .addCommand(providerCommand("okta", io, setStatus))
    .addCommand(providerCommand("entra", io, setStatus))
    .addHelpText("after", helpText(io, examples));
}

const examples = `
Examples:
  astro-scim trigger okta joiner --user ada@example.com --url http://127.0.0.1:8888/scim/v2/ORG
  astro-scim trigger entra leaver --user ada@example.com --url http://127.0.0.1:8888/scim/v2/ORG`;

const descriptions: Readonly<Record<ProviderId, string>> = {
  okta: "Okta: the requests of one event, at any SCIM server",
  entra: "Entra ID: the requests of one event, at any SCIM server",
};

const integrations: Readonly<Record<ProviderId, readonly string[]>> = {
  okta: ["manual", "catalog", "wizard"],
  entra: ["non-gallery", "gallery"],
};

function providerCommand(idp: ProviderId, io: Io, setStatus: SetStatus): Command {
  const command = new Command(idp)
    .description(descriptions[idp])
    .addArgument(new Argument("<event>", "what happens; see below").choices(Object.keys(eventTables[idp])))
    .option("--user <email>", "e-mail address of the user (default: ada.lovelace@example.com)")
    .option(
      "--group <name>",
      "name of the group and its Team (default, if the event needs one: example-team)",
    )
    .option("--to <name>", "new e-mail address, new name, or the group to move to")
    .option(
      "--set <name=value>",
      "an attribute by the provider's name, such as displayName=Ada; empty to clear it (repeatable)",
      repeatable,
    );
  addOutputOptions(addJournalOptions(addTargetOptions(command)), "trigger");
  return command
    .option("--bodies", "show the bodies of requests and answers, without secrets")
    .addOption(new Option("--integration <name>", "type of app").choices([...integrations[idp]]))
    .option(
      "--fidelity <name=value>",
      "override an assumption about the provider; see docs/fidelity.md (repeatable; an unknown name lists all)",
      repeatable,
    )
    .option(
      "--allow-remote",
      "allow a target that is not on this machine: accounts and Teams are changed there",
    )
    .option("-y, --yes", "do not ask before changing a target that is not on this machine")
    .option(
      "--max-wait <seconds>",
      "with a target: longest Retry-After to wait for after a 429; a longer one fails the job",
      wholeNumber(0, 86_400),
      300,
    )
    .option("--cleanup", "at the end, delete the users and Teams that this run created")
    .addHelpText("after", helpText(io, helpOf(idp)))
    .action(async (event: string, flags: TriggerFlags) => {
      const { trigger } = await import("../actions/trigger.ts");
      setStatus(await trigger(io, { idp, event }, flags));
    });
}

function helpOf(idp: ProviderId): string {
  const rows = Object.entries(eventTables[idp]);
  const width = Math.max(...rows.map(([name]) => name.length));
  const events = rows.map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`).join("\n");
  const name = idp === "okta" ? "Okta" : "Entra ID";
  const group = idp === "okta" ? "push-group" : "assign-group";
  return `
Events:
${events}

First, ${name} looks up the user of the event and links the existing account or creates one; it does the same for the Team.
These requests are shown separately. An existing account keeps its attributes. Without a target, the requests go to a local
Astro inside the process.

Examples:
  astro-scim trigger ${idp} joiner --bodies
  astro-scim trigger ${idp} leaver --user ada@example.com --url http://127.0.0.1:8080/scim/v2 --token-file token.txt
  astro-scim trigger ${idp} update-user --set displayName='Ada King' --url http://127.0.0.1:8080/scim/v2
  astro-scim trigger ${idp} ${group} --group data-platform --json`;
}
