/** Options that say whether a repair goes through the provider or straight into Astro. */

import { Option, type Command } from "commander";
import { wayNames, type WayName } from "../../drift/plan/operations/provider-operation.ts";
import { repeatable } from "./repeatable.ts";

/** Flags of `addViaOptions`. */
export interface ViaFlags {
  readonly via?: WayName;
  /** Groups whose members may be changed in the provider. */
  readonly changeGroup?: readonly string[];
  readonly withoutLink?: boolean;
  /** Users whose assignment is removed and made again although the provider is linked to their accounts. */
  readonly reassign?: readonly string[];
  /** The provisioning job is restarted instead of provisioning on demand. */
  readonly restartJob?: boolean;
}

export function addViaOptions(command: Command): Command {
  return addGroupOption(
    addLinkOption(
      command
        .addOption(
          new Option(
            "--via <way>",
            "repair through the provider, or over SCIM straight into Astro (default: the provider with --from okta or entra and credentials that may write there)",
          ).choices(wayNames),
        )
        .option(
          "--restart-job",
          "with entra: restart the provisioning job instead of provisioning users and groups on demand; it evaluates everybody in scope again, also beyond this plan",
        ),
    ),
  );
}

/** Of what applies a plan that was made before. */
export function addPlannedWayOptions(command: Command): Command {
  const way = new Option(
    "--via <way>",
    "through what the plan must go; one through the provider needs --from, too",
  );
  return addLinkOption(addGroupOption(command.addOption(way.choices(wayNames))));
}

function addLinkOption(command: Command): Command {
  return command.option(
    "--without-link",
    "with a live directory and over SCIM: create or activate accounts to which the provider has no link",
  );
}

function addGroupOption(command: Command): Command {
  return command.option(
    "--change-group <name>",
    "with okta: take users who are assigned through this group out of it and add them again (repeatable); other apps of the group notice",
    repeatable,
  );
}
