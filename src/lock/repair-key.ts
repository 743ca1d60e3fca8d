/** How two repairs are known to have the same target. */

import { isLoopbackHost } from "../http/loopback.ts";

/**
 * Host, port and organization of a SCIM base URL in one spelling: case, a final dot, the default port, percent-encoding,
 * Entra's flag and the names of this machine make no difference. Of a URL that is not in Astro's form the whole path counts.
 */
export function repairKey(baseUrl: string): string {
  const url = new URL(baseUrl);
  const hostname = url.hostname.replace(/\.+$/, "");
  const host = isLoopbackHost(hostname) ? "loopback" : hostname;
  const port = url.port === "" ? defaultPorts[url.protocol] : url.port;
  const path = url.pathname.split("/").map(decoded).join("/").split("/").filter(isNotEmpty).join("/");
  const organization = /(?:^|\/)scim\/v2\/([^/]+)$/i.exec(path)?.[1];
  // Two organizations whose ids differ by case alone would be kept apart without need, which does no harm.
  return `${host}:${port}/${organization ?? path}`.toLowerCase();
}

const defaultPorts: Readonly<Record<string, string>> = { "https:": "443", "http:": "80" };

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function isNotEmpty(segment: string): boolean {
  return segment !== "";
}
