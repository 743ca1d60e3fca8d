/** Profiles for people. */

import stringWidth from "string-width";
import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { printable } from "../../ground/text/printable.ts";
import { gaps, tableLines, type Column } from "../organization/table.ts";
import type { Style } from "../style.ts";
import type { ProfileReport, ProfilesReport, ProfileSummary } from "./report.ts";

/** A table; below each other where the terminal is narrower than that. */
export function profilesText({ profiles }: ProfilesReport, { columns: room, paint }: Style): string {
  if (profiles.length === 0) {
    return "There is no profile yet. Add one: astro-scim profile add NAME --org ORGANIZATION_ID\n";
  }
  const table = tableLines(columns, profiles, gaps.within);
  const isTooWide = room !== undefined && table.some((line) => stringWidth(line) > room);
  const lines = isTooWide ? profiles.flatMap((profile) => block(profile, paint)) : table;
  return `${lines.join("\n")}\n`;
}

/** Nothing is said of what the profile does not have. */
function block(profile: ProfileSummary, paint: Style["paint"]): readonly string[] {
  const rows = columns.slice(1).flatMap(({ header, cell }) => {
    const text = cell(profile);
    return text === undefined || text === "" ? [] : [[header, printable(String(text))] as const];
  });
  return [
    ` ${paint.bold(printable(profile.name))}`,
    ...rows.map(([header, text]) => `   ${header.padEnd(11)}${text}`),
  ];
}

const columns: readonly Column<ProfileSummary>[] = [
  { header: "NAME", cell: ({ name }) => name },
  { header: "DEFAULT", cell: ({ isDefault }) => (isDefault ? "yes" : "") },
  { header: "DIRECTORY", cell: ({ directory }) => directory },
  { header: "READ ONLY", cell: ({ isReadOnly }) => (isReadOnly ? "yes" : "") },
  { header: "TARGET", cell: ({ target }) => target },
  { header: "FILE", cell: ({ file }) => file },
];

export function profileText({ profile, settings, variables }: ProfileReport, { paint }: Style): string {
  const rows = [
    ["file", profile.file],
    ["target", profile.target],
    ["default", profile.isDefault ? "yes, for commands that read" : "no"],
    ...leaves(settings),
    ...variables.map(({ name, isSet }) => [`variable ${name}`, isSet ? "is set" : "is not set"] as const),
  ] as const;
  const width = rows.reduce((widest, [label]) => Math.max(widest, label.length), 0) + 2;
  return [
    paint.bold(printable(`Profile ${profile.name}`)),
    ...rows.map(([label, value]) => ` ${printable(label).padEnd(width)}${printable(value)}`),
    "",
  ].join("\n");
}

/** `directory.okta.app` with its value. */
function leaves(settings: JsonObject, before = ""): readonly (readonly [label: string, value: string])[] {
  return Object.entries(settings).flatMap(([key, value]) =>
    isJsonObject(value) ? leaves(value, `${before}${key}.`) : [[before + key, inWords(value)] as const],
  );
}

function inWords(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
