/** A JWT by which a client proves that it has the key of its certificate (Microsoft: Certificate credentials). */

import { constants, verify, X509Certificate } from "node:crypto";
import * as z from "zod";
import { signInErrors } from "./sign-in-error.ts";

export interface AssertionExpectation {
  readonly clientId: string;
  /** The client's certificate in PEM. */
  readonly certificate: string;
  /** Any of them will do: the token endpoint, the issuer. */
  readonly audiences: readonly string[];
  readonly now: Date;
}

const headerSchema = z.looseObject({
  alg: z.enum(["RS256", "PS256"]),
  /** SHA-1 and SHA-256 thumbprint of the certificate in base64url. */
  x5t: z.string().optional(),
  "x5t#S256": z.string().optional(),
});

const claimsSchema = z.looseObject({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
  nbf: z.number().optional(),
});

/** Clocks may differ by five minutes. */
const toleranceSeconds = 300;

/** @throws SignInError for an assertion that is not the client's, or not good now */
export function checkClientAssertion(assertion: string, expected: AssertionExpectation): void {
  const [head = "", body = "", signature = ""] = assertion.split(".");
  const header = headerSchema.safeParse(decoded(head));
  const claims = claimsSchema.safeParse(decoded(body));
  if (!header.success || !claims.success) throw signInErrors.assertionMalformed();
  const certificate = new X509Certificate(expected.certificate);
  const sent = header.data["x5t#S256"] ?? header.data.x5t;
  if (sent === undefined || !thumbprintsOf(certificate).includes(sent)) {
    throw signInErrors.assertionKey("The key was not found.");
  }
  const key = {
    key: certificate.publicKey,
    ...(header.data.alg === "PS256"
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : {}),
  };
  const isSigned = verify("sha256", Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url"));
  if (!isSigned) throw signInErrors.assertionKey("The key was found, but the signature is invalid.");
  checkClaims(claims.data, expected);
}

function checkClaims(
  { iss, sub, aud, exp, nbf = 0 }: z.infer<typeof claimsSchema>,
  { clientId, audiences, now }: AssertionExpectation,
): void {
  if (iss !== clientId || sub !== clientId) throw signInErrors.assertionClient();
  const named = typeof aud === "string" ? [aud] : aud;
  if (!named.some((one) => audiences.includes(one))) throw signInErrors.assertionAudience();
  const seconds = now.getTime() / 1000;
  if (seconds > exp + toleranceSeconds || seconds < nbf - toleranceSeconds)
    throw signInErrors.assertionTime();
}

function thumbprintsOf({ fingerprint, fingerprint256 }: X509Certificate): readonly string[] {
  return [fingerprint, fingerprint256].map((hex) =>
    Buffer.from(hex.replaceAll(":", ""), "hex").toString("base64url"),
  );
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString());
  } catch {
    return undefined;
  }
}
