/**
 * OAuth 2.0 client credentials (RFC 6749 §4.4): access tokens, got before they are needed and again before they expire. The
 * client proves who it is with a secret, a private key (RFC 7523) or a certificate; tokens may be bound to a key (DPoP, RFC 9449).
 * The library is loaded when the first token is asked for.
 */

import type * as oauth from "oauth4webapi";
import * as z from "zod";
import { AppError } from "../../ground/errors.ts";
import type { JsonObject } from "../../ground/json.ts";
import { NoAuthorizationNow, type Authorizer, type RequestToAuthorize } from "../../wire/authorizer.ts";
import { isSuccess, type Send, type WireResponse } from "../../wire/exchange.ts";
import { certificateThumbprint, readClientKey } from "./private-key.ts";
import { errorCodeOf, tokenRefused, type AskedEndpoint } from "./token-error.ts";

/** How the client proves who it is. */
export type ClientProof =
  | { readonly kind: "secret"; readonly secret: string }
  | {
      readonly kind: "private-key";
      /** PEM or JWK. */
      readonly key: string;
      /** Where it is from, for messages. */
      readonly from: string;
      /** The key's id at the provider; that of a JWK is in it. */
      readonly keyId?: string | undefined;
    }
  /** A PEM with a certificate and its private key (Entra ID). */
  | { readonly kind: "certificate"; readonly pem: string; readonly from: string };

export interface ClientCredentials {
  /** The provider, as messages name it. */
  readonly name: string;
  /** `https://acme.okta.com/oauth2/v1/token`. */
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly proof: ClientProof;
  readonly scopes: readonly string[];
  /** Asked for as well, and left out where the provider refuses to give all of them. */
  readonly optionalScopes?: readonly string[] | undefined;
  /** Binds tokens to a key where the provider asks for it (Okta: "Require Demonstrating Proof of Possession"). */
  readonly dpop?: "where-asked" | undefined;
  /**
   * Sends to the origin of the token endpoint, paths from its root, without authorization; never the sender that the authorizer is
   * for, whose turns are taken by the requests that wait for the token.
   */
  readonly send: Send;
  readonly now: () => Date;
  /** Told each secret as it becomes known, before it is sent or used. */
  readonly onSecret: (secret: string) => void;
}

/** A token is not used in its last seconds: it would expire on its way. */
const lastSecondsMs = 120_000;
/** A token that was refused so soon is not replaced: the next one would be refused, too. */
const newTokenMs = 60_000;
/** RFC 6749 §5.1 recommends to say when it expires; this for an endpoint that does not. */
const usualLifeMs = 300_000;

interface AccessToken {
  readonly value: string;
  readonly gotAtMs: number;
  readonly expiresAtMs: number;
  readonly isBound: boolean;
}

