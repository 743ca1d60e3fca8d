/** How a command line names the files of a directory: `csv:people.csv,groups.csv`, `people.ndjson`, `Data Platform=members.csv`. */

import { AppError } from "../../ground/errors.ts";

export type TableFormat = (typeof tableFormats)[number];

export const tableFormats = ["csv", "ndjson", "json"] as const;

export interface TableFile {
  /** As it was given, for messages and for opening it. */
  readonly file: string;
  readonly format: TableFormat;
  /** The group whose members the file lists, where the file does not say it. */
  readonly group?: string;
}

/**
 * Reads what follows `--from`. Undefined where it names no such file: another kind of source, or a fixture.
 * @throws AppError usage, where a file has no name, or no format that is known
 */
export function tableFilesOf(spec: string): readonly TableFile[] | undefined {
  const scheme = /^(csv|ndjson|json):/i.exec(spec)?.[1];
  const names = (scheme === undefined ? spec : spec.slice(scheme.length + 1)).split(",");
  const given = tableFormats.find((format) => format === scheme?.toLowerCase());
  if (given === undefined && !names.some((name) => formatByEnding(name) !== undefined)) return undefined;
  return names.map((name) => tableFile(name.trim(), given, spec));
}

function tableFile(name: string, given: TableFormat | undefined, spec: string): TableFile {
  const { file, group } = withoutGroup(name);
  if (file === "") {
    throw new AppError("usage", `${JSON.stringify(spec)} has an empty file name.`, {
      hint: "Separate the files with commas: csv:people.csv,groups.csv,memberships.csv.",
    });
  }
  const format = given ?? formatByEnding(file);
  if (format === undefined) {
    throw new AppError("usage", `The name ${file} does not say what kind of file it is.`, {
      hint: `Known endings: .csv, .tsv, .ndjson, .jsonl, .json. For a file with another ending: csv:${file}.`,
    });
  }
  return { file, format, ...(group === undefined ? {} : { group }) };
}

/** A path may have an equals sign; the name of a group has no slash here. */
function withoutGroup(name: string): { readonly file: string; readonly group?: string } {
  const at = name.indexOf("=");
  const group = name.slice(0, Math.max(0, at)).trim();
  if (group === "" || /[\\/]/.test(group)) return { file: name };
  return { file: name.slice(at + 1).trim(), group };
}

const endings: readonly (readonly [ending: RegExp, format: TableFormat])[] = [
  [/\.(?:csv|tsv)$/i, "csv"],
  [/\.(?:ndjson|jsonl)$/i, "ndjson"],
  [/\.json$/i, "json"],
];

function formatByEnding(name: string): TableFormat | undefined {
  return endings.find(([ending]) => ending.test(name.trim()))?.[1];
}
