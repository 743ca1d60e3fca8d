/** OAuth client credentials: how the client proves who it is, when tokens are renewed, and what is said when there is none. */

import { createHash, createPublicKey, generateKeyPairSync, verify, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import * as z from "zod";
import type { AppError } from "../../../src/ground/errors.ts";
import { createSender, type Sender } from "../../../src/http/send.ts";
import { createManagementApi } from "../../../src/management/create-management-api.ts";
import { clientCredentials } from "../../../src/management/credentials/client-credentials.ts";
import type { ClientCredentials } from "../../../src/management/credentials/token-flow.ts";
import type { ManagementApi } from "../../../src/management/management-api.ts";
import { oktaDialect } from "../../../src/management/okta/dialect.ts";
import {
  startOktaLike,
  type OktaAnswer,
  type OktaLike,
  type OktaRequest,
} from "../../support/okta-answers.ts";
import { seededWorld, type SeededWorld } from "../../support/seeded-world.ts";

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const pem = (key: KeyObject, type: "pkcs8" | "pkcs1" | "sec1" = "pkcs8"): string =>
  key.export({ format: "pem", type }).toString();

let server: OktaLike;
let world: SeededWorld;
let senders: Sender[] = [];
afterEach(async () => {
  await Promise.all(senders.map((sender) => sender.close()));
  senders = [];
  await server.close();
});

const tls = (name: string): string =>
  readFileSync(new URL(`../../support/tls/${name}`, import.meta.url), "utf8");

interface Running {
  readonly api: ManagementApi;
  readonly known: readonly string[];
  readonly read: () => Promise<unknown>;
}

type Answers = {
  readonly token: (request: OktaRequest, form: URLSearchParams) => OktaAnswer | undefined;
  readonly api?: (request: OktaRequest) => OktaAnswer;
};

async function start(
  answers: Answers,
  options: Pick<ClientCredentials, "proof" | "dpop" | "optionalScopes">,
): Promise<Running> {
  world = seededWorld({ seed: 1, now: new Date() });
  server = await startOktaLike((request) =>
    request.path === "/oauth2/v1/token"
      ? answers.token(request, new URLSearchParams(request.body))
      : (answers.api?.(request) ?? { body: {} }),
  );
  const { signal } = new AbortController();
  const known: string[] = [];
  const common = { baseUrl: server.url, timeoutMs: 10_000, timers: world.timers, connections: 1, signal };
  const tokens = createSender(common);
  const authorizer = clientCredentials({
    name: "Okta",
    tokenEndpoint: `${server.url}/oauth2/v1/token`,
    clientId: "0oaclient",
    scopes: ["okta.apps.read", "okta.groups.read"],
    send: tokens.send,
    now: world.clock.now,
    onSecret: (secret) => known.push(secret),
    ...options,
  });
  const sender = createSender({ ...common, authorizer });
  senders = [tokens, sender];
  const api = createManagementApi(sender.send, {
    dialect: oktaDialect,
    baseUrl: server.url,
    signal,
    now: world.clock.now,
    sleep: world.timers.wait,
    random: world.random.number,
    onWait: () => {},
  });
  const purpose = { reads: "an app", needs: "okta.apps.read" };
  return { api, known, read: async () => api.get("/api/v1/apps/0oa1", z.looseObject({}), purpose) };
}

function tokenRequests(): readonly OktaRequest[] {
  return server.requests.filter(({ path }) => path === "/oauth2/v1/token");
}

function apiRequests(): readonly OktaRequest[] {
  return server.requests.filter(({ path }) => path !== "/oauth2/v1/token");
}

/** Tokens `at-1`, `at-2`, … */
function numbered(expires_in = 3600): Answers["token"] {
  return () => ({
    body: { access_token: `at-${tokenRequests().length}`, token_type: "Bearer", expires_in },
  });
}

interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly isSignedBy: (key: KeyObject) => boolean;
}

function jwtOf(text: string): Jwt {
  const [header = "", payload = "", signature = ""] = text.split(".");
  const json = (part: string): Jwt["header"] =>
    JSON.parse(Buffer.from(part, "base64url").toString()) as Jwt["header"];
  return {
    header: json(header),
    payload: json(payload),
    isSignedBy: (key) =>
      verify(
        "sha256",
        Buffer.from(`${header}.${payload}`),
        { key, dsaEncoding: "ieee-p1363" },
        Buffer.from(signature, "base64url"),
      ),
  };
}

const secret = { kind: "secret", secret: "a-client-secret-9~x" } as const;

