/** Every mistake in the mappings and scoping filters of an app, with its place. */

import type { Directory } from "../../../directory/directory.ts";
import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import { mistakeAt, type MistakeSearch, type SettingsMistake } from "../../settings-mistake.ts";
import {
  compileGroupMapping,
  compileRow,
  compileUserMapping,
  groupRows,
  requireReadable,
  userRows,
  type RowContext,
} from "./mapping.ts";
import { compileScopingFilter } from "./scoping-filter.ts";

export function entraMappingMistakes(
  settings: EntraAppSettings,
  directory: Directory,
  { namesAreKnown }: MistakeSearch,
): readonly SettingsMistake[] {
  const users = namesAreKnown ? directory : undefined;
  const wrongUsers = mistakeAt(["users", "mappings"], () => compileUserMapping(settings, users));
  const wrongGroups = mistakeAt(["groups", "mappings"], () => compileGroupMapping(settings));
  return [
    ...(wrongUsers.length === 0 ? [] : oneByOne("users", settings, userRows(settings, users), wrongUsers)),
    ...(wrongGroups.length === 0 ? [] : oneByOne("groups", settings, groupRows(settings), wrongGroups)),
  ];
}

/** `together` where each is right by itself. */
function oneByOne(
  kind: "users" | "groups",
  settings: EntraAppSettings,
  context: RowContext,
  together: readonly SettingsMistake[],
): readonly SettingsMistake[] {
  const { mappings, scopingFilters } = settings[kind];
  const mistakes = [
    ...mappings.flatMap((row) => mistakeAt([kind, "mappings", row.target], () => compileRow(row, context))),
    ...scopingFilters.flatMap((filter, index) =>
      mistakeAt([kind, "scopingFilters", index], () => {
        requireReadable(filter, context.known);
        compileScopingFilter(filter, index);
      }),
    ),
  ];
  return mistakes.length === 0 ? together : mistakes;
}
