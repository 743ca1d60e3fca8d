/** What the app's settings and the directory at the start lead to, said before anything is sent. */

import type { AppSettings } from "../directory/app-settings.ts";
import { assignedUserKeys, type Directory } from "../directory/directory.ts";
import { providerOf, providers } from "../idp/providers.ts";

/**
 * One sentence each.
 * @throws AppError invalid-file for a mapping that is wrong
 */
export function settingsWarnings(app: AppSettings, start: Directory): readonly string[] {
  const { provisionsEverybody, warnings } = providerOf(app);
  const isNobodyAssigned = assignedUserKeys(start).size === 0 && !provisionsEverybody;
  const { name } = providers[app.idp].words;
  return [
    ...(isNobodyAssigned
      ? [`no user is assigned to the app, so ${name} provisions no users at the start.`]
      : []),
    ...warnings(start),
  ];
}