describe("a client with a secret", () => {
  test("sends it with its id and the scopes, and the token with each request", async () => {
    const { read, known } = await start({ token: numbered() }, { proof: secret });
    await read();
    await read();
    const [asked, ...others] = tokenRequests();
    expect(others).toEqual([]);
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
      grant_type: "client_credentials",
      client_id: "0oaclient",
      client_secret: secret.secret,
      scope: "okta.apps.read okta.groups.read",
    });
    expect(apiRequests().map(({ headers }) => headers.authorization)).toEqual(["Bearer at-1", "Bearer at-1"]);
    expect(known).toEqual([secret.secret, "at-1"]);
  });

  test("asks without its optional scopes where not all are granted, and remembers that", async () => {
    const asked: (string | null)[] = [];
    const { read } = await start(
      {
        token: (_, form) => {
          const scope = form.get("scope");
          asked.push(scope);
          return scope?.includes("okta.logs.read") === true
            ? {
                status: 400,
                body: { error: "invalid_scope", error_description: "One or more scopes are not configured." },
              }
            : { body: { access_token: `at-${asked.length}`, token_type: "Bearer", expires_in: 600 } };
        },
      },
      { proof: secret, optionalScopes: ["okta.logs.read"] },
    );
    await read();
    await world.timers.wait(600_000, new AbortController().signal);
    await read();
    const required = "okta.apps.read okta.groups.read";
    expect(asked).toEqual([`${required} okta.logs.read`, required, required]);
  });

  test("asks once for all requests that wait for the token", async () => {
    const { read } = await start({ token: numbered() }, { proof: secret });
    await Promise.all([read(), read(), read()]);
    expect(tokenRequests()).toHaveLength(1);
  });

  test("renews the token before it expires", async () => {
    const { read } = await start({ token: numbered(3600) }, { proof: secret });
    const { signal } = new AbortController();
    await read();
    await world.timers.wait(3400 * 1000, signal);
    await read();
    await world.timers.wait(100 * 1000, signal);
    await read();
    expect(apiRequests().map(({ headers }) => headers.authorization)).toEqual([
      "Bearer at-1",
      "Bearer at-1",
      "Bearer at-2",
    ]);
  });

  test("renews a token that is no longer accepted, once", async () => {
    const { signal } = new AbortController();
    const { read } = await start(
      {
        token: numbered(),
        api: ({ headers }) =>
          headers.authorization === "Bearer at-1" && apiRequests().length > 1
            ? { status: 401, body: { errorCode: "E0000011", errorSummary: "Invalid token provided" } }
            : { body: {} },
      },
      { proof: secret },
    );
    await read();
    await world.timers.wait(90_000, signal);
    await read();
    expect(apiRequests().map(({ headers }) => headers.authorization)).toEqual([
      "Bearer at-1",
      "Bearer at-1",
      "Bearer at-2",
    ]);
  });

  test("does not go on asking for tokens where a new one is refused", async () => {
    const { read } = await start(
      {
        token: numbered(),
        api: () => ({ status: 401, body: { errorCode: "E0000011", errorSummary: "Invalid token provided" } }),
      },
      { proof: secret },
    );
    await expect(read()).rejects.toMatchObject({ code: "unauthorized" });
    expect(tokenRequests()).toHaveLength(1);
  });
});

describe("a client with a private key", () => {
  test.each([
    ["RSA as PEM, PKCS #8", pem(rsa.privateKey), "RS256", rsa.publicKey],
    ["RSA as PEM, PKCS #1", pem(rsa.privateKey, "pkcs1"), "RS256", rsa.publicKey],
    ["EC as PEM", pem(ec.privateKey), "ES256", ec.publicKey],
    ["EC as PEM, SEC 1", pem(ec.privateKey, "sec1"), "ES256", ec.publicKey],
    [
      String.raw`PEM on one line with \n`,
      pem(rsa.privateKey).replaceAll("\n", String.raw`\n`),
      "RS256",
      rsa.publicKey,
    ],
    [
      "RSA as JWK",
      JSON.stringify({ ...rsa.privateKey.export({ format: "jwk" }), kid: "k1" }),
      "RS256",
      rsa.publicKey,
    ],
    [
      "EC as JWK",
      JSON.stringify({ ...ec.privateKey.export({ format: "jwk" }), kid: "k1" }),
      "ES256",
      ec.publicKey,
    ],
  ])("%s signs an assertion for the endpoint", async (_, key, alg, publicKey) => {
    const { read } = await start(
      { token: numbered() },
      { proof: { kind: "private-key", key, from: "OKTA_API_PRIVATE_KEY" } },
    );
    await read();
    const form = new URLSearchParams(tokenRequests()[0]?.body);
    expect(form.get("client_assertion_type")).toBe("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    const { header, payload, isSignedBy } = jwtOf(form.get("client_assertion") ?? "");
    expect(header["alg"]).toBe(alg);
    expect(header["kid"]).toBe(key.startsWith("{") ? "k1" : undefined);
    expect(payload).toMatchObject({
      iss: "0oaclient",
      sub: "0oaclient",
      aud: `${server.url}/oauth2/v1/token`,
    });
    expect(isSignedBy(publicKey)).toBe(true);
  });

  test.each([
    ["nothing", ""],
    ["a public key", rsa.publicKey.export({ format: "pem", type: "spki" }).toString()],
    ["a public key as JWK", JSON.stringify(ec.publicKey.export({ format: "jwk" }))],
    [
      "an encrypted key",
      rsa.privateKey
        .export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "p" })
        .toString(),
    ],
    ["a kind that cannot be used", pem(generateKeyPairSync("x25519").privateKey)],
    ["half a key", pem(rsa.privateKey).slice(0, 300)],
  ])("that is %s is refused: names where it is from, never the key", async (_, key) => {
    const { read } = await start(
      { token: numbered() },
      { proof: { kind: "private-key", key, from: "OKTA_API_PRIVATE_KEY" } },
    );
    const error = (await read().catch((reason: unknown) => reason)) as AppError;
    expect(error.code).toBe("usage");
    expect(error.message).toContain("OKTA_API_PRIVATE_KEY");
    const lines = key.split("\n").filter((line) => line.length > 30 && !line.startsWith("---"));
    for (const line of lines) expect(error.message + (error.hint ?? "")).not.toContain(line);
  });
});

