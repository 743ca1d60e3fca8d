/** The list of sheets: one table for each provider and integration. */

import type { SetupAnswers, SetupIntegration, SetupProvider } from "./answers.ts";
import type { Sheet } from "./sheet.ts";
import { entraCatalogSheet } from "./sheets/entra-catalog.ts";
import { entraManualSheet } from "./sheets/entra-manual.ts";
import { oktaCatalogSheet } from "./sheets/okta-catalog.ts";
import { oktaManualSheet } from "./sheets/okta-manual.ts";

const sheets: Readonly<
  Record<SetupProvider, Readonly<Record<SetupIntegration, (answers: SetupAnswers) => Sheet>>>
> = {
  okta: { manual: oktaManualSheet, catalog: oktaCatalogSheet },
  entra: { manual: entraManualSheet, catalog: entraCatalogSheet },
};

export function sheetFor(answers: SetupAnswers): Sheet {
  return sheets[answers.idp][answers.integration](answers);
}
