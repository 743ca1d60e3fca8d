/** Whether a repair goes through the provider: it was asked for, or the credentials are proved to allow it. */

import type { Drift } from "../../drift/compare/diff.ts";
import { emptiedTeams } from "../../drift/plan/left-out/emptied-teams.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import { providerWords } from "../../drift/plan/operations/provider-summaries.ts";
import { AppError } from "../../ground/errors.ts";
import type { ProviderWays } from "../../repair/via/provider-ways.ts";
import type { ViaFlags } from "../flags/via-options.ts";
import type { Session } from "../session.ts";

/** Through the provider, or over SCIM and why. */
export type ChosenWay =
  | { readonly kind: "provider"; readonly ways: ProviderWays }
  /** `note` is a sentence for the plan; undefined where there was no choice. */
  | { readonly kind: "scim"; readonly note: string | undefined };

/**
 * Proves the rights to write before there is a plan.
 * @throws AppError usage, for a provider that the directory is not; permission-missing, where it was asked for by name and the
 * credentials do not allow it; whatever keeps the provider from being reached
 */
export async function chooseWay(
  session: Session,
  flags: ViaFlags & { readonly save?: string },
): Promise<ChosenWay> {
  const { via, changeGroup = [] } = flags;
  const { directory, openWays, settings, output, target, connection } = session;
  requireReassigning(flags, { source: directory.kind, isInProcess: target.kind === "in-process" });
  requireEntra(flags, directory.kind);
  requireUsableOptions(flags, { source: directory.kind, isInProcess: target.kind === "in-process" });
  const isOverScim = via === "scim" || settings.readOnly || target.kind === "in-process";
  if (isOverScim || openWays === undefined) return { kind: "scim", note: undefined };
  output.progress.update("checking the rights to write");
  const ways = await openWays({
    target: connection.baseUrl,
    changeGroups: changeGroup,
    reassign: flags.reassign ?? [],
    restartsJob: flags.restartJob === true,
  });
  const rights = await ways.proveRights();
  output.progress.stop();
  if (rights.kind === "proved") return { kind: "provider", ways };
  if (via === undefined && flags.reassign === undefined)
    return { kind: "scim", note: `Over SCIM and not through ${ways.name}: ${rights.why}.` };
  throw new AppError("permission-missing", `The repair cannot go through ${ways.name}: ${rights.why}.`, {
    hint: "Give the credentials the rights for repairs (docs/directories.md), or use --via scim.",
  });
}

/** The plan through the provider, where that was chosen. @throws AppError where the provider cannot be read */
export async function routed(chosen: ChosenWay, plan: Plan, drift: Drift): Promise<Plan> {
  if (chosen.kind === "scim") return plan;
  const through = await chosen.ways.route(plan, drift);
  return { ...through, emptied: emptiedTeams(through.operations, drift.held) };
}

/** @throws AppError usage, where no assignment could be removed, or a plan would be saved that names nobody any more */
function requireReassigning(
  { reassign, via, save }: ViaFlags & { readonly save?: string },
  { source, isInProcess }: { readonly source: string; readonly isInProcess: boolean },
): void {
  if (reassign === undefined) return;
  if (source !== "okta" || via === "scim" || isInProcess) {
    throw new AppError("usage", "--reassign needs --from okta, a target, and a repair through Okta.", {
      hint: "Leave --reassign out.",
    });
  }
  if (save === undefined) return;
  throw new AppError(
    "usage",
    "--reassign cannot be saved: apply removes no assignment that is linked to an account.",
    {
      hint: "Leave --save out; --dry-run shows the plan.",
    },
  );
}

/** @throws AppError usage, for a restart of a job that there is not */
function requireEntra({ restartJob, via }: ViaFlags, source: string): void {
  if (restartJob !== true || (source === "entra" && via !== "scim")) return;
  throw new AppError("usage", "--restart-job needs --from entra, and a repair through it.", {
    hint: "Leave --restart-job out.",
  });
}

/** @throws AppError usage */
function requireUsableOptions(
  { via, changeGroup = [] }: ViaFlags,
  { source, isInProcess }: { readonly source: string; readonly isInProcess: boolean },
): void {
  if (via !== undefined && via !== "scim") {
    if (via !== source) {
      const message = `--via ${via} needs --from ${via}: ${providerWords[via]} itself must be the directory.`;
      throw new AppError("usage", message, { hint: `Add --from ${via}, or leave --via out.` });
    }
    if (isInProcess) {
      throw new AppError(
        "usage",
        `--via ${via} needs the target named: no provider provisions the local Astro inside the process.`,
      );
    }
  }
  if (changeGroup.length > 0 && (source !== "okta" || via === "scim")) {
    throw new AppError("usage", "--change-group needs --from okta, and a repair through it.", {
      hint: "Leave --change-group out.",
    });
  }
}