describe("a client with a certificate", () => {
  test("names it by its SHA-256 thumbprint", async () => {
    const [certificate, key] = [tls("server.pem"), tls("server.key")];
    const { read } = await start(
      { token: numbered() },
      { proof: { kind: "certificate", pem: key + certificate, from: "cert.pem" } },
    );
    await read();
    const form = new URLSearchParams(tokenRequests()[0]?.body);
    const { header } = jwtOf(form.get("client_assertion") ?? "");
    const der = Buffer.from(certificate.replaceAll(/-----[^-]+-----|\s/g, ""), "base64");
    expect(header["x5t#S256"]).toBe(createHash("sha256").update(der).digest("base64url"));
  });

  test("that is missing in the file is refused", async () => {
    const { read } = await start(
      { token: numbered() },
      { proof: { kind: "certificate", pem: pem(rsa.privateKey), from: "cert.pem" } },
    );
    await expect(read()).rejects.toMatchObject({ code: "usage", message: "cert.pem has no certificate." });
  });
});

describe("an app that requires DPoP", () => {
  function requiring(nonces: { readonly token?: string; readonly api?: string }): Answers {
    return {
      token: ({ headers }) => {
        const proof = headers["dpop"];
        if (proof === undefined) {
          return {
            status: 400,
            body: { error: "invalid_dpop_proof", error_description: "The DPoP proof JWT header is missing." },
          };
        }
        const { payload } = jwtOf(String(proof));
        if (nonces.token !== undefined && payload["nonce"] !== nonces.token) {
          return {
            status: 400,
            headers: { "dpop-nonce": nonces.token },
            body: {
              error: "use_dpop_nonce",
              error_description: "Authorization server requires nonce in DPoP proof.",
            },
          };
        }
        return { body: { access_token: "bound", token_type: "DPoP", expires_in: 3600 } };
      },
      api: ({ headers }) => {
        const { payload } = jwtOf(String(headers["dpop"] ?? ".."));
        if (nonces.api === undefined || payload["nonce"] === nonces.api) return { body: {} };
        return {
          status: 401,
          headers: { "dpop-nonce": nonces.api, "WWW-Authenticate": 'DPoP error="use_dpop_nonce"' },
          body: {},
        };
      },
    };
  }

  const options = {
    proof: { kind: "private-key", key: pem(rsa.privateKey), from: "key.pem" },
    dpop: "where-asked",
  } as const;

  test.each([
    ["without a nonce", {}],
    ["with a nonce for the token", { token: "n1" }],
    ["with a nonce for requests", { api: "n2" }],
    ["with a nonce for each", { token: "n1", api: "n2" }],
  ])("%s gets a proof with each request", async (_, nonces) => {
    const { read } = await start(requiring(nonces), options);
    await read();
    const last = apiRequests().at(-1);
    expect(last?.headers.authorization).toBe("DPoP bound");
    const { header, payload, isSignedBy } = jwtOf(String(last?.headers["dpop"]));
    expect(header).toMatchObject({ typ: "dpop+jwt", alg: "ES256" });
    expect(payload).toMatchObject({ htm: "GET", htu: `${server.url}/api/v1/apps/0oa1` });
    expect(payload["ath"]).toBe(createHash("sha256").update("bound").digest("base64url"));
    const key = createPublicKey({ key: header["jwk"] as never, format: "jwk" });
    expect(isSignedBy(key)).toBe(true);
    const [proofOfToken] = tokenRequests().slice(-1);
    expect(jwtOf(String(proofOfToken?.headers["dpop"])).header["jwk"]).toEqual(header["jwk"]);
  });

  test("makes another proof for each request", async () => {
    const { read } = await start(requiring({}), options);
    await read();
    await read();
    const ids = apiRequests().map(({ headers }) => jwtOf(String(headers["dpop"])).payload["jti"]);
    expect(new Set(ids).size).toBe(2);
  });

  test("is named where DPoP is not allowed for", async () => {
    const { read } = await start(requiring({}), { proof: options.proof });
    const error = (await read().catch((reason: unknown) => reason)) as AppError;
    expect(error.message).toContain("invalid_dpop_proof: The DPoP proof JWT header is missing");
    expect(error.hint).toContain("DPoP");
  });
});

