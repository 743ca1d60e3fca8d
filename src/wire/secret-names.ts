/** Which names of attributes hold secrets, and whether a filter asks for one of them. */

/** Lower case, without `_` and `-`. RFC 7643 §4.1.1 `password`; the rest are OAuth's and the APIs' own words. */
const secretNames: ReadonlySet<string> = new Set([
  "password",
  "secret",
  "clientsecret",
  "token",
  "accesstoken",
  "refreshtoken",
  "idtoken",
  "apitoken",
  "apikey",
  "authorization",
  "privatekey",
  "clientassertion",
]);

/** Each of the names above contains one of these, but for escapes. */
const secretWords = /password|secret|token|key|authori|assertion/i;

/** False of a body that can have no attribute with a secret: a cheap look before it is parsed. */
export function mayNameSecret(text: string): boolean {
  return secretWords.test(text);
}

/** True where an attribute of that name holds a secret, also when spelt as a path or with its URN. */
export function isSecretName(name: string): boolean {
  return name.split(/[:.[\]]/).some((part) => secretNames.has(part.toLowerCase().replaceAll(/[_-]/g, "")));
}

/**
 * True of a filter, or of the path of a PATCH, that compares an attribute which holds a secret: `password eq "x"`,
 * `keys[token eq x]`. Names decide, never values: `displayName eq "Secret token"` asks for a Team, and `password` alone has no value.
 */
export function comparesSecret(text: string): boolean {
  // The author may have meant a backslash as an escape, or as itself.
  return [/"(?:[^"\\]|\\.)*"?/g, /"[^"]*"?/g].some((strings) => namesSecret(text.replaceAll(strings, '"')));
}

/** Names that are longer than those known are taken for secret here: `passwordHash`, `apiTokenValue`. */
function namesSecret(withoutStrings: string): boolean {
  if (!/["\s]/.test(withoutStrings)) return false;
  return withoutStrings
    .split(/[\s"()[\],]+/)
    .some((word) => isSecretName(word) || /passw|secret|token/i.test(word));
}
