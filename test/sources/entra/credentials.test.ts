/** A live Entra ID is read with the credentials of an app registration, or with the token of the Azure CLI. */

import { readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { readPermissions } from "../../../src/emulators/graph/access/permissions.ts";
import { clientCredentials } from "../../../src/management/credentials/client-credentials.ts";
import type { ClientProof } from "../../../src/management/credentials/client-proof.ts";
import { createSender, type Sender } from "../../../src/http/send.ts";
import { createManagementApi } from "../../../src/management/create-management-api.ts";
import { azureCliToken } from "../../../src/management/graph/azure-cli-token.ts";
import { graphDialect } from "../../../src/management/graph/dialect.ts";
import { entraSource } from "../../../src/sources/entra/entra-source.ts";
import type { Authorizer } from "../../../src/wire/authorizer.ts";
import type { Send } from "../../../src/wire/exchange.ts";
import { aDirectory, aGroup, anEntraUser } from "../../support/builders.ts";
import { startEmulatedGraph, type EmulatedGraph } from "../../support/emulated-graph.ts";
import { seededWorld } from "../../support/seeded-world.ts";

const directory = aDirectory({
  users: [anEntraUser("ada@example.com")],
  groups: [aGroup("data", ["ada@example.com"])],
  assignedUsers: [],
  assignedGroups: ["data"],
  pushedGroups: [],
});

const pem = (file: string): string =>
  readFileSync(new URL(`../../support/tls/${file}`, import.meta.url), "utf8");
/** The certificate and its private key, as AZURE_CLIENT_CERTIFICATE_PATH names such a file; Entra ID takes RSA alone. */
const certificate = pem("client-rsa.pem");
const secret = "a-client-secret-of-entra";

/** Trusted are one client with a secret and a certificate, and the user of the Azure CLI. */
async function start(): Promise<EmulatedGraph> {
  const client = { clientId: "client-1", secret, certificate, permissions: readPermissions };
  const givenTokens = [{ token: "token-of-the-azure-cli", permissions: readPermissions }];
  return await startEmulatedGraph({ directory, graph: { clients: [client], givenTokens } });
}

interface Read {
  /** Every secret that the credentials have told of. */
  readonly secrets: readonly string[];
  /** Keys of the users. */
  readonly users: () => Promise<readonly string[]>;
}

interface Asking {
  readonly send: Send;
  readonly now: () => Date;
  readonly onSecret: (secret: string) => void;
}

function reading(graph: EmulatedGraph, authorizer: (asking: Asking) => Authorizer): Read {
  const { clock, timers, random } = seededWorld({ seed: 1 });
  const { signal } = new AbortController();
  const secrets: string[] = [];
  const sender = (baseUrl: string, more: { readonly authorizer?: Authorizer } = {}): Sender => {
    const made = createSender({ baseUrl, timeoutMs: 10_000, timers, connections: 4, signal, ...more });
    onTestFinished(() => made.close());
    return made;
  };
  const { send } = sender(graph.emulator.url);
  const baseUrl = `${graph.emulator.url}/v1.0`;
  const authorized = authorizer({ send, now: clock.now, onSecret: (one) => secrets.push(one) });
  const api = createManagementApi(sender(baseUrl, { authorizer: authorized }).send, {
    dialect: graphDialect,
    baseUrl,
    signal,
    now: clock.now,
    sleep: timers.wait,
    random: random.number,
    onWait: () => {},
  });
  return {
    secrets,
    users: async () => [
      ...(await entraSource(api, { app: "Astro" }).read(undefined, signal)).directory.users.keys(),
    ],
  };
}

const tokenEndpointOf = ({ emulator, tenantId }: EmulatedGraph): string =>
  `${emulator.url}/${tenantId}/oauth2/v2.0/token`;

function ofClient(graph: EmulatedGraph, proof: ClientProof): Read {
  return reading(graph, (asking) =>
    clientCredentials({
      ...asking,
      name: "Microsoft Entra ID",
      tokenEndpoint: tokenEndpointOf(graph),
      clientId: "client-1",
      proof,
      scopes: ["https://graph.microsoft.com/.default"],
    }),
  );
}

describe("an app registration", () => {
  test.each<[string, ClientProof]>([
    ["with a client secret", { kind: "secret", secret }],
    ["with a certificate", { kind: "certificate", pem: certificate, from: "client.pem" }],
  ])("%s", async (_, proof) => {
    const { users, secrets } = ofClient(await start(), proof);
    expect(await users()).toEqual(["ada@example.com"]);
    // The token, and the secret where there is one.
    expect(secrets).toHaveLength(proof.kind === "secret" ? 2 : 1);
  });

  test("with another secret is refused, and the secret is not shown", async () => {
    const { users } = ofClient(await start(), { kind: "secret", secret: "another-secret" });
    const error: unknown = await users().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "unauthorized",
      message: expect.stringContaining("AADSTS7000215") as string,
    });
    expect(String(error)).not.toContain("another-secret");
  });
});

test("the token of the Azure CLI", async () => {
  const graph = await start();
  const { users, secrets } = reading(graph, (asking) =>
    azureCliToken({
      ...asking,
      run: async () => ({
        kind: "exited",
        status: 0,
        stdout: JSON.stringify({ accessToken: "token-of-the-azure-cli", expires_on: 4_102_444_800 }),
        stderr: "",
      }),
      resource: "https://graph.microsoft.com",
      tenant: graph.tenantId,
    }),
  );
  expect(await users()).toEqual(["ada@example.com"]);
  expect(secrets).toEqual(["token-of-the-azure-cli"]);
});
