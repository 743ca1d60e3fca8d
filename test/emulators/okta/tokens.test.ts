/** The token endpoint of the emulated Okta: client credentials with a signed JWT, and DPoP. */

import { describe, expect, test } from "vitest";
import { aDirectory, aUser } from "../../support/builders.ts";
import { startEmulatedOkta, type EmulatedOkta } from "../../support/emulated-okta.ts";
import {
  askForToken,
  dpopProof,
  hashOf,
  newKey,
  serviceAppWithKey,
  type TokenRequest,
} from "../../support/okta-service-app.ts";

const directory = aDirectory({ users: [aUser("ada@example.com")] });
const clientId = "0oaclient";
const scopes = ["okta.apps.read", "okta.users.read"];
const { app, key } = serviceAppWithKey({ clientId, scopes });
const asked: TokenRequest = { clientId, key, scopes: ["okta.apps.read"] };
const seconds = (): number => Math.floor(Date.now() / 1000);

const start = (switches = {}): Promise<EmulatedOkta> =>
  startEmulatedOkta({ directory, serviceApps: [app], switches });

test.each(["rsa", "ec"] as const)(
  "a token is given for a JWT that an %s key signed, and lets its scopes pass",
  async (type) => {
    const other = serviceAppWithKey({ clientId, scopes }, type);
    const emulated = await startEmulatedOkta({ directory, serviceApps: [other.app] });
    const { status, body } = await askForToken(emulated, { ...asked, key: other.key });
    expect([status, body]).toEqual([
      200,
      { token_type: "Bearer", expires_in: 3600, access_token: expect.any(String), scope: "okta.apps.read" },
    ]);
    const call = (path: string) =>
      emulated.send("GET", path, { authorization: `Bearer ${body.access_token}` });
    expect((await call("/api/v1/apps")).status).toBe(200);
    expect((await call("/api/v1/users")).status).toBe(403);
  },
);

test("of the scopes that are asked for those are given that were granted", async () => {
  const { body } = await askForToken(await start(), {
    ...asked,
    scopes: ["okta.users.read", "okta.logs.read"],
  });
  expect(body.scope).toBe("okta.users.read");
});

const refusals: readonly (readonly [
  why: string,
  request: Partial<TokenRequest>,
  status: number,
  error: string,
])[] = [
  ["the key is another one", { key: newKey() }, 401, "invalid_client"],
  ["the client is not known", { clientId: "0oanobody" }, 401, "invalid_client"],
  ["subject and issuer differ", { claims: { sub: "0oaother" } }, 401, "invalid_client"],
  [
    "the audience is another one",
    { claims: { aud: "https://example.okta.com/oauth2/v1/token" } },
    401,
    "invalid_client",
  ],
  ["it is expired", { claims: { exp: seconds() - 1 } }, 401, "invalid_client"],
  ["it is valid for too long", { claims: { exp: seconds() + 7200 } }, 401, "invalid_client"],
  ["there is no assertion", { form: { client_assertion_type: "" } }, 401, "invalid_client"],
  ["the assertion is no JWT", { form: { client_assertion: "a.b" } }, 401, "invalid_client"],
  ["the grant is another one", { form: { grant_type: "password" } }, 400, "unsupported_grant_type"],
  ["there is no scope", { scopes: [] }, 400, "invalid_scope"],
  ["no scope was granted", { scopes: ["okta.logs.read"] }, 400, "consent_required"],
];

test.each(refusals)("no token where %s", async (_, request, status, error) => {
  const answer = await askForToken(await start(), { ...asked, ...request });
  expect([answer.status, answer.body.error]).toEqual([status, error]);
  expect(answer.body.error_description).toMatch(/\w/);
});

test("an assertion is used once", async () => {
  const emulated = await start();
  const request = { ...asked, claims: { jti: "the same" } };
  expect((await askForToken(emulated, request)).status).toBe(200);
  expect((await askForToken(emulated, request)).status).toBe(401);
});

