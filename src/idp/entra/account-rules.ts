/** Who is to have an account in Astro, and which groups are to be Teams, by Entra's assignments, scoping filters and mappings. */

import type { EntraAppSettings } from "../../directory/entra-app-settings.ts";
import type { Directory } from "../../directory/directory.ts";
import { AppError } from "../../errors.ts";
import type { AccountRules } from "../accounts.ts";

/** @throws AppError usage: it is not there yet */
export function entraAccountRules(_directory: Directory, _settings: EntraAppSettings): AccountRules {
  throw new AppError("usage", "Microsoft Entra ID is not simulated yet.");
}
