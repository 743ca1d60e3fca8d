/** What the app's settings and the directory at the start lead to, said before anything is sent. */

import type { AppSettings } from "../directory/app-settings.ts";
import { assignedUserKeys, type Directory } from "../directory/directory.ts";
import { entraWarnings } from "../idp/entra/warnings.ts";
import { oktaWarnings } from "../idp/okta/warnings.ts";
import { providerWords } from "../report/provider-words.ts";

/**
 * One sentence each.
 * @throws AppError invalid-file for a mapping that is wrong
 */
export function settingsWarnings(app: AppSettings, start: Directory): readonly string[] {
  const isForAll = app.idp === "entra" && app.scope === "all";
  const isNobodyAssigned = assignedUserKeys(start).size === 0 && !isForAll;
  const { name } = providerWords(app.idp);
  return [
    ...(isNobodyAssigned
      ? [`no user is assigned to the app, so ${name} provisions no users at the start.`]
      : []),
    ...(app.idp === "entra" ? entraWarnings(app) : oktaWarnings(app, start)),
  ];
}
