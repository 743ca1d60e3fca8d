/** How an OAuth client proves who it is: with a secret, a private key (RFC 7523) or a certificate. */

import type * as oauth from "oauth4webapi";
import { certificateThumbprint, readClientKey } from "./private-key.ts";

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

/** The library with what authenticates the client to the token endpoint. */
export interface OAuthClient {
  readonly library: typeof oauth;
  readonly authentication: oauth.ClientAuth;
}

/**
 * Loads the library, and reads the key.
 * @throws AppError usage, for a key that cannot be read
 */
export async function loadOAuthClient({
  proof,
  tokenEndpoint,
}: {
  readonly proof: ClientProof;
  readonly tokenEndpoint: string;
}): Promise<OAuthClient> {
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
