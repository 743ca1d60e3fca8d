/** What `--from SOURCE` names: a live provider, a SCIM server, a table, or a fixture. */

import { AppError } from "../../ground/errors.ts";

export type SourceName =
  /** Okta, read over its management API. */
  | { readonly kind: "okta" }
  /** Microsoft Entra ID, read over Microsoft Graph. */
  | { readonly kind: "entra" }
  /** The users and groups of another SCIM server; its base URL. */
  | { readonly kind: "scim"; readonly url: string }
  /** Files with users, groups or memberships: tables of one's own, or exports of the consoles. */
  | { readonly kind: "tables"; readonly files: readonly TableFile[] }
  /** A YAML file. */
  | { readonly kind: "fixture"; readonly file: string };

export interface TableFile {
  readonly file: string;
  readonly format: TableFormat;
}

export const tableFormats = ["csv", "ndjson", "json"] as const;
export type TableFormat = (typeof tableFormats)[number];

/** Sources that are read over the network. */
export type LiveName = Extract<SourceName, { readonly kind: "okta" | "entra" | "scim" }>;

export function isLive(name: SourceName): name is LiveName {
  return name.kind === "okta" || name.kind === "entra" || name.kind === "scim";
}

/**
 * `okta` and `entra` are the live providers; `./okta` is a file of that name. `csv:FILE`, `ndjson:FILE` and `json:FILE` say what
 * a file holds; without one of these, the ending of its name does. Several tables are separated by commas.
 * @throws AppError usage, where nothing follows a prefix
 */
export function parseSourceName(text: string): SourceName {
  if (text === "okta" || text === "entra") return { kind: text };
  const { prefix, rest } = /^(?<prefix>scim|csv|ndjson|json):(?<rest>.*)$/s.exec(text)?.groups ?? {};
  if (prefix !== undefined && rest !== undefined) return prefixed(prefix, rest);
  const format = formatByEnding(text);
  return format === undefined
    ? { kind: "fixture", file: text }
    : { kind: "tables", files: tablesIn(text, format) };
}

function prefixed(prefix: string, rest: string): SourceName {
  if (rest.trim() === "") {
    throw new AppError("usage", `Nothing follows ${prefix}: in the name of the directory.`, {
      hint: prefix === "scim" ? "Write scim:URL." : `Write ${prefix}:FILE.`,
    });
  }
  const format = tableFormats.find((one) => one === prefix);
  return format === undefined
    ? { kind: "scim", url: rest }
    : { kind: "tables", files: tablesIn(rest, format) };
}

/** As `--from` takes it. */
export function sourceText(name: SourceName): string {
  switch (name.kind) {
    case "okta":
    case "entra":
      return name.kind;
    case "scim":
      return `scim:${name.url}`;
    case "fixture":
      return parseSourceName(name.file).kind === "fixture" ? name.file : `./${name.file}`;
    case "tables":
      return tablesText(name.files);
  }
}

/** A later file may say by its ending that it holds something else than the first. */
function tablesIn(text: string, format: TableFormat): readonly TableFile[] {
  return text.split(",").map((file) => ({ file, format: formatByEnding(file) ?? format }));
}

function tablesText(files: readonly TableFile[]): string {
  const [first] = files;
  const text = files.map(({ file }) => file).join(",");
  const needsPrefix = first !== undefined && formatByEnding(text) !== first.format;
  return needsPrefix ? `${first.format}:${text}` : text;
}

function formatByEnding(file: string): TableFormat | undefined {
  const ending = /\.(csv|tsv|ndjson|jsonl|json)$/i.exec(file)?.[1]?.toLowerCase();
  if (ending === "tsv") return "csv";
  if (ending === "jsonl") return "ndjson";
  return tableFormats.find((format) => format === ending);
}
