/** Tokens in Astro's form, for what the tool reads out of them; no server knows them. */

/** A JWT with these claims and a signature that is none. */
export function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.bm9ib2R5LXNpZ25lZC10aGlz`;
}

/** An Organization API token's claims (astro-cli, pkg/util/util.go). */
export function organizationToken(organizationId: string, claims: object = {}): string {
  const permissions = ["apiTokenId:clm8q7f6q000008lcgyougpsk", `organizationId:${organizationId}`];
  return jwt({ permissions, iss: "https://auth.astronomer.io/", ...claims });
}
