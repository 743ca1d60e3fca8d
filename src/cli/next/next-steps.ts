/** What each command recommends at its end: every command line that a `Next:` line can hold is put together here. */

import { isUserToRemove, subjectOf, type Change } from "../../drift/compare/change.ts";
import type { Drift } from "../../drift/compare/diff.ts";
import type { Plan } from "../../drift/plan/plan.ts";
import type { RepairFlags } from "../flags/options.ts";
import { isNotForProvider } from "../../drift/provider/for-provider.ts";
import { isBrokenLink } from "../../drift/plan/left-out/links-left.ts";
import { partition } from "../../ground/partition.ts";
import type { Fixture } from "../../fixture/fixture.ts";
import type { Preflight } from "../../preflight/preflight.ts";
import type { NextStep } from "../../report/next-step.ts";
import type { ReplayStatus } from "../../replay/status.ts";
import type { SimulationResult } from "../../simulation/simulate.ts";
import type { SimulationStatus } from "../../simulation/status.ts";
import type { Target } from "../../target/resolve-target.ts";
import {
  directoryArguments,
  directoryWords,
  fileWord,
  line,
  option,
  providerFlagsOf,
  quoted,
  remoteArguments,
  type RepeatedFlags,
} from "./words.ts";
import {
  groupsToChange,
  allowances,
  linksToLack,
  namedOptions,
  repairLine,
  type Asked,
} from "./repair-line.ts";
import { servedOrganization, servedTenantUrl, servedUrl } from "./served.ts";
import type { RehearsedSession, Session } from "../session.ts";

/** After `fixture new`, `fixture generate` and `fixture validate`. */
export function rehearse(idp: Fixture["app"]["idp"], file: string): NextStep {
  return { kind: "rehearse", command: line("simulate", idp, fileWord(file)) };
}

/** After `users show` and `teams show`: what belongs to it. */
export function show(target: Target, words: readonly string[], flags: RepeatedFlags): NextStep {
  return {
    kind: "show",
    command: line(...words.map((word) => quoted(word)), ...remoteArguments(target, flags)),
  };
}

/** A name that can be typed as an argument, else the id: what begins with a dash would be an option. */
export function typeable(name: string, id: string): string {
  return name === "" || name.startsWith("-") ? id : name;
}

/** Once the mistakes are mended. */
export function validateAgain(file: string): NextStep {
  return { kind: "validate-again", command: line("fixture validate", fileWord(file)) };
}

export interface RehearsalFlags extends RepeatedFlags {
  readonly integration?: string;
  readonly fidelity?: readonly string[];
  readonly verbose?: boolean;
  readonly trace?: string;
  readonly cleanup?: boolean;
}

/** Undefined where nothing is left to look at. */
export function afterRehearsal(
  { status, result }: { readonly status: SimulationStatus; readonly result: SimulationResult },
  session: RehearsedSession,
  flags: RehearsalFlags,
): NextStep | undefined {
  const { fixture, target } = session;
  if (target.kind === "remote") {
    return flags.cleanup === true ? undefined : compare(session, flags);
  }
  if (status !== "ok") return lookCloser(fixture, flags);
  const words = directoryWords(fixture.file, flags);
  const { comparison } = result;
  const differs = comparison.kind === "compared" && comparison.drift.changes.length > 0;
  if (differs) {
    const url = option("--url", servedTenantUrl(fixture));
    return {
      kind: "rehearse-and-keep",
      command: line("serve", ...words),
      meanwhile: line("simulate", fixture.app.idp, ...words, ...rehearsalOptions(flags), url),
    };
  }
  return {
    kind: "compare-provisioned",
    command: line("serve", ...words, "--provisioned"),
    meanwhile: line("diff", ...words, option("--url", servedUrl(fixture.organization))),
  };
}

/** The same rehearsal with more to see than this time: each request, then the bodies too, then the jobs. */
function lookCloser({ app, file }: Fixture, flags: RehearsalFlags): NextStep {
  const { verbose, trace } = flags;
  const more = verbose !== true ? "--verbose" : trace === undefined ? "--trace trace.ndjson" : "--json";
  const words = directoryWords(file, flags);
  const command = line("simulate", app.idp, ...words, ...rehearsalOptions(flags), more);
  return { kind: "rehearse-again", command };
}

/** The command that plays the same rehearsal once more: the same fixture under the same assumptions. */
export function sameRehearsal({ app, file }: Fixture, flags: RehearsalFlags): string {
  return line("simulate", app.idp, ...directoryWords(file, flags), ...rehearsalOptions(flags));
}