test("a token is valid for as long as it says", async () => {
  let ms = Date.UTC(2030, 0, 1);
  const emulated = await startEmulatedOkta({
    directory,
    serviceApps: [app],
    apiWorld: { clock: { now: () => new Date(ms), monotonicMs: () => ms } },
  });
  const { body } = await askForToken(emulated, { ...asked, claims: { exp: ms / 1000 + 60 } });
  const call = () => emulated.send("GET", "/api/v1/apps", { authorization: `Bearer ${body.access_token}` });
  ms += 3_599_000;
  expect((await call()).status).toBe(200);
  ms += 1000;
  expect((await call()).status).toBe(401);
});

test("a proof is ignored where none is needed, as Okta's SDK always sends one", async () => {
  const emulated = await start();
  const dpop = dpopProof(newKey(), "POST", `${emulated.okta.url}/oauth2/v1/token`);
  expect((await askForToken(emulated, { ...asked, dpop })).body.token_type).toBe("Bearer");
});

describe("with DPoP", () => {
  const proofKey = newKey();

  async function dpopToken(emulated: EmulatedOkta): Promise<string> {
    const url = `${emulated.okta.url}/oauth2/v1/token`;
    const first = await askForToken(emulated, { ...asked, dpop: dpopProof(proofKey, "POST", url) });
    expect([first.status, first.body.error]).toEqual([400, "use_dpop_nonce"]);
    const nonce = first.headers["dpop-nonce"];
    const second = await askForToken(emulated, {
      ...asked,
      dpop: dpopProof(proofKey, "POST", url, { nonce }),
    });
    expect([second.status, second.body.token_type]).toEqual([200, "DPoP"]);
    return second.body.access_token;
  }

  test("a proof with the server's nonce makes a token that is bound to its key", async () => {
    const emulated = await start({ dpop: true });
    const token = await dpopToken(emulated);
    const url = `${emulated.okta.url}/api/v1/apps`;
    const ath = hashOf(token);
    const call = (authorization: string, dpop?: string) =>
      emulated.send("GET", "/api/v1/apps?limit=5", {
        authorization,
        headers: dpop === undefined ? {} : { dpop },
      });
    expect((await call(`DPoP ${token}`, dpopProof(proofKey, "GET", url, { ath }))).status).toBe(200);
    const refused = {
      "as a bearer token": await call(`Bearer ${token}`, dpopProof(proofKey, "GET", url, { ath })),
      "without a proof": await call(`DPoP ${token}`),
      "with a proof of another key": await call(`DPoP ${token}`, dpopProof(newKey(), "GET", url, { ath })),
      "for another method": await call(`DPoP ${token}`, dpopProof(proofKey, "POST", url, { ath })),
      "for another address": await call(`DPoP ${token}`, dpopProof(proofKey, "GET", `${url}/x`, { ath })),
      "for another token": await call(`DPoP ${token}`, dpopProof(proofKey, "GET", url, { ath: hashOf("x") })),
      "of another time": await call(
        `DPoP ${token}`,
        dpopProof(proofKey, "GET", url, { ath, iat: seconds() - 3600 }),
      ),
    };
    for (const [how, { status, headers }] of Object.entries(refused)) {
      expect([how, status, String(headers["www-authenticate"]).includes("invalid_dpop_proof")]).toEqual([
        how,
        401,
        true,
      ]);
    }
  });

  test("a token needs a proof", async () => {
    const { status, body } = await askForToken(await start({ dpop: true }), asked);
    expect([status, body.error, body.error_description]).toEqual([
      400,
      "invalid_dpop_proof",
      "The DPoP proof JWT header is missing.",
    ]);
  });

  test("a proof needs no nonce where the server asks for none, and is used once", async () => {
    const emulated = await start({ dpop: true, dpopNonce: false });
    const dpop = dpopProof(proofKey, "POST", `${emulated.okta.url}/oauth2/v1/token`);
    expect((await askForToken(emulated, { ...asked, dpop })).status).toBe(200);
    expect((await askForToken(emulated, { ...asked, dpop })).status).toBe(400);
  });
});
