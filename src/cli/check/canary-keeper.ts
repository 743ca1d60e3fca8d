/** `check --write`: the rules of every write, and that the canary is gone afterwards, however the run ends. */

import { canaryNames } from "../../check/canary/names.ts";
import { OwnCanary } from "../../check/canary/own.ts";
import { labelInQuestion } from "../../assembly/connect.ts";
import type { Writer } from "../../astro/writer.ts";
import { AppError } from "../../ground/errors.ts";
import { nameList } from "../../ground/text/name-list.ts";
import { printable } from "../../ground/text/printable.ts";
import type { Connected } from "../connected.ts";
import { aloneOnThisMachine } from "../lock/alone.ts";
import { confirmOrDecline } from "../prompt.ts";

export interface CanaryKeeper {
  /** The canary of the run under way. */
  readonly own: () => OwnCanary | undefined;
  /**
   * Asks, holds the lock of the organization, runs, and removes what is left of the canary.
   * @throws AppError refused, declined; failed, where something could not be removed after an interrupt
   */
  readonly keep: <Result>(
    connected: Connected,
    writer: Writer,
    run: () => Promise<Result>,
  ) => Promise<Result>;
}

export function canaryKeeper({
  yes,
  canaryDomain,
}: {
  readonly yes?: boolean;
  readonly canaryDomain?: string;
}): CanaryKeeper {
  let own: OwnCanary | undefined;
  return {
    own: () => own,
    keep: (connected, writer, run) =>
      aloneOnThisMachine(connected, "check --write", async () => {
        await agree(connected, yes);
        const canary = new OwnCanary(writer, canaryNames(connected.io.random.uuid(), canaryDomain));
        own = canary;
        try {
          return await run();
        } catch (error) {
          await removeAfter(connected, canary);
          throw error;
        }
      }),
  };
}

async function agree({ io, connection, signal }: Connected, yes: boolean | undefined): Promise<void> {
  if (yes === true) return;
  const where = printable(labelInQuestion(connection));
  const question = `Create a canary user and Team in ${where}, and remove both again?`;
  await confirmOrDecline(io, question, { signal });
}

/** The run ended before its last check, by Ctrl-C or by an error. */
async function removeAfter({ output }: Connected, canary: OwnCanary): Promise<void> {
  const left = await canary.removeAll();
  if (left.length === 0) {
    output.say("The canary was removed.");
    return;
  }
  throw new AppError("failed", `The canary could not be removed: ${printable(nameList(left))}.`, {
    hint: "Run astro-scim check --cleanup.",
  });
}