describe("a token endpoint that fails for the moment", () => {
  test.each<[string, OktaAnswer]>([
    ["503", { status: 503, body: "<html>" }],
    ["429", { status: 429, headers: { "Retry-After": "3" }, body: { error: "temporarily_unavailable" } }],
  ])("with %s is asked again", async (_, failure) => {
    const { read } = await start(
      { token: (request, form) => (tokenRequests().length <= 2 ? failure : numbered()(request, form)) },
      { proof: secret },
    );
    await read();
    expect(tokenRequests()).toHaveLength(3);
    expect(world.waits).toHaveLength(2);
  });

  test("and goes on failing is named", async () => {
    const { read } = await start({ token: () => ({ status: 503, body: "<html>" }) }, { proof: secret });
    const error = (await read().catch((reason: unknown) => reason)) as AppError;
    expect(error.code).toBe("source-incomplete");
    expect(error.message).toContain(`the token endpoint of ${new URL(server.url).host}`);
    expect(tokenRequests()).toHaveLength(5);
  });

  test("by closing the connection is unreachable", async () => {
    const { read } = await start({ token: () => undefined }, { proof: secret });
    await expect(read()).rejects.toMatchObject({ code: "unreachable" });
    expect(tokenRequests()).toHaveLength(5);
  });
});

describe("a token endpoint that gives out no token", () => {
  test.each<[string, OktaAnswer, readonly string[]]>([
    [
      "Okta: the key is not known",
      {
        status: 401,
        body: { error: "invalid_client", error_description: "The client_assertion signature is invalid." },
      },
      ["invalid_client: The client_assertion signature is invalid", "public key"],
    ],
    [
      "Okta: a scope is not granted",
      {
        status: 400,
        body: {
          error: "invalid_scope",
          error_description: "One or more scopes are not configured for the authorization server resource.",
        },
      },
      [
        "invalid_scope: One or more scopes are not configured",
        "Okta API Scopes. Asked for: okta.apps.read, okta.groups.read",
      ],
    ],
    [
      "Okta: an error of its API",
      {
        status: 403,
        body: {
          errorCode: "E0000015",
          errorSummary: "You do not have permission to access the feature you are requesting",
        },
      },
      ["E0000015: You do not have permission", "admin role"],
    ],
    [
      "Entra ID: the secret's id in place of its value",
      {
        status: 401,
        body: {
          error: "invalid_client",
          error_description:
            "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value. Trace ID: 1 Correlation ID: 2 Timestamp: 3",
        },
      },
      ["AADSTS7000215: Invalid client secret provided", "not its Secret ID"],
    ],
    [
      "Entra ID: the secret has expired",
      {
        status: 401,
        body: {
          error: "invalid_client",
          error_description: "AADSTS7000222: The provided client secret keys are expired.\r\nTrace ID: 1",
        },
      },
      ["AADSTS7000222", "has expired"],
    ],
    [
      "Entra ID: no such app",
      {
        status: 400,
        body: { error: "unauthorized_client", error_description: "AADSTS700016: Application was not found" },
      },
      ["AADSTS700016", "AZURE_CLIENT_ID"],
    ],
    [
      "something else",
      { status: 404, body: "<html>nothing here</html>" },
      ["404 with a web page", "Check the URL"],
    ],
    ["a success without a token", { body: { token_type: "Bearer" } }, ["200"]],
  ])("%s", async (_, answer, words) => {
    const { read } = await start({ token: () => answer }, { proof: secret });
    const error = (await read().catch((reason: unknown) => reason)) as AppError;
    const text = `${error.message} ${error.hint ?? ""}`;
    expect(["unauthorized", "permission-missing", "unreachable"]).toContain(error.code);
    for (const word of words) expect(text).toContain(word);
    expect(text).toContain(new URL(server.url).host);
    expect(text).not.toContain("Trace ID");
    expect(text).not.toContain(secret.secret);
    expect(apiRequests()).toEqual([]);
  });
});
