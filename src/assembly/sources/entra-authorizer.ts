/** What authorizes requests to Microsoft Graph: an app registration, or the person who is signed in to the Azure CLI. */

import { clientCredentials } from "../../management/credentials/client-credentials.ts";
import type { ClientProof } from "../../management/credentials/client-proof.ts";
import { azureCliToken } from "../../management/graph/azure-cli-token.ts";
import type { EntraCredentials, EntraTarget } from "../../target/directory/find-entra.ts";
import type { Authorizer } from "../../wire/authorizer.ts";
import { captureChild } from "../../world/capture-child.ts";
import type { Io } from "../../world/io.ts";
import type { ManagementEnd } from "./management-connection.ts";
import type { SourceRun } from "./prepared-source.ts";

/** The same for reading and for repairs: permissions are those of the app registration. */
export function entraAuthorizer(io: Io, run: SourceRun, entra: EntraTarget): ManagementEnd["authorizer"] {
  const { cloud, tenant, credentials } = entra;
  return (tokenSender) => {
    if (credentials.kind === "azure-cli") return azureCli(io, run, entra);
    const tokenEndpoint = `${cloud.login}/${tenant}/oauth2/v2.0/token`;
    const authorizer = clientCredentials({
      name: "Microsoft Entra ID",
      tokenEndpoint,
      clientId: credentials.clientId,
      proof: proofOf(credentials),
      scopes: [`${cloud.graph}/.default`],
      send: tokenSender(tokenEndpoint, () => authorizer.secrets()),
      now: io.clock.now,
      onSecret: (secret) => io.secrets.hide([secret]),
    });
    return authorizer;
  };
}

/** Its user needs a directory role that may read all of it (docs/directories.md). */
function azureCli(io: Io, { signal, timeoutMs }: SourceRun, { cloud, tenant }: EntraTarget): Authorizer {
  return azureCliToken({
    run: async (args) => captureChild({ command: "az", args, env: io.env, timeoutMs, signal }),
    resource: cloud.graph,
    tenant,
    now: io.clock.now,
    onSecret: (secret) => io.secrets.hide([secret]),
  });
}

type AppCredentials = Exclude<EntraCredentials, { readonly kind: "azure-cli" }>;

function proofOf(credentials: AppCredentials): ClientProof {
  return credentials.kind === "client-secret"
    ? { kind: "secret", secret: credentials.secret }
    : { kind: "certificate", pem: credentials.pem, from: credentials.source };
}
