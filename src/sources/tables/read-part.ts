/** A file as parts of a directory: what it is, and its rows. */

import { columnsOf, type TableKey } from "../../fixture/tables/columns.ts";
import { isJsonObject } from "../../ground/json.ts";
import { AppError } from "../../ground/errors.ts";
import { csvHeader } from "../../tables/csv-rows.ts";
import { isEmpty, readCsv } from "../../tables/csv.ts";
import { readNdjson } from "../../tables/ndjson.ts";
import type { Table, TableReading } from "../../tables/table.ts";
import { TableText } from "../../tables/table-text.ts";
import { memberNames } from "./columns.ts";
import { entraGroupMembersPart, entraUsersPart } from "./exports/entra-exports.ts";
import { readExport, type ExportRows } from "./exports/export-rows.ts";
import { fileError, mistakeError } from "./file-error.ts";
import { readJson } from "./json-file.ts";
import {
  currentAssignmentsPart,
  oktaGroupMembersPart,
  recentUnassignmentsPart,
} from "./exports/okta-exports.ts";
import type { Idp, Origin, Part } from "./part.ts";
import { recognise, type Recognised } from "./exports/recognise.ts";
import { Gathering } from "./rows-to-table.ts";
import type { TableFile } from "./table-spec.ts";

/** A file with its text. */
export interface FileText extends TableFile {
  readonly text: string;
}

export interface PartOptions {
  /** The provider of tables in the form of a fixture that do not say it. */
  readonly idp: Idp | undefined;
  /** The app in a report of Okta's that has several, by its label or its name. */
  readonly app: string | undefined;
}

/** The provider that the header of a CSV file tells; undefined where it does not. */
export function idpInHeader(source: FileText): Idp | undefined {
  if (source.format !== "csv") return undefined;
  const kind = recognise(csvHeader(new TableText(source)), { isOneGroup: source.group !== undefined });
  if (kind.origin === undefined || kind.origin === "members-of-one-group") return undefined;
  if (kind.origin === "own") return kind.idp;
  return kind.origin.startsWith("okta") ? "okta" : "entra";
}

/** Yields the number of rows so far, so that others have their turn. @throws AppError invalid-file, source-incomplete, usage */
export function* readParts(source: FileText, options: PartOptions): Generator<number, readonly Part[]> {
  const text = new TableText(source);
  switch (source.format) {
    case "csv":
      return [yield* csvPart(source, text, options)];
    case "ndjson":
      return [ownPart(source, yield* tableOf(source.file, readNdjson(source)))];
    case "json":
      return jsonParts(source, text);
  }
}

function* csvPart(source: FileText, text: TableText, options: PartOptions): Generator<number, Part> {
  requireLineBreak(text);
  const kind = recognised(csvHeader(text), source, text);
  if (kind.origin !== "own") return exportPart(kind.origin, yield* readExport(text), source, options);
  refuseGroup(source);
  const idp = kind.idp ?? options.idp;
  const columns = columnsOf(kind.kind, idp ?? "okta");
  const known =
    kind.kind === "users"
      ? { ...columns, kinds: new Map([...columns.kinds, ["groups", "list"] as const]) }
      : columns;
  const table = yield* tableOf(source.file, readCsv(source, known));
  return { ...kind, table, idp: kind.idp, keys: new Set(csvHeader(text)) };
}

/** A cell at the end may be half of itself: nothing but the line break behind it tells. @throws AppError source-incomplete */
function requireLineBreak(text: TableText): void {
  if (text.text.trim() === "")
    throw mistakeError(
      { ...isEmpty(text.file), hint: "Export it again.", place: text.place(0) },
      { isCut: true },
    );
  if (text.text.endsWith("\n")) return;
  const message = `${text.file} does not end with a line break, so its last row may be cut off.`;
  const hint = "If it is complete, add a line break at its end; otherwise export it again.";
  throw mistakeError({ message, hint, place: text.place(text.text.length - 1) }, { isCut: true });
}

function recognised(
  header: readonly string[],
  { group }: FileText,
  text: TableText,
): Exclude<Recognised, { readonly origin: undefined }> {
  const kind = recognise(header, { isOneGroup: group !== undefined });
  if (kind.origin !== undefined) return kind;
  refuseTitle(text, group !== undefined);
  const { message, hint } = kind;
  throw fileError(text.file, [{ message, hint, place: text.place(0) }], { isCut: false });
}

/** So many lines may stand above the header of a report. */
const mostTitleLines = 5;

