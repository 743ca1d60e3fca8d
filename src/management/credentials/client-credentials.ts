/**
 * OAuth 2.0 client credentials (RFC 6749 §4.4): access tokens, got before they are needed and again before they expire. The
 * client proves who it is with a secret, a private key (RFC 7523) or a certificate; tokens may be bound to a key (DPoP, RFC 9449).
 * The library is loaded when the first token is asked for.
 */

import type { Authorizer } from "../../wire/authorizer.ts";
import { SecretList } from "./secret-list.ts";
import { TokenFlow, type AccessToken, type ClientCredentials, type DpopNonces } from "./token-flow.ts";

/** A token that was refused so soon is not replaced: the next one would be refused, too. */
const newTokenMs = 60_000;

/** @throws AppError usage, for a key that cannot be read, when the first request is authorized */
export function clientCredentials(options: ClientCredentials): Authorizer {
  const { now, proof } = options;
  const secrets = new SecretList(options.onSecret);
  if (proof.kind === "secret") secrets.add(proof.secret);
  const nonces: DpopNonces = { last: undefined };
  const flow = lazily(async () => TokenFlow.start(options, nonces));
  let token: AccessToken | undefined;
  let underWay: Promise<AccessToken> | undefined;
  const renew = async (): Promise<AccessToken> => {
    const got = await (await flow()).token();
    secrets.add(got.value);
    token = got;
    return got;
  };
  const current = async (): Promise<AccessToken> => {
    if (token !== undefined && now().getTime() < token.expiresAtMs) return token;
    underWay ??= renew().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
  return {
    headersFor: async (request) => (await flow()).headersFor(await current(), request),
    mustRepeat: (answer) => {
      if (answer.status !== 401 || token === undefined) return false;
      const nonce = answer.headers["dpop-nonce"];
      const wantsNonce = /use_dpop_nonce/.test(answer.headers["www-authenticate"] ?? "");
      if (token.isBound && wantsNonce && nonce !== undefined) {
        nonces.last = nonce;
        return true;
      }
      if (now().getTime() - token.gotAtMs < newTokenMs) return false;
      token = undefined;
      return true;
    },
    secrets: () => secrets.list,
  };
}

function lazily<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return async () => {
    made ??= make();
    return made;
  };
}
