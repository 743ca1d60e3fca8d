/** Who sent a request, as far as its headers say. */

/**
 * `Okta`, `Entra`, or the product that a User-Agent begins with (RFC 9110 §10.1.5); undefined where nothing says. Okta's begins
 * with its name. Entra sends no User-Agent, but its own version header.
 */
export function clientName({
  userAgent,
  hasEntraHeader,
}: {
  readonly userAgent: string | undefined;
  readonly hasEntraHeader: boolean;
}): string | undefined {
  if (hasEntraHeader) return "Entra";
  if (userAgent === undefined) return undefined;
  if (/^okta/i.test(userAgent)) return "Okta";
  return /^[\w!#$%&'*+.^`|~-]+/.exec(userAgent)?.[0];
}
