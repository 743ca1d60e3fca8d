/** "Test Connection": the probes that Entra sends with the credentials that are to be tried. */

import { carriesEntraFlag } from "../../../astro/address.ts";
import type { EntraAppSettings } from "../../../directory/entra-app-settings.ts";
import { testEntraConnection } from "../../../idp/entra/requests/test-connection.ts";
import { GraphError } from "../graph-error.ts";
import type { GraphContext } from "../graph-route.ts";
import type { ProvisioningTarget, TargetCredentials } from "../options.ts";

/** @throws GraphError 400 where the target does not answer as it must */
export async function validateCredentials(
  context: GraphContext,
  settings: EntraAppSettings,
  { target, credentials }: { readonly target: ProvisioningTarget; readonly credentials: TargetCredentials },
): Promise<void> {
  const { company } = context;
  const flag = settings.integration === "gallery" ? false : carriesEntraFlag(credentials.baseAddress);
  const { failed } = await testEntraConnection(
    { ...settings, flag },
    {
      send: target.connect(credentials),
      clock: { now: company.now, advance: () => {}, wait: async () => {} },
      signal: new AbortController().signal,
      report: () => {},
      randomGuid: context.newGuid,
      random: () => 0,
    },
  );
  if (failed === undefined) return;
  const { code = "CredentialsValidationFailed", sentence } = failed.failure;
  throw new GraphError(400, code, sentence);
}
