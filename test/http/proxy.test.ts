import { describe, expect, test } from "vitest";

import { AppError } from "../../src/ground/errors.ts";
import { proxyFor } from "../../src/http/proxy.ts";

const astro = "https://api.astronomer.io/scim/v2/O";
const proxy = "http://proxy.example.com:3128";

describe("which proxy", () => {
  test.each<[string, string, Record<string, string>, string | undefined]>([
    ["none without a variable", astro, {}, undefined],
    ["HTTPS_PROXY for https", astro, { HTTPS_PROXY: proxy }, proxy],
    ["lower case comes first", astro, { https_proxy: proxy, HTTPS_PROXY: "http://other" }, proxy],
    ["HTTP_PROXY is not for https", astro, { HTTP_PROXY: proxy }, undefined],
    ["HTTP_PROXY for http", "http://h.example/", { HTTP_PROXY: proxy }, proxy],
    ["ALL_PROXY for both", astro, { ALL_PROXY: proxy }, proxy],
    ["an empty variable is none", astro, { HTTPS_PROXY: "", ALL_PROXY: proxy }, proxy],
    ["an address without a scheme", astro, { HTTPS_PROXY: "proxy.example.com:3128" }, proxy],
    ["loopback, IPv4", "https://127.0.0.1:8888", { HTTPS_PROXY: proxy }, undefined],
    ["loopback, IPv6", "https://[::1]:8888", { HTTPS_PROXY: proxy }, undefined],
    ["loopback, by name", "http://localhost:8888", { HTTP_PROXY: proxy }, undefined],
    ["a name that only begins like loopback", "https://localhost.example.com", { HTTPS_PROXY: proxy }, proxy],
  ])("%s", (_rule, url, env, expected) => {
    const chosen = proxyFor(new URL(url), env);
    expect(chosen?.href).toBe(expected === undefined ? undefined : new URL(expected).href);
  });

  test.each<[string, string, string, boolean]>([
    ["the very host", astro, "api.astronomer.io", true],
    ["in any case, with spaces around", astro, " other , API.Astronomer.IO ", true],
    ["a domain for all hosts below it", astro, "astronomer.io", true],
    ["with a leading dot", astro, ".astronomer.io", true],
    ["with a star", astro, "*.astronomer.io", true],
    ["everything", astro, "*", true],
    ["a name that merely ends alike", astro, "tronomer.io", false],
    ["another host", astro, "example.com", false],
    ["the right port", astro, "api.astronomer.io:443", true],
    ["another port", astro, "api.astronomer.io:8443", false],
    ["an address", "https://10.1.2.3", "10.1.2.3", true],
    ["part of an address is not a domain", "https://10.1.2.3", "2.3", false],
    ["a range of addresses", "https://10.1.2.3", "10.0.0.0/8", true],
    ["another range", "https://10.1.2.3", "192.168.0.0/16", false],
    ["a range that is none", "https://10.1.2.3", "10.0.0.0/99", false],
    ["an IPv6 address", "https://[fd00::1]:8443", "fd00::1", true],
    ["an IPv6 address with a port", "https://[fd00::1]:8443", "[fd00::1]:8443", true],
    ["an IPv6 range", "https://[fd00::1]", "fd00::/8", true],
    ["a host with a final dot", "https://api.astronomer.io.", "api.astronomer.io", true],
    ["nothing", astro, "", false],
  ])("NO_PROXY: %s", (_rule, url, noProxy, isStraight) => {
    const chosen = proxyFor(new URL(url), { HTTPS_PROXY: proxy, NO_PROXY: noProxy });
    expect(chosen === undefined).toBe(isStraight);
  });

  test.each(["socks5://hunter2@proxy:1080", "http://", "ftp://u:hunter2@proxy"])(
    "%s is no HTTP proxy; the message names the variable and not its value",
    (address) => {
      const attempt = () => proxyFor(new URL(astro), { HTTPS_PROXY: address });
      expect(attempt).toThrow(AppError);
      expect(attempt).toThrow(/^HTTPS_PROXY is not the URL of an HTTP proxy\.$/);
    },
  );
});
