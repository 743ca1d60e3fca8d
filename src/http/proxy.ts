/** Which proxy a URL goes through, by the usual environment variables. */

import { BlockList, isIP } from "node:net";

import { AppError } from "../ground/errors.ts";
import { isLoopbackHost } from "./loopback.ts";

export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for a URL; undefined for none. `HTTPS_PROXY` or `HTTP_PROXY` by the URL's scheme, then `ALL_PROXY`,
 * lower-case spellings first, as curl has them. Loopback and what `NO_PROXY` names go straight.
 * @throws AppError usage, where the variable doesn't hold an HTTP proxy's address.
 */
export function proxyFor(url: URL, env: ProxyEnvironment): URL | undefined {
  if (isLoopbackHost(url.hostname)) return undefined;
  const variable = proxyVariables(url.protocol).find((name) => (env[name] ?? "").trim() !== "");
  const address = variable === undefined ? undefined : env[variable]?.trim();
  if (variable === undefined || address === undefined || bypassesProxy(url, env)) return undefined;
  return parseProxy(address, variable);
}

function proxyVariables(protocol: string): readonly string[] {
  const bySchema = protocol === "https:" ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy", "HTTP_PROXY"];
  return [...bySchema, "all_proxy", "ALL_PROXY"];
}

/** The message names the variable and not what it holds: an address may carry a password. */
function parseProxy(address: string, variable: string): URL {
  const withScheme = address.includes("://") ? address : `http://${address}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new AppError("usage", `${variable} is not the URL of an HTTP proxy.`, {
      hint: `Set ${variable} to a URL such as http://proxy.example.com:3128, or unset it.`,
    });
  }
  return url;
}

/** `NO_PROXY`: `*`, host names with all below them, addresses, address ranges (CIDR), each but the last with a port. */
function bypassesProxy(url: URL, env: ProxyEnvironment): boolean {
  const entries = (env["no_proxy"] ?? env["NO_PROXY"] ?? "").split(/[,\s]+/).filter((entry) => entry !== "");
  const host = withoutBrackets(url.hostname.toLowerCase().replace(/\.$/, ""));
  const port = url.port === "" ? defaultPort(url.protocol) : url.port;
  return entries.some(
    (entry) => entry === "*" || matchesRange(host, entry) || matchesName(host, port, entry),
  );
}

function matchesName(host: string, port: string, entry: string): boolean {
  const { name, port: entryPort } = splitPort(entry.toLowerCase());
  if (entryPort !== undefined && entryPort !== port) return false;
  const suffix = name.replace(/^\*?\./, "").replace(/\.$/, "");
  return suffix !== "" && (host === suffix || (isIP(host) === 0 && host.endsWith(`.${suffix}`)));
}

/** `name`, `name:port`, `::1`, `[::1]`, `[::1]:port`. */
function splitPort(entry: string): { readonly name: string; readonly port: string | undefined } {
  const bare = withoutBrackets(entry);
  if (isIP(bare) !== 0) return { name: bare, port: undefined };
  const colon = entry.lastIndexOf(":");
  if (colon === -1 || !/^\d+$/.test(entry.slice(colon + 1))) return { name: bare, port: undefined };
  return { name: withoutBrackets(entry.slice(0, colon)), port: entry.slice(colon + 1) };
}

function matchesRange(host: string, entry: string): boolean {
  const [network = "", bits = ""] = entry.split("/");
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(bits)) return false;
  if (Number(bits) > (family === 4 ? 32 : 128)) return false;
  const range = new BlockList();
  range.addSubnet(network, Number(bits), family === 4 ? "ipv4" : "ipv6");
  return range.check(host, family === 4 ? "ipv4" : "ipv6");
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1");
}

function defaultPort(protocol: string): string {
  return protocol === "https:" ? "443" : "80";
}
