/**
 * The one table of reports: each format with what it makes of each kind of result. A row is all that a new format needs:
 * `--output` offers for a command what its kind of result has. Text for people is written as things happen (narrative/,
 * repair/plan-text.ts); its row holds what comes at the end.
 */

import type { RunEvent } from "../idp/run/events.ts";
import type { CheckReport } from "./check/report.ts";
import type { DriftReport } from "./drift/report.ts";
import type { ReportedError } from "./error/report.ts";
import type { TeamReport, TeamsReport, UserReport, UsersReport } from "./organization/report.ts";
import type { PreflightReport } from "./preflight/report.ts";
import type { RepairReport } from "./repair/report.ts";
import type { ReplayReport } from "./replay/report.ts";
import type { ReviewReport } from "./review/report.ts";
import type { SimulationReport } from "./simulation/report.ts";
import type { PrunedReport, RunReport, RunsReport } from "./runs/report.ts";
import type { ProfileReport, ProfilesReport } from "./profiles/report.ts";
import type { SetupCheckReport, SetupReport } from "./setup/report.ts";
import type { Style } from "./style.ts";
import type { TriggerReport } from "./trigger/report.ts";
import type { WhyReport } from "./why/report.ts";

/** What can be reported, by its kind. */
export interface Results {
  readonly simulation: SimulationReport;
  /** Reported as it happens, ahead of the simulation. */
  readonly "simulation-event": RunEvent;
  readonly trigger: TriggerReport;
  readonly drift: DriftReport;
  readonly repair: RepairReport;
  readonly preflight: PreflightReport;
  readonly replay: ReplayReport;
  readonly check: CheckReport;
  readonly review: ReviewReport;
  readonly users: UsersReport;
  readonly user: UserReport;
  readonly teams: TeamsReport;
  readonly team: TeamReport;
  readonly runs: RunsReport;
  readonly run: RunReport;
  readonly pruned: PrunedReport;
  readonly setup: SetupReport;
  readonly "setup-check": SetupCheckReport;
  readonly profiles: ProfilesReport;
  readonly profile: ProfileReport;
  readonly why: WhyReport;
  /** In place of a result. */
  readonly error: ReportedError;
}

export type ResultKind = keyof Results;

/** What goes to standard output: whole lines, or nothing. */
export type Render<Result> = (result: Result, style: Style) => string;

/** Loaded when it is needed: the help of a command asks only which formats there are. */
type Cell<Result> = () => Promise<Render<Result>>;

export type Format = { readonly [Kind in ResultKind]?: Cell<Results[Kind]> };

