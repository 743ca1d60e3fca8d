/** Which hosts are this machine: the ones that need no TLS, are never proxied, and may be filled with invented people. */

import { AppError } from "../ground/errors.ts";

/**
 * True for `localhost`, 127.0.0.0/8 and ::1, as they stand in a `URL`'s hostname. Not for 0.0.0.0 or for names
 * below `.localhost`, which a resolver may send elsewhere.
 */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.toLowerCase();
  return host === "localhost" || host === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/**
 * Refuses to send a bearer token where everybody on the way can read it (RFC 6750 §5.3).
 * @throws AppError refused, for plain HTTP to anything but loopback.
 */
export function requireSafeTransport(url: URL): void {
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopbackHost(url.hostname))) return;
  throw new AppError(
    "refused",
    `The token would go to ${url.host} over plain HTTP, where others can read it.`,
    {
      hint: `Use https://${url.host}; plain HTTP is for loopback addresses only.`,
    },
  );
}
