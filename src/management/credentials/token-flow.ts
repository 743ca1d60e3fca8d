/** The requests of OAuth client credentials: asks the token endpoint, with proofs of a key (DPoP) where it wants them. */

import type * as oauth from "oauth4webapi";
import * as z from "zod";
import { AppError } from "../../ground/errors.ts";
import type { JsonObject } from "../../ground/json.ts";
import { NoAuthorizationNow, type RequestToAuthorize } from "../../wire/authorizer.ts";
import { isSuccess, type Send, type WireResponse } from "../../wire/exchange.ts";
import { loadOAuthClient, type ClientProof, type OAuthClient } from "./client-proof.ts";
import { errorCodeOf, tokenRefused, type AskedEndpoint } from "./token-error.ts";

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
/** RFC 6749 §5.1 recommends to say when it expires; this for an endpoint that does not. */
const usualLifeMs = 300_000;

export interface AccessToken {
  readonly value: string;
  readonly gotAtMs: number;
  readonly expiresAtMs: number;
  readonly isBound: boolean;
}

/** The last nonce that the provider gave for proofs (RFC 9449 §8). */
export interface DpopNonces {
  last: string | undefined;
}

const tokenAnswer = z.looseObject({
  access_token: z.string().min(1),
  token_type: z.string(),
  expires_in: z.coerce.number().positive().optional(),
});

/** Asks for tokens, and makes the headers that carry them. */
export class TokenFlow {
  readonly #options: ClientCredentials;
  readonly #client: OAuthClient;
  #dpop: oauth.DPoPHandle | undefined;
  readonly #nonces: DpopNonces;
  #scopes: readonly string[];

  private constructor(options: ClientCredentials, client: OAuthClient, nonces: DpopNonces) {
    this.#options = options;
    this.#scopes = [...options.scopes, ...(options.optionalScopes ?? [])];
    this.#client = client;
    this.#nonces = nonces;
  }

  /** @throws AppError usage, for a key that cannot be read */
  static async start(options: ClientCredentials, nonces: DpopNonces): Promise<TokenFlow> {
    return new TokenFlow(options, await loadOAuthClient(options), nonces);
  }

  /** @throws AppError where the endpoint gives out none; NoAuthorizationNow where it may later */
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

  /** The headers of one request; a bound token needs a new proof for each. */
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
