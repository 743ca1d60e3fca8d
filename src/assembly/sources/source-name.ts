/** What `--from SOURCE` names: a live provider, a SCIM server, tables, or a fixture. */

import { AppError } from "../../ground/errors.ts";
import { tableFilesOf, type TableFile } from "../../sources/tables/table-spec.ts";

export type SourceName =
  /** Okta, read over its management API. */
  | { readonly kind: "okta" }
  /** Microsoft Entra ID, read over Microsoft Graph. */
  | { readonly kind: "entra" }
  /** The users and groups of another SCIM server; its base URL. */
  | { readonly kind: "scim"; readonly url: string }
  /** Files with users, groups or memberships: tables of one's own, or exports of the consoles. */
  | { readonly kind: "tables"; readonly files: readonly TableFile[]; readonly text: string }
  /** A YAML file. */
  | { readonly kind: "fixture"; readonly file: string };

/** Sources that are read over the network. */
export type LiveName = Extract<SourceName, { readonly kind: "okta" | "entra" | "scim" }>;

export function isLive(name: SourceName): name is LiveName {
  return name.kind === "okta" || name.kind === "entra" || name.kind === "scim";
}

/**
 * `okta` and `entra` are the live providers; `./okta` is a file of that name. Tables are named as `tableFilesOf` reads them; anything
 * else is a fixture.
 * @throws AppError usage, where nothing follows a prefix, and as `tableFilesOf`
 */
export function parseSourceName(text: string): SourceName {
  if (text === "okta" || text === "entra") return { kind: text };
  const url = /^scim:(.*)$/s.exec(text)?.[1];
  if (url?.trim() === "") {
    throw new AppError("usage", "The URL after scim: is missing.", {
      hint: "Write scim:URL.",
    });
  }
  if (url !== undefined) return { kind: "scim", url };
  const files = tableFilesOf(text);
  return files === undefined ? { kind: "fixture", file: text } : { kind: "tables", files, text };
}

/** As `--from` takes it. */
export function sourceText(name: SourceName): string {
  switch (name.kind) {
    case "okta":
    case "entra":
      return name.kind;
    case "scim":
      return `scim:${name.url}`;
    case "tables":
      return name.text;
    case "fixture":
      return name.file;
  }
}

/** The same source with other places of its files, such as those seen from another folder. */
export function relocated(name: SourceName, placeOf: (file: string) => string): SourceName {
  switch (name.kind) {
    case "fixture":
      return { kind: "fixture", file: placeOf(name.file) };
    case "tables": {
      const files = name.files.map((table) => ({ ...table, file: placeOf(table.file) }));
      return { kind: "tables", files, text: tablesText(files) };
    }
    case "okta":
    case "entra":
    case "scim":
      return name;
  }
}

function tablesText(files: readonly TableFile[]): string {
  const names = files.map(({ file, group }) => (group === undefined ? file : `${group}=${file}`));
  return `${files[0]?.format ?? "csv"}:${names.join(",")}`;
}