function rehearsalOptions({ integration, fidelity = [] }: RehearsalFlags): readonly string[] {
  return [option("--integration", integration), ...fidelity.map((one) => option("--fidelity", one))];
}

function compare(session: Session, flags: RepeatedFlags): NextStep {
  return { kind: "compare", command: line("diff", ...sessionArguments(session, flags)) };
}

/** The same directory, and the same target. */
function sessionArguments({ source, target }: Session, flags: RepeatedFlags): readonly string[] {
  return [...directoryArguments(source.name, flags), ...remoteArguments(target, flags)];
}

/**
 * After `preflight`: the comparison where the provider has provisioned already, else the same first run with every request to see. That
 * is played with a local Astro, so the profile is not named: what it says of the directory is.
 */
export function afterPreflight(
  { idp, findings }: Pick<Preflight, "idp" | "findings">,
  session: Session,
  flags: RehearsalFlags,
): NextStep {
  const { source, directory, target } = session;
  const isProvisioned = findings.some(({ kind }) => kind === "already-provisioned");
  if (isProvisioned && target.kind === "remote") return compare(session, flags);
  const reached = { ...providerFlagsOf(target), ...flags };
  const words =
    directory.kind === "fixture"
      ? directoryWords(source.name, reached)
      : directoryArguments(source.name, reached);
  return { kind: "rehearse", command: line("simulate", idp, ...words, ...rehearsalOptions(flags)) };
}

/** A command for the same directory and the same target, such as `resync USER`. */
export function commandFor(session: Session, flags: RepeatedFlags): (words: string) => string {
  return (words) => line(words, ...sessionArguments(session, flags));
}

/**
 * What is repaired first: what is missing or differs, then what is left over. Where a link is broken, its console comes first:
 * assigning again creates a missing account, too. Where provisioning does not run, or the provider says why something is missing, its
 * console comes first as well. After that diff looks again.
 */
export function afterDiff(drift: Drift, session: Session, flags: RepeatedFlags): NextStep | undefined {
  const { changes, iam, provider } = drift;
  if (changes.length + (provider?.problems.length ?? 0) === 0) return undefined;
  // Nothing can be repaired over SCIM that is not enabled.
  if (iam.kind === "read" && iam.isOnlySource && !iam.side.isScimEnabled) return undefined;
  // What the provider does once it runs again need not be repaired.
  if (provider?.isStopped === true) return compare(session, flags);
  const broken = new Set(changes.filter(isBrokenLink).map(subjectName));
  const others = changes
    .filter((change) => !isBrokenLink(change) && !broken.has(subjectName(change)))
    .filter(isNotForProvider(drift));
  const planned = (name: "resync" | "delete"): string =>
    line(name, "--all --dry-run", ...sessionArguments(session, flags));
  const [leftOver, differing] = partition(others, isLeftOver);
  if (differing.some(isForResync)) return { kind: "plan-repair", command: planned("resync") };
  if (leftOver.length > 0) return { kind: "plan-deletion", command: planned("delete") };
  return compare(session, flags);
}

function isLeftOver(change: Change): boolean {
  return isUserToRemove(change) || change.kind === "team-left-over";
}

/** Some of what differs is not repaired by any write to Astro. */
function isForResync({ kind }: Change): boolean {
  return kind !== "user-banned" && kind !== "user-invite-pending" && kind !== "user-never-linked";
}

function subjectName(change: Change): string {
  const { kind, key } = subjectOf(change);
  return `${kind} ${key}`;
}

/** Where the plan was only shown, what carries it out; else what looks whether all is well now. */
export function afterRepair(
  session: Session,
  command: Asked,
  { onlyShown, wasWritten }: { readonly onlyShown: boolean; readonly wasWritten: boolean },
): NextStep {
  const { flags } = command;
  if (onlyShown) {
    return { kind: "carry-out", command: repairLine(command, sessionArguments(session, flags)) };
  }
  const { source, target, fixture } = session;
  if (target.kind === "remote" || fixture === undefined || !wasWritten) return compare(session, flags);
  const url = option("--url", servedUrl(fixture.organization));
  return {
    kind: "carry-out-and-keep",
    command: line("serve", fileWord(source.name)),
    meanwhile: repairLine(command, [...directoryArguments(source.name, flags), url]),
  };
}

