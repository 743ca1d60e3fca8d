/** A live Okta: the connection to its management API, and the source that reads it. */

import { formatCount } from "../../ground/text/quantities.ts";
import { clientCredentials } from "../../management/credentials/client-credentials.ts";
import { fixedToken } from "../../management/credentials/fixed-token.ts";
import { oktaDialect } from "../../management/okta/dialect.ts";
import { oktaWriteScopes, optionalOktaScopes, requiredOktaScopes } from "../../management/okta/scopes.ts";
import { oktaWays } from "../../repair/via/okta/okta-ways.ts";
import type { ProviderWays } from "../../repair/via/provider-ways.ts";
import { findProvisionedApp } from "../../sources/okta/find-app.ts";
import { isSameTarget } from "../../sources/okta/links.ts";
import { oktaHistory } from "../../sources/okta/history/okta-history.ts";
import { oktaSource } from "../../sources/okta/okta-source.ts";
import type { OktaTarget } from "../../target/directory/find-okta.ts";
import type { Authorizer } from "../../wire/authorizer.ts";
import type { Io } from "../../world/io.ts";
import { connectManagement, type ManagementConnection, type ManagementEnd } from "./management-connection.ts";
import type { OpenSource, SourceRun, WaysOptions } from "./prepared-source.ts";

export function openOkta(io: Io, run: SourceRun, okta: OktaTarget): OpenSource {
  const { url, app } = okta;
  const { api, close } = connectManagement(io, run, {
    dialect: oktaDialect,
    baseUrl: url,
    authorizer: authorizerOf(io, okta, requiredOktaScopes),
  });
  const source = oktaSource(api, {
    app,
    now: io.clock.now,
    onProgress: ({ reads, read }) => run.onProgress(`reading ${reads} of Okta: ${formatCount(read)}`),
  });
  let writing: ManagementConnection | undefined;
  const openWays = async ({ target, changeGroups, reassign = [] }: WaysOptions): Promise<ProviderWays> => {
    const found = await findProvisionedApp(api, app);
    // Ctrl-C ends the waits of a repair, and never what is under way.
    writing ??= connectManagement(
      io,
      { ...run, signal: new AbortController().signal },
      {
        dialect: oktaDialect,
        baseUrl: url,
        writes: true,
        authorizer: authorizerOf(io, okta, [...requiredOktaScopes, ...Object.values(oktaWriteScopes)]),
      },
    );
    return oktaWays({
      api: writing.api,
      reader: api,
      appId: found.app.id,
      url,
      provisions: isSameTarget(found.connection?.baseUrl, target)
        ? undefined
        : (found.connection?.baseUrl ?? ""),
      pushesGroups: found.app.features.includes("GROUP_PUSH"),
      changeGroups,
      reassign,
      now: io.clock.now,
      wait: io.timers.wait,
    });
  };
  return {
    source,
    history: oktaHistory(api, { baseUrl: url, now: io.clock.now }),
    openWays,
    close: async () => {
      await Promise.all([close(), writing?.close()]);
    },
  };
}

function authorizerOf(
  io: Io,
  { url, credentials }: OktaTarget,
  scopes: readonly string[],
): ManagementEnd["authorizer"] {
  if (credentials.kind === "api-token") return () => fixedToken("SSWS", credentials.token);
  const { clientId, privateKey, keyId, source } = credentials;
  return (tokenSender) => {
    const tokenEndpoint = `${url}/oauth2/v1/token`;
    const authorizer: Authorizer = clientCredentials({
      name: "Okta",
      tokenEndpoint,
      clientId,
      proof: { kind: "private-key", key: privateKey, from: source, keyId },
      // To read a directory each of them only reads (docs/directories.md). The log says why something failed, and who changed a setting.
      scopes,
      optionalScopes: optionalOktaScopes,
      dpop: "where-asked",
      send: tokenSender(tokenEndpoint, () => authorizer.secrets()),
      now: io.clock.now,
      onSecret: (secret) => io.secrets.hide([secret]),
    });
    return authorizer;
  };
}
