/** The provider through which a plan goes that was made before: from a file, or in a run that was interrupted. */

import type { Plan } from "../../drift/plan/plan.ts";
import type { ProviderApp, WayName } from "../../drift/plan/operations/provider-operation.ts";
import { isProviderOperation } from "../../drift/plan/operations/provider-operation.ts";
import { providerWords } from "../../drift/plan/operations/provider-summaries.ts";
import { AppError } from "../../ground/errors.ts";
import type { ProviderWays } from "../../repair/via/provider-ways.ts";
import type { ProviderFlags } from "../../target/directory/provider-flags.ts";
import { profileOf } from "../../target/resolve-target.ts";
import type { Connected } from "../connected.ts";
import type { DirectoryFlags } from "../flags/directory-options.ts";
import type { OutputFlags, TargetFlags } from "../flags/options.ts";
import type { ViaFlags } from "../flags/via-options.ts";
import type { Session } from "../session.ts";
import { prepareSource } from "../source/prepare-source.ts";
import { sourceRun } from "../source/source-run.ts";
import { chooseWay } from "./choose-way.ts";

/**
 * Before anything is contacted: the command names the provider of the plan. The plan itself is not believed, since the
 * credentials go where it is.
 * @throws AppError usage
 */
export function requireProviderOf(
  { provider }: Plan,
  { from, via }: { readonly from?: string; readonly via?: WayName },
): void {
  const way = provider?.provider ?? "scim";
  if (via !== undefined && via !== way) {
    throw new AppError(
      "usage",
      `The plan goes ${way === "scim" ? "over SCIM" : `through ${providerWords[way]}`}, not --via ${via}.`,
      {
        hint: "Leave --via out, or save the plan again.",
      },
    );
  }
  if (provider === undefined || from === provider.provider) return;
  throw new AppError(
    "usage",
    `The plan goes through ${providerWords[provider.provider]}: it must be the directory.`,
    {
      hint: `Add --from ${provider.provider}.`,
    },
  );
}

/**
 * The ways of a plan in a file; undefined where all of it goes over SCIM.
 * @throws AppError refused, where they lead to another app; as `chooseWay`
 */
export async function waysOfPlan(
  session: Session,
  { provider }: Plan,
  { changeGroup = [] }: Pick<ViaFlags, "changeGroup">,
): Promise<ProviderWays | undefined> {
  if (provider === undefined) return undefined;
  const way = await chooseWay(session, { via: provider.provider, changeGroup });
  if (way.kind === "scim") return undefined;
  requireSameApp(provider, way.ways);
  return way.ways;
}

/** Flags of a command that goes on with a run. */
export type ResumedFlags = TargetFlags &
  Pick<OutputFlags, "quiet" | "verbose"> &
  ProviderFlags & { readonly dryRun?: boolean };

/**
 * Goes on with the provider of the run, where something is left that goes through it; it is reached as the run has noted, unless
 * the command says otherwise.
 * @throws AppError as `prepareSource`; refused, for another app
 */
export async function withProviderOf(
  connected: Connected,
  { plan: { provider }, operations }: { readonly plan: Plan; readonly operations: Plan["operations"] },
  flags: ResumedFlags,
  go: (connected: Connected) => Promise<number>,
): Promise<number> {
  if (provider === undefined || !operations.some(isProviderOperation)) return go(connected);
  const { io, target, connection } = connected;
  const profile = profileOf(target);
  const prepared = await prepareSource(
    io,
    { kind: provider.provider },
    { flags: reached(provider, flags), profile },
  );
  const opened = prepared.open(await sourceRun(connected, { flags, profile }));
  try {
    const ways = await opened.openWays?.({ target: connection.baseUrl, changeGroups: [] });
    if (ways === undefined)
      throw new AppError("refused", `${providerWords[provider.provider]} cannot be written to.`);
    requireSameApp(provider, ways);
    if (flags.dryRun !== true) await requireRights(ways);
    return await go({ ...connected, ways });
  } finally {
    await opened.close();
  }
}

/** The app may have been changed since the run was interrupted: it may provision another server, or the rights are gone. */
async function requireRights(ways: ProviderWays): Promise<void> {
  const rights = await ways.proveRights();
  if (rights.kind === "proved") return;
  throw new AppError("permission-missing", `The run cannot go on through ${ways.name}: ${rights.why}.`, {
    hint: "Give the credentials the rights for repairs (docs/directories.md), or point the app to this target again.",
  });
}

function reached(
  { provider, at, appId, cloud }: ProviderApp,
  flags: ResumedFlags,
): DirectoryFlags & ResumedFlags {
  return provider === "okta"
    ? { ...flags, oktaUrl: flags.oktaUrl ?? at, oktaApp: flags.oktaApp ?? appId }
    : {
        ...flags,
        entraTenant: flags.entraTenant ?? at,
        entraApp: flags.entraApp ?? appId,
        ...(cloud === undefined ? {} : { entraCloud: flags.entraCloud ?? cloud }),
      };
}

function requireSameApp(provider: ProviderApp, { app, name }: ProviderWays): void {
  if (app.at === provider.at && app.appId === provider.appId && app.cloud === provider.cloud) return;
  throw new AppError(
    "refused",
    `The plan is for another app or organization of ${name} (${provider.at}, ${provider.appId}).`,
    {
      hint: "Name the app of the plan, or save a plan for this one.",
    },
  );
}
