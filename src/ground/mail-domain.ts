/** The domain of an e-mail address, in the one form in which domains are compared. */

import { foldCase } from "./text/fold-case.ts";

/** The domain behind the last `@`; undefined where there is no address: no `@`, or nothing before it. */
export function mailDomain(address: string): string | undefined {
  const at = address.lastIndexOf("@");
  return at > 0 ? comparableDomain(address.slice(at + 1)) : undefined;
}

/**
 * Lower case, without a dot at its end, and in ASCII: `Bücher.DE.` and `xn--bcher-kva.de` are one domain (RFC 5890 §2.3.2.1;
 * UTS #46, as the URL Standard applies it). What no domain can be stays as it is, and so equals none.
 */
export function comparableDomain(domain: string): string {
  const plain = foldCase(domain).replace(/\.$/, "");
  return isAscii(plain) ? plain : (inAscii(plain) ?? plain);
}

/** Whether a text in the form of `comparableDomain` can be a domain: labels of letters, digits, `-` and `_`. */
export function isDomain(domain: string): boolean {
  return domain.length <= 253 && domain.split(".").every((label) => domainLabel.test(label));
}

const domainLabel = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}

function inAscii(domain: string): string | undefined {
  // These would end the host of a URL, or are no part of one.
  const url = `http://${domain}`;
  if (/[\s/?#:@\\[\]%]/u.test(domain) || !URL.canParse(url)) return undefined;
  return new URL(url).hostname.replace(/\.$/, "");
}
