import { describe, expect, test } from "vitest";

import { toNoResponse } from "../../src/http/no-response.ts";
import type { Peer } from "../../src/http/no-response.ts";

const straight: Peer = { hostAndPort: "h.example:443", timeoutMs: 30_000, proxy: undefined };
const proxied: Peer = { ...straight, proxy: "proxy.example:3128" };

/** An error as Node and undici raise it; its message holds what must not be passed on. */
function failure(code: string): Error {
  return Object.assign(new Error("quoted from the server"), { code });
}

describe("failures that loopback can't show", () => {
  test.each([
    ["ENOTFOUND", straight, "unresolved", "The host name of h.example:443 could not be resolved."],
    ["EAI_AGAIN", proxied, "unresolved", "The host name of proxy.example:3128 could not be resolved."],
    [
      "UND_ERR_CONNECT_TIMEOUT",
      proxied,
      "timeout",
      "h.example:443 did not answer within 30 s (through the proxy proxy.example:3128).",
    ],
    ["ETIMEDOUT", straight, "timeout", "h.example:443 did not answer within 30 s."],
    [
      "EPIPE",
      proxied,
      "reset",
      "h.example:443 closed the connection before its answer was complete (through the proxy proxy.example:3128).",
    ],
    ["EHOSTUNREACH", straight, "other", "There is no route to h.example:443."],
    ["CERT_NOT_YET_VALID", straight, "tls", "The TLS certificate of h.example:443 is not valid yet."],
    [
      "SELF_SIGNED_CERT_IN_CHAIN",
      straight,
      "tls",
      "The TLS certificate of h.example:443 is not trusted (SELF_SIGNED_CERT_IN_CHAIN).",
    ],
    ["UND_ERR_HEADERS_OVERFLOW", straight, "other", "h.example:443 answered with too many headers."],
    ["ESOMETHING", straight, "other", "h.example:443 could not be reached (ESOMETHING)."],
  ])("%s", (code, peer, reason, message) => {
    expect(toNoResponse(failure(code), peer)).toMatchObject({ kind: "no-response", reason, message });
  });

  /** It would be repeated with each request; what ends a command says it once. */
  test.each([
    ["ENOTFOUND", "Check its spelling and DNS. If this machine needs a proxy, set HTTPS_PROXY."],
    ["CERT_HAS_EXPIRED", "The operator of the server has to renew it."],
    ["CERT_NOT_YET_VALID", "Check this machine's clock."],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "Check the host name in the URL."],
    ["EPROTO", "Does the server use plain HTTP on this port?"],
    [
      "SELF_SIGNED_CERT_IN_CHAIN",
      "If a private certificate authority has issued it, name that authority's file with --ca.",
    ],
    ["ESOMETHING", undefined],
  ])("the advice on %s stands beside the sentence", (code, advice) => {
    const answer = toNoResponse(failure(code), straight);
    expect(answer.advice).toBe(advice);
    expect(answer.message).not.toContain(advice ?? "\0");
  });

  test("what is no failure of the network is thrown on", () => {
    const mistake = failure("UND_ERR_INVALID_ARG");
    expect(() => toNoResponse(mistake, straight)).toThrow(mistake);
  });
});
