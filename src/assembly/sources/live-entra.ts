/** A live Entra ID: the connection to Microsoft Graph, and the source that reads it. */

import { clientCredentials } from "../../management/credentials/client-credentials.ts";
import type { ClientProof } from "../../management/credentials/client-proof.ts";
import { azureCliToken } from "../../management/graph/azure-cli-token.ts";
import { graphVersion } from "../../management/graph/clouds.ts";
import { graphDialect } from "../../management/graph/dialect.ts";
import { entraSource } from "../../sources/entra/entra-source.ts";
import type { EntraCredentials, EntraTarget } from "../../target/directory/find-entra.ts";
import type { Authorizer } from "../../wire/authorizer.ts";
import { captureChild } from "../../world/capture-child.ts";
import type { Io } from "../../world/io.ts";
import { formatCount } from "../../ground/quantities.ts";
import { connectManagement } from "./management-connection.ts";
import type { OpenSource, SourceRun } from "./prepared-source.ts";

export function openEntra(io: Io, run: SourceRun, entra: EntraTarget): OpenSource {
  const { cloud, tenant, app, job, credentials, stated } = entra;
  const { api, close } = connectManagement(io, run, {
    dialect: graphDialect,
    baseUrl: `${cloud.graph}/${graphVersion}`,
    authorizer: (tokenSender) => {
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
    },
  });
  const source = entraSource(api, {
    ...stated,
    app,
    job,
    onProgress: ({ reads, read }) => run.onProgress(`reading ${reads} of Entra ID: ${formatCount(read)}`),
  });
  return { source, close };
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