/** @throws AppError invalid-file, where the columns begin in a later line: what is above them is no row */
function refuseTitle(text: TableText, isOneGroup: boolean): void {
  let start = 0;
  for (let line = 2; line <= mostTitleLines + 1; line += 1) {
    start = text.text.indexOf("\n", start) + 1;
    if (start === 0) return;
    const header = csvHeader({ text: text.text.slice(start, text.text.indexOf("\n", start) + 1) });
    if (recognise(header, { isOneGroup }).origin === undefined) continue;
    const message = `The header of ${text.file} is in line ${line}, below a title.`;
    const hint = `Remove ${line === 2 ? "the line" : `the ${line - 1} lines`} above it: the first line must have the names of the columns.`;
    throw fileError(text.file, [{ message, hint, place: text.place(0) }], { isCut: false });
  }
}

function exportPart(
  origin: Exclude<Origin, "own">,
  rows: ExportRows,
  source: FileText,
  { app }: PartOptions,
): Part {
  switch (origin) {
    case "okta-current-assignments":
      refuseGroup(source);
      return currentAssignmentsPart(rows, app);
    case "okta-recent-unassignments":
      refuseGroup(source);
      return recentUnassignmentsPart(rows);
    case "okta-group-members":
      refuseGroup(source);
      return oktaGroupMembersPart(rows);
    case "entra-users":
      refuseGroup(source);
      return entraUsersPart(rows);
    case "entra-group-members":
      return entraGroupMembersPart(rows, groupOf(source));
    case "members-of-one-group":
      return oneGroupPart(rows, groupOf(source));
  }
}

/** The export has the members, and not the name of their group. @throws AppError usage */
function groupOf({ file, group }: FileText): string {
  if (group !== undefined) return group;
  throw new AppError("usage", `${file} lists the members of one group, but does not name the group.`, {
    hint: `Give its name before the file: "Data Platform=${file}".`,
  });
}

/** @throws AppError usage */
function refuseGroup({ file, group }: FileText): void {
  if (group === undefined) return;
  throw new AppError("usage", `${file} is not a list of the members of one group.`, {
    hint: `Leave out "${group}=".`,
  });
}

function oneGroupPart(rows: ExportRows, group: string): Part {
  const column = memberNames.find((names) => rows.has(names)) ?? memberNames[0];
  const members = new Gathering();
  const place = (at: number) => rows.place(at, column);
  for (let row = 0; row < rows.count; row += 1) {
    const user = column === undefined ? "" : rows.cell(row, column);
    if (user === "") {
      const message = `"${column?.[0] ?? ""}" is empty in this row.`;
      throw mistakeError({ message, hint: "Export the members again.", place: place(row) }, { isCut: true });
    }
    members.add({ group, user }, row, place);
  }
  return {
    kind: "memberships",
    origin: "members-of-one-group",
    idp: undefined,
    table: members.table(rows.file),
    keys: new Set(["group", "user"]),
  };
}

function* tableOf(file: string, reading: TableReading): Generator<number, Table> {
  const outcome = yield* reading;
  if (outcome.kind === "table") return outcome.table;
  throw fileError(file, outcome.mistakes, outcome);
}

function jsonParts(source: FileText, text: TableText): readonly Part[] {
  const { idp, lists } = readJson(text);
  if (idp !== undefined && idp !== "okta" && idp !== "entra") {
    const message = `"idp" must be okta or entra.`;
    throw mistakeError({ message, hint: undefined, place: text.place(0) }, { isCut: false });
  }
  return lists.map(({ kind, table }) => {
    const part = ownPart(source, table, kind);
    return idp === undefined ? part : { ...part, idp };
  });
}

function keysIn(entries: readonly unknown[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const entry of entries) {
    if (isJsonObject(entry)) for (const key of Object.keys(entry)) keys.add(key);
  }
  return keys;
}

function ownPart(source: FileText, table: Table, given?: TableKey): Part {
  refuseGroup(source);
  const keys = keysIn(table.entries);
  const kind = recognise([...keys], { isOneGroup: false });
  const own = kind.origin === "own" ? kind : undefined;
  if (given !== undefined) {
    return { kind: given, origin: "own", idp: given === "users" ? own?.idp : undefined, table, keys };
  }
  if (own !== undefined) return { ...own, table, keys };
  const message = `The keys do not show what this file contains: ${[...keys].slice(0, 20).join(", ")}.`;
  const hint =
    "Expected are users (email, mail or userPrincipalName), groups (name) or memberships (group and user).";
  throw mistakeError({ message, hint, place: table.place(0, []) }, { isCut: false });
}