export const formats = {
  table: {
    users: async () => (await import("./organization/text.ts")).usersTable,
    user: async () => (await import("./organization/text.ts")).userText,
    teams: async () => (await import("./organization/text.ts")).teamsTable,
    team: async () => (await import("./organization/text.ts")).teamText,
    error: async () => () => "",
  },
  text: {
    simulation: async () => (await import("./simulation/text.ts")).simulationText,
    trigger: async () => (await import("./trigger/text.ts")).triggerText,
    drift: async () => (await import("./drift/text.ts")).driftText,
    repair: async () => (await import("./repair/text.ts")).repairText,
    preflight: async () => (await import("./preflight/text.ts")).preflightText,
    replay: async () => (await import("./replay/text.ts")).replayText,
    review: async () => (await import("./review/text.ts")).reviewEnding,
    check: async () => (await import("./check/text.ts")).checkText,
    runs: async () => (await import("./runs/text.ts")).runsText,
    run: async () => (await import("./runs/text.ts")).runText,
    pruned: async () => (await import("./runs/text.ts")).prunedText,
    setup: async () => (await import("./setup/text.ts")).setupText,
    "setup-check": async () => (await import("./setup/check-text.ts")).setupCheckText,
    profiles: async () => (await import("./profiles/text.ts")).profilesText,
    profile: async () => (await import("./profiles/text.ts")).profileText,
    why: async () => (await import("./why/text.ts")).whyText,
    // Standard error has it, as in every format.
    error: async () => () => "",
  },
  json: {
    simulation: async () => asJson((await import("./simulation/json.ts")).simulationJson),
    trigger: async () => asJson((await import("./trigger/json.ts")).triggerJson),
    drift: async () => asJson((await import("./drift/json.ts")).driftJson),
    repair: async () => asJson((await import("./repair/json.ts")).repairJson),
    preflight: async () => asJson((await import("./preflight/json.ts")).preflightJson),
    replay: async () => asJson((await import("./replay/json.ts")).replayJson),
    review: async () => asJson((await import("./review/json.ts")).reviewJson),
    check: async () => asJson((await import("./check/json.ts")).checkJson),
    users: async () => asJson((await import("./organization/json.ts")).usersJson),
    user: async () => asJson((await import("./organization/json.ts")).userReportJson),
    teams: async () => asJson((await import("./organization/json.ts")).teamsJson),
    team: async () => asJson((await import("./organization/json.ts")).teamReportJson),
    runs: async () => asJson((await import("./runs/json.ts")).runsJson),
    run: async () => asJson((await import("./runs/json.ts")).runJson),
    pruned: async () => asJson((await import("./runs/json.ts")).prunedJson),
    setup: async () => asJson((await import("./setup/json.ts")).setupJson),
    "setup-check": async () => asJson((await import("./setup/json.ts")).setupCheckJson),
    profiles: async () => asJson((await import("./profiles/json.ts")).profilesJson),
    profile: async () => asJson((await import("./profiles/json.ts")).profileJson),
    why: async () => asJson((await import("./why/json.ts")).whyJson),
    error: async () => alone(asJson((await import("./error/json.ts")).errorJson)),
  },
  ndjson: {
    simulation: async () => asLine("result", (await import("./simulation/json.ts")).simulationJson),
    "simulation-event": async () => (await import("./simulation/events.ts")).simulationEventLine,
    users: async () => (await import("./organization/formats.ts")).usersLines,
    user: async () => (await import("./organization/formats.ts")).userLine,
    teams: async () => (await import("./organization/formats.ts")).teamsLines,
    team: async () => (await import("./organization/formats.ts")).teamLine,
    error: async () => asLine("error", (await import("./error/json.ts")).errorJson),
  },
  csv: {
    users: async () => (await import("./organization/formats.ts")).usersCsv,
    user: async () => (await import("./organization/formats.ts")).userCsv,
    teams: async () => (await import("./organization/formats.ts")).teamsCsv,
    team: async () => (await import("./organization/formats.ts")).teamCsv,
    error: async () => () => "",
  },
  junit: {
    simulation: async () => (await import("./simulation/junit.ts")).simulationJunit,
    check: async () => (await import("./check/junit.ts")).checkJunit,
    error: async () => alone((await import("./error/junit.ts")).errorJunit),
  },
  github: {
    review: async () => (await import("./review/github.ts")).reviewGithub,
    error: async () => () => "",
  },
  markdown: {
    simulation: async () => (await import("./simulation/markdown.ts")).simulationMarkdown,
    repair: async () => (await import("./repair/markdown.ts")).repairMarkdown,
    preflight: async () => (await import("./preflight/markdown.ts")).preflightMarkdown,
    check: async () => (await import("./check/markdown.ts")).checkMarkdown,
    setup: async () => (await import("./setup/markdown.ts")).setupMarkdown,
    "setup-check": async () => (await import("./setup/markdown.ts")).setupCheckMarkdown,
    error: async () => () => "",
  },
} as const satisfies Readonly<Record<string, Format & Required<Pick<Format, "error">>>>;

export type FormatName = keyof typeof formats;

/** Whether results in this format are for people, at a terminal, with its colours and its width. */
export function isForPeople(name: FormatName): boolean {
  return name === "text" || name === "table";
}

/** Formats that have results of the kind, in the order of the table. */
export function formatsOf(kind: ResultKind): readonly FormatName[] {
  return Object.keys(formats)
    .filter(isFormatName)
    .filter((name) => kind in formats[name]);
}

/** Undefined where the format says nothing of that kind. */
export async function rendererOf<Kind extends ResultKind>(
  name: FormatName,
  kind: Kind,
): Promise<Render<Results[Kind]> | undefined> {
  const format: Format = formats[name];
  return format[kind]?.();
}

function isFormatName(name: string): name is FormatName {
  return name in formats;
}

function asJson<Result>(shape: (result: Result) => object): Render<Result> {
  return (result) => `${JSON.stringify(shape(result), null, 2)}\n`;
}

function asLine<Result>(event: string, shape: (result: Result) => object): Render<Result> {
  return (result) => `${JSON.stringify({ event, ...shape(result) })}\n`;
}

/** Of a format that is one value: nothing can follow where something stands there already. */
function alone(render: Render<ReportedError>): Render<ReportedError> {
  return (error, style) => (error.afterOutput ? "" : render(error, style));
}
