/** A service app of Okta reads with a private key: its scopes, its admin role, and DPoP where the app requires it. */

import { generateKeyPairSync } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ProvidedDirectory } from "../../../src/directory/source.ts";
import type { ServiceApp } from "../../../src/emulators/okta/auth/credentials.ts";
import type { OktaSwitches } from "../../../src/emulators/okta/switches.ts";
import type { AppError } from "../../../src/ground/errors.ts";
import type { JsonObject } from "../../../src/ground/json.ts";
import { createSender, type Sender, type SenderOptions } from "../../../src/http/send.ts";
import { createManagementApi } from "../../../src/management/create-management-api.ts";
import { clientCredentials } from "../../../src/management/credentials/client-credentials.ts";
import { oktaDialect } from "../../../src/management/okta/dialect.ts";
import { optionalOktaScopes, requiredOktaScopes } from "../../../src/management/okta/scopes.ts";
import { oktaSource } from "../../../src/sources/okta/okta-source.ts";
import { systemWorld } from "../../../src/world/system-world.ts";
import { aDirectory, aGroup, aUser } from "../../support/builders.ts";
import { startEmulatedOkta } from "../../support/emulated-okta.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const jwk = { ...publicKey.export({ format: "jwk" }), kid: "key-1" } as JsonObject;
const key = JSON.stringify({ ...privateKey.export({ format: "jwk" }), kid: "key-1" });
const [ada, bob] = ["ada@example.com", "bob@example.com"];
const directory = aDirectory({ users: [aUser(ada), aUser(bob)], groups: [aGroup("data", [ada, bob])] });
const { signal } = new AbortController();

async function readAs(
  about: Partial<ServiceApp> = {},
  switches: Partial<OktaSwitches> = {},
): Promise<ProvidedDirectory> {
  const scopes = [...requiredOktaScopes, ...optionalOktaScopes];
  const app = { clientId: "0oaservice", publicKeys: [jwk], scopes, ...about };
  const { okta, company } = await startEmulatedOkta({ directory, serviceApps: [app], switches });
  await company.settled();
  const { clock, timers, random } = systemWorld();
  const open = (extra: Partial<SenderOptions>): Sender => {
    const sender = createSender({
      baseUrl: okta.url,
      timeoutMs: 30_000,
      timers,
      connections: 4,
      signal,
      ...extra,
    });
    onTestFinished(() => sender.close());
    return sender;
  };
  const authorizer = clientCredentials({
    name: "Okta",
    tokenEndpoint: `${okta.url}/oauth2/v1/token`,
    clientId: "0oaservice",
    proof: { kind: "private-key", key, from: "OKTA_API_PRIVATE_KEY" },
    scopes: requiredOktaScopes,
    optionalScopes: optionalOktaScopes,
    dpop: "where-asked",
    send: open({}).send,
    now: clock.now,
    onSecret: () => {},
  });
  const api = createManagementApi(open({ authorizer }).send, {
    dialect: oktaDialect,
    baseUrl: okta.url,
    signal,
    now: clock.now,
    sleep: timers.wait,
    random: random.number,
    onWait: () => {},
  });
  return oktaSource(api, { app: "Astro", now: clock.now }).read(undefined, signal);
}

async function refusal(about: Partial<ServiceApp>): Promise<AppError> {
  return (await readAs(about).catch((error: unknown) => error)) as AppError;
}

describe("a service app", () => {
  test.each<[string, Partial<OktaSwitches>]>([
    ["with its key", {}],
    ["bound to a key of its own (DPoP)", { dpop: true, dpopNonce: false }],
    ["bound to a key of its own, with a nonce", { dpop: true, dpopNonce: true }],
  ])("reads %s", async (_, switches) => {
    const { directory: read } = await readAs({}, switches);
    expect([...read.users.keys()].toSorted()).toEqual([ada, bob]);
  });

  test("reads without the right to read the log", async () => {
    const { directory: read } = await readAs({ scopes: requiredOktaScopes });
    expect(read.users.size).toBe(2);
  });

  test.each(requiredOktaScopes.filter((scope) => scope !== "okta.users.read"))(
    "without %s is refused, and the scope is named",
    async (scope) => {
      const error = await refusal({ scopes: requiredOktaScopes.filter((one) => one !== scope) });
      expect(error.code).toBe("permission-missing");
      expect(`${error.message} ${error.hint ?? ""}`).toContain(scope);
    },
  );

  test("without an admin role is refused, and the role is named", async () => {
    const error = await refusal({ hasAdminRole: false });
    expect(error.code).toBe("permission-missing");
    expect(error.hint).toContain("Read-only Administrator");
  });

  test("with another key is refused", async () => {
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ format: "jwk" });
    const error = await refusal({ publicKeys: [{ ...other, kid: "key-1" } as JsonObject] });
    expect(error.code).toBe("unauthorized");
    expect(error.message).toContain("gave out no token for the client 0oaservice");
  });
});