/** @throws AppError usage, for a key that cannot be read, when the first request is authorized */
export function clientCredentials(options: ClientCredentials): Authorizer {
  const { now, proof } = options;
  const secrets = new SecretList(options.onSecret);
  if (proof.kind === "secret") secrets.add(proof.secret);
  const nonces: Nonces = { last: undefined };
  const flow = lazily(async () => new TokenFlow(options, await clientOf(options), nonces));
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

/** The last nonce that the provider gave for proofs (RFC 9449 §8). */
interface Nonces {
  last: string | undefined;
}

interface OAuthClient {
  readonly library: typeof oauth;
  readonly authentication: oauth.ClientAuth;
}

async function clientOf({ proof, tokenEndpoint }: ClientCredentials): Promise<OAuthClient> {
  const library = await import("oauth4webapi");
  if (proof.kind === "secret") {
    return { library, authentication: library.ClientSecretPost(proof.secret) };
  }
  const { key, keyId } =
    proof.kind === "private-key"
      ? await readClientKey(proof.key, proof)
      : await readClientKey(proof.pem, proof);
  const thumbprint = proof.kind === "certificate" ? certificateThumbprint(proof.pem, proof.from) : undefined;
  const authentication = library.PrivateKeyJwt(keyId === undefined ? key : { key, kid: keyId }, {
    [library.modifyAssertion]: (header, payload) => {
      // Okta and Entra ID expect the URL of the endpoint, not that of the issuer.
      payload["aud"] = tokenEndpoint;
      if (thumbprint !== undefined) header["x5t#S256"] = thumbprint;
    },
  });
  return { library, authentication };
}

const tokenAnswer = z.looseObject({
  access_token: z.string().min(1),
  token_type: z.string(),
  expires_in: z.coerce.number().positive().optional(),
});

/** Asks for tokens, and makes the headers that carry them. */
class TokenFlow {
  readonly #options: ClientCredentials;
  readonly #client: OAuthClient;
  #dpop: oauth.DPoPHandle | undefined;
  readonly #nonces: Nonces;
  #scopes: readonly string[];

  constructor(options: ClientCredentials, client: OAuthClient, nonces: Nonces) {
    this.#options = options;
    this.#scopes = [...options.scopes, ...(options.optionalScopes ?? [])];
    this.#client = client;
    this.#nonces = nonces;
  }

  async token(): Promise<AccessToken> {
    const answer = await this.#askWithProof();
    const { scopes } = this.#options;
    if (errorCodeOf(answer) !== "invalid_scope" || this.#scopes.length === scopes.length) {
      return this.#read(answer);
    }
    this.#scopes = scopes;
    return this.#read(await this.#askWithProof());
  }

  async #askWithProof(): Promise<WireResponse> {
    let answer = await this.#ask();
    if (this.#dpop === undefined && this.#asksForProof(answer)) {
      this.#dpop = await this.#bind();
      answer = await this.#ask();
    }
    if (this.#dpop !== undefined && errorCodeOf(answer) === "use_dpop_nonce") answer = await this.#ask();
    return answer;
  }

  async headersFor(
    token: AccessToken,
    { method, url }: RequestToAuthorize,
  ): Promise<Readonly<Record<string, string>>> {
    if (!token.isBound || this.#dpop === undefined) return { Authorization: `Bearer ${token.value}` };
    const { library } = this.#client;
    let made: Readonly<Record<string, string>> = {};
    // The library makes a proof as part of a request: what it would send is taken, and sent by our own client.
    await library.protectedResourceRequest(token.value, method, new URL(url), undefined, undefined, {
      DPoP: this.#dpop,
      [library.allowInsecureRequests]: true,
      [library.customFetch]: async (_url, { headers }) => {
        made = headers;
        return new Response(null, { status: 204 });
      },
    });
    return { Authorization: made["authorization"] ?? "", DPoP: made["dpop"] ?? "" };
  }

  /** Okta: `invalid_dpop_proof`, "The DPoP proof JWT header is missing." */
  #asksForProof(answer: WireResponse): boolean {
    const code = errorCodeOf(answer) ?? "";
    return this.#options.dpop === "where-asked" && /dpop/.test(code);
  }

  async #bind(): Promise<oauth.DPoPHandle> {
    const { library } = this.#client;
    const keys = await library.generateKeyPair("ES256");
    return library.DPoP({}, keys, {
      [library.modifyAssertion]: (_header, payload) => {
        if (this.#nonces.last !== undefined) payload["nonce"] = this.#nonces.last;
      },
    });
  }

  async #ask(): Promise<WireResponse> {
    const { library, authentication } = this.#client;
    const { tokenEndpoint, clientId, send } = this.#options;
    const server = { issuer: new URL(tokenEndpoint).origin, token_endpoint: tokenEndpoint };
    let answer: WireResponse | undefined;
    await library.clientCredentialsGrantRequest(
      server,
      { client_id: clientId },
      authentication,
      { scope: this.#scopes.join(" ") },
      {
        ...(this.#dpop === undefined ? {} : { DPoP: this.#dpop }),
        // The sender decides whether plain HTTP is safe: on loopback it is.
        [library.allowInsecureRequests]: true,
        [library.customFetch]: async (url, { headers, body }) => {
          answer = await this.#post(send, url, { headers: ownHeaders(headers), body: formOf(body) });
          return new Response(null, { status: 204 });
        },
      },
    );
    if (answer === undefined) throw new Error("the library has sent no request");
    this.#nonces.last = answer.headers["dpop-nonce"] ?? this.#nonces.last;
    return answer;
  }

  async #post(
    send: Send,
    url: string,
    { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: JsonObject },
  ): Promise<WireResponse> {
    const { pathname, search } = new URL(url);
    const answer = await send({ method: "POST", path: pathname + search, headers, body });
    if (answer.kind === "no-response") throw new NoAuthorizationNow(answer);
    if (answer.status !== 429 && answer.status < 500) return answer;
    throw new NoAuthorizationNow({
      ...answer,
      remark: `it is the answer of the token endpoint of ${this.#endpoint().host}`,
    });
  }

  #read(answer: WireResponse): AccessToken {
    const result = tokenAnswer.safeParse(answer.json);
    if (!isSuccess(answer) || !result.success) throw tokenRefused(answer, this.#endpoint());
    const { access_token: value, token_type: type, expires_in: seconds } = result.data;
    const isBound = type.toLowerCase() === "dpop";
    if (isBound !== (this.#dpop !== undefined)) throw this.#wrongType(type);
    const gotAtMs = this.#options.now().getTime();
    const lifeMs = seconds === undefined ? usualLifeMs : seconds * 1000;
    // Of a short-lived token, half of its life is used.
    return { value, gotAtMs, expiresAtMs: gotAtMs + Math.max(lifeMs / 2, lifeMs - lastSecondsMs), isBound };
  }

  #wrongType(type: string): AppError {
    const { name, host } = this.#endpoint();
    return new AppError(
      "unauthorized",
      `${name} (${host}) gave out a token of the type ${type}, which cannot be used.`,
    );
  }

  #endpoint(): AskedEndpoint {
    const { name, tokenEndpoint, clientId } = this.#options;
    return { name, host: new URL(tokenEndpoint).host, clientId, scopes: this.#scopes };
  }
}

/** Without the library's `User-Agent`: the sender has its own. */
function ownHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== "user-agent"));
}

function formOf(body: URLSearchParams): JsonObject {
  return Object.fromEntries(body.entries());
}

/** Secrets as they become known; another list with each. */
class SecretList {
  list: readonly string[] = [];
  readonly #onSecret: (secret: string) => void;

  constructor(onSecret: (secret: string) => void) {
    this.#onSecret = onSecret;
  }

  add(secret: string): void {
    if (this.list.includes(secret)) return;
    this.list = [...this.list, secret];
    this.#onSecret(secret);
  }
}

function lazily<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return async () => {
    made ??= make();
    return made;
  };
}
