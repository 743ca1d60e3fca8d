/** A live Okta: the connection to its management API, and the source that reads it. */

import { formatCount } from "../../ground/quantities.ts";
import { clientCredentials } from "../../management/credentials/client-credentials.ts";
import { fixedToken } from "../../management/credentials/fixed-token.ts";
import { oktaDialect } from "../../management/okta/dialect.ts";
import { optionalOktaScopes, requiredOktaScopes } from "../../management/okta/scopes.ts";
import { oktaHistory } from "../../sources/okta/history/okta-history.ts";
import { oktaSource } from "../../sources/okta/okta-source.ts";
import type { OktaTarget } from "../../target/directory/find-okta.ts";
import type { Authorizer } from "../../wire/authorizer.ts";
import type { Io } from "../../world/io.ts";
import { connectManagement, type ManagementEnd } from "./management-connection.ts";
import type { OpenSource, SourceRun } from "./prepared-source.ts";

export function openOkta(io: Io, run: SourceRun, okta: OktaTarget): OpenSource {
  const { url, app } = okta;
  const { api, close } = connectManagement(io, run, {
    dialect: oktaDialect,
    baseUrl: url,
    authorizer: authorizerOf(io, okta),
  });
  const source = oktaSource(api, {
    app,
    now: io.clock.now,
    onProgress: ({ reads, read }) => run.onProgress(`reading ${reads} of Okta: ${formatCount(read)}`),
  });
  return { source, history: oktaHistory(api, { baseUrl: url, now: io.clock.now }), close };
}

function authorizerOf(io: Io, { url, credentials }: OktaTarget): ManagementEnd["authorizer"] {
  if (credentials.kind === "api-token") return () => fixedToken("SSWS", credentials.token);
  const { clientId, privateKey, keyId, source } = credentials;
  return (tokenSender) => {
    const tokenEndpoint = `${url}/oauth2/v1/token`;
    const authorizer: Authorizer = clientCredentials({
      name: "Okta",
      tokenEndpoint,
      clientId,
      proof: { kind: "private-key", key: privateKey, from: source, keyId },
      // Each of them only reads (docs/directories.md). The log says why something failed, and who changed a setting.
      scopes: requiredOktaScopes,
      optionalScopes: optionalOktaScopes,
      dpop: "where-asked",
      send: tokenSender(tokenEndpoint, () => authorizer.secrets()),
      now: io.clock.now,
      onSecret: (secret) => io.secrets.hide([secret]),
    });
    return authorizer;
  };
}
