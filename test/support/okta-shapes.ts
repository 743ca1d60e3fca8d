/** How an Okta integration speaks, for tests of single conversations. */

import { documentedOktaSettings, type OktaIntegration } from "../../src/directory/app-settings.ts";
import { resolveOktaFidelity } from "../../src/fidelity/resolve.ts";
import type { OktaFidelity } from "../../src/fidelity/table.ts";
import { requestShapes, type RequestShapes } from "../../src/idp/okta/requests/request-shapes.ts";

export function shapesOf(integration: OktaIntegration, fidelity: Partial<OktaFidelity> = {}): RequestShapes {
  return requestShapes({ ...documentedOktaSettings, integration, fidelity: resolveOktaFidelity(fidelity) });
}
