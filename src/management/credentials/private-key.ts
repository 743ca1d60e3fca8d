/** A private key as consoles give it out: PEM or JWK, and a certificate that may stand beside it. */

import { createHash, createPrivateKey, subtle, X509Certificate, type KeyObject } from "node:crypto";
import type { CryptoKey } from "oauth4webapi";
import * as z from "zod";
import { AppError } from "../../ground/errors.ts";

export interface ClientKey {
  readonly key: CryptoKey;
  /** The id under which the provider knows the public key. */
  readonly keyId: string | undefined;
}

/**
 * Okta gives out a JWK or a PEM (the app > Client Credentials > Public Keys); Azure's certificates come as PEM, the key in it.
 * @param from where the text is from, for messages: `OKTA_API_PRIVATE_KEY`
 * @throws AppError usage where it is neither, is a public key, is encrypted, or is of a kind that cannot sign
 */
export async function readClientKey(
  text: string,
  { from, keyId }: { readonly from: string; readonly keyId?: string | undefined },
): Promise<ClientKey> {
  const { key, keyId: own } = keyObject(text, from);
  const algorithm = algorithmOf(key, from);
  const pkcs8 = key.export({ format: "der", type: "pkcs8" });
  return { key: await subtle.importKey("pkcs8", pkcs8, algorithm, false, ["sign"]), keyId: keyId ?? own };
}

/**
 * The SHA-256 thumbprint of the first certificate in a PEM, in base64url, by which Entra ID finds it (`x5t#S256`; Microsoft: Microsoft
 * identity platform application authentication certificate credentials).
 * @throws AppError usage where there is no certificate
 */
export function certificateThumbprint(pem: string, from: string): string {
  const [certificate] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(pem) ?? [];
  if (certificate === undefined) {
    throw new AppError("usage", `${from} has no certificate.`, {
      hint: "It must be a PEM file with the certificate and its private key.",
    });
  }
  try {
    return createHash("sha256").update(new X509Certificate(certificate).raw).digest("base64url");
  } catch {
    throw new AppError("usage", `The certificate in ${from} cannot be read.`);
  }
}

const jwk = z.looseObject({ kty: z.string(), d: z.string(), kid: z.string().optional() });

interface ReadKey {
  readonly key: KeyObject;
  readonly keyId: string | undefined;
}

function keyObject(text: string, from: string): ReadKey {
  const trimmed = text.trim();
  try {
    if (!trimmed.startsWith("{")) return { key: createPrivateKey(pemOf(trimmed)), keyId: undefined };
    const key = jwk.parse(JSON.parse(trimmed));
    return { key: createPrivateKey({ key, format: "jwk" }), keyId: key.kid };
  } catch {
    // The error's own message may quote the key.
    throw new AppError("usage", `The private key in ${from} cannot be read.`, {
      hint: "It must be a private key as PEM (PKCS #8 or PKCS #1), not encrypted, or as a JWK with the member d.",
    });
  }
}

/** In a variable, line breaks are often written as `\n`. */
function pemOf(text: string): string {
  const pem = text.includes("\n") ? text : text.replaceAll(String.raw`\n`, "\n");
  const [block] =
    /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[^-]+-----END (?:[A-Z]+ )?PRIVATE KEY-----/.exec(pem) ?? [];
  return block ?? pem;
}

type SigningAlgorithm = Parameters<typeof subtle.importKey>[2];

const curves: ReadonlyMap<string, string> = new Map([
  ["prime256v1", "P-256"],
  ["secp384r1", "P-384"],
  ["secp521r1", "P-521"],
]);

function algorithmOf(key: KeyObject, from: string): SigningAlgorithm {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === "rsa") return { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const namedCurve = curves.get(details?.namedCurve ?? "");
  if (type === "ec" && namedCurve !== undefined) return { name: "ECDSA", namedCurve };
  throw new AppError(
    "usage",
    `The private key in ${from} is of a kind that cannot be used: ${type ?? "unknown"}.`,
    {
      hint: "Use an RSA key, or one on the curve P-256, P-384 or P-521.",
    },
  );
}