/** After `undo --dry-run`: the same undo for real; undefined where nothing can be put back. */
export function afterUndo(
  target: Target,
  { run, plan }: { readonly run: string; readonly plan: Plan },
  flags: RepeatedFlags &
    Omit<Partial<RepairFlags>, "api"> & {
      readonly restoreOwner?: readonly string[];
      readonly stateDir?: string;
    },
): NextStep | undefined {
  if (flags.dryRun !== true || plan.operations.length === 0) return undefined;
  const owners = (flags.restoreOwner ?? []).map((name) => option("--restore-owner", name));
  const where = [...remoteArguments(target, flags), option("--state-dir", flags.stateDir)];
  return { kind: "carry-out", command: line("undo", run, ...allowances(flags), ...owners, ...where) };
}

/** After `--save`: what applies the plan; undefined for one of the Astro inside the process, which has ended. */
export function afterSaving(
  { source, target }: Session,
  { file, plan }: { readonly file: string; readonly plan: Plan },
  flags: Omit<Partial<RepairFlags>, "api">,
): NextStep | undefined {
  if (target.kind === "in-process" || plan.operations.length === 0) return undefined;
  // What goes through the provider is carried out where the provider is the directory.
  const directory = plan.provider === undefined ? [] : directoryArguments(source.name, flags);
  const groups = plan.provider === undefined ? [] : groupsToChange(flags);
  const options = [...namedOptions(plan), ...allowances(flags), ...groups, ...linksToLack(flags)];
  const words = [fileWord(file), ...options, ...directory];
  return { kind: "carry-out", command: line("apply", ...words, ...targetArguments(target, flags)) };
}

/** After `apply --dry-run`. */
export function afterApply(
  target: Target,
  file: string,
  flags: RepairFlags & { readonly user?: readonly string[]; readonly team?: readonly string[] },
): NextStep {
  const names = [
    ...(flags.user ?? []).map((name) => option("--user", name)),
    ...(flags.team ?? []).map((name) => option("--team", name)),
  ];
  const directory = flags.from === undefined ? [] : directoryArguments(flags.from, flags);
  const options = [...names, ...allowances(flags), ...groupsToChange(flags), ...linksToLack(flags)];
  const words = [fileWord(file), ...options, ...directory];
  return { kind: "carry-out", command: line("apply", ...words, ...targetArguments(target, flags)) };
}

/** After `apply`: the directory that the file names. The address of another server from a file is not recommended. */
export function compareAgain(
  target: Target,
  source: string,
  flags: RepeatedFlags & { readonly from?: string },
): NextStep | undefined {
  if (source.startsWith("scim:")) return undefined;
  const directory = directoryArguments(source, flags.from === source ? flags : {});
  const words = [...directory, ...targetArguments(target, flags)];
  return { kind: "compare", command: line("diff", ...words) };
}

/** A plan needs no memory of the provider. */
function targetArguments(target: Target, { tokenFile, ca }: RepeatedFlags): readonly string[] {
  return remoteArguments(target, {
    ...(tokenFile === undefined ? {} : { tokenFile }),
    ...(ca === undefined ? {} : { ca }),
  });
}

export interface Replayed {
  readonly status: ReplayStatus;
  readonly target: Target;
  readonly file: string;
  /** Of the recording, where it is in Astro's form; the local Astro has the same. */
  readonly organizationId: string | undefined;
  /** Of the fixture of `--from`. */
  readonly fixture: Fixture | undefined;
}

export interface ReplayRepeatedFlags extends RepeatedFlags {
  readonly base?: string;
  readonly from?: string;
  readonly verbose?: boolean;
  readonly allowRemote?: boolean;
  readonly cleanup?: boolean;
}

export function afterReplay(
  { status, target, file, organizationId, fixture }: Replayed,
  flags: ReplayRepeatedFlags,
): NextStep {
  const { base, from, verbose, allowRemote, cleanup } = flags;
  const recording = [fileWord(file), option("--base", base)];
  const ended = status === "interrupted" || status === "unreachable";
  if (target.kind === "remote") {
    // What a target then holds is no longer what it held: the local Astro starts from nothing each time.
    if (!ended) return { kind: "replay-locally", command: line("replay", ...recording) };
    const again = [allowRemote === true ? "--allow-remote" : "", cleanup === true ? "--cleanup" : ""];
    const command = line("replay", ...recording, ...remoteArguments(target, flags), ...again);
    return { kind: "replay-again", command };
  }
  const local = ["replay", ...recording, option("--from", from)];
  if (ended) return { kind: "replay-again", command: line(...local) };
  if (status === "different") {
    return { kind: "replay-again", command: line(...local, verbose === true ? "--json" : "--verbose") };
  }
  const organization = servedOrganization(organizationId, fixture);
  return {
    kind: "replay-and-keep",
    command: line("serve", from === undefined ? "" : fileWord(from), option("--org", organization.option)),
    meanwhile: line("replay", ...recording, option("--url", servedUrl(organization.id))),
  };
}
