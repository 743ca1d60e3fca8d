/** Every mistake in the mappings of an app, with its place. */

import { appAttributeNames, expressionOf } from "../../../astro/okta-attributes/okta-app-attribute.ts";
import type { OktaAppSettings } from "../../../directory/app-settings.ts";
import type { Directory } from "../../../directory/directory.ts";
import { mistakeAt, type MistakeSearch, type SettingsMistake } from "../../settings-mistake.ts";
import { compileExpression, knownNames, mappingOf, userNameFormat } from "./compile-expression.ts";
import { compileMapping } from "./mapping.ts";

/** Rows that are right one by one may still be wrong together, when they read each other. */
export function oktaMappingMistakes(
  settings: OktaAppSettings,
  directory: Directory,
  { namesAreKnown }: MistakeSearch,
): readonly SettingsMistake[] {
  const whole = mistakeAt(["mappings"], () => compileMapping(settings, directory));
  if (whole.length === 0) return [];
  const { applicationUsername, mappings } = settings;
  const known = namesAreKnown ? knownNames(settings, directory.users.values()) : undefined;
  const ofRows = known && { ...known, appuser: new Set(["userName", ...appAttributeNames(mappings)]) };
  const mistakes = [
    ...mistakeAt(["applicationUsername"], () =>
      compileExpression(userNameFormat, applicationUsername, known),
    ),
    ...Object.entries(mappings).flatMap(([name, entry]) => {
      const source = expressionOf(entry);
      if (source.trim() === "") return [];
      const path = ["mappings", name, ...(typeof entry === "string" ? [] : ["from"])];
      return mistakeAt(path, () => compileExpression(mappingOf(name), source, ofRows));
    }),
  ];
  return mistakes.length === 0 && namesAreKnown ? whole : mistakes;
}
