/** Profiles for people. */

import { isJsonObject, type JsonObject, type JsonValue } from "../../ground/json.ts";
import { printable } from "../../ground/printable.ts";
import { gaps, tableLines, type Column } from "../organization/table.ts";
import type { Style } from "../style.ts";
import type { ProfileReport, ProfilesReport, ProfileSummary } from "./report.ts";

export function profilesText({ profiles }: ProfilesReport): string {
  if (profiles.length === 0) {
    return "There is no profile yet. Add one: astro-scim profile add NAME --org ORGANIZATION_ID\n";
  }
  return `${tableLines(columns, profiles, gaps.within).join("\n")}\n`;
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
