/** Headers are shown by their exact names; every other one, known or not, is redacted. */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { harEntry } from "../../src/recording/har.ts";
import { parseRecording } from "../../src/replay/recording/parse-recording.ts";
import { chooseExchanges } from "../../src/replay/recording/recording.ts";
import { headersSentAgain } from "../../src/replay/recording/request-headers.ts";
import { shownExchange } from "../../src/server/log/received.ts";
import type { Exchange } from "../../src/wire/exchange.ts";
import { redactExchange } from "../../src/wire/redact.ts";
import { isShownHeader } from "../../src/wire/shown-headers.ts";

const secret = "s3cr3t-Pa55word-of-nobody";

function exchange(headers: Readonly<Record<string, string>>): Exchange {
  return {
    request: { method: "GET", path: "/Users", headers },
    answer: { kind: "response", status: 200, headers, text: "", json: undefined },
    startedAt: new Date("2026-01-15T09:00:00Z"),
    durationMs: 3,
  };
}

const shown = (name: string, value: string): string =>
  redactExchange(exchange({ [name]: value })).request.headers[name] ?? "";

describe("what may hold a secret is redacted, in a request and in an answer", () => {
  test.each([
    ..."authorization proxy-authorization authentication-info cookie cookie2 set-cookie set-cookie2".split(
      " ",
    ),
    ..."x-api-key api-key apikey x-apikey ocp-apim-subscription-key x-functions-key x-goog-api-key".split(
      " ",
    ),
    ..."x-auth-token x-access-token x-id-token x-csrf-token x-xsrf-token x-amz-security-token".split(" "),
    ..."x-vault-token private-token job-token x-gitlab-token x-github-token x-shopify-access-token".split(
      " ",
    ),
    ..."x-okta-user-agent-extended x-okta-xsrftoken x-okta-verify x-okta-session-id okta-oauth-state".split(
      " ",
    ),
    ..."x-amzn-oidc-data x-amzn-oidc-accesstoken x-goog-iap-jwt-assertion cf-access-jwt-assertion".split(" "),
    ..."cf-access-client-secret x-forwarded-access-token x-forwarded-client-cert x-ms-token-aad".split(" "),
    ..."x-hub-signature-256 x-amz-signature signature signature-input digest dpop x-session-id sid".split(
      " ",
    ),
    ..."idempotency-key sec-websocket-key x-secret x-password x-custom-auth x-my-header referer".split(" "),
  ])("%s", (name) => {
    for (const spelling of [
      name,
      name.toUpperCase(),
      name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase()),
    ]) {
      const text = JSON.stringify(redactExchange(exchange({ [spelling]: secret })));
      expect(text.split("[redacted]")).toHaveLength(3);
      expect(text).not.toContain(secret);
    }
  });

  test("a header of any other name than those listed, however like one of them", () => {
    const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9a-zA-Z-]{1,30}$/);
    const listed = fc.constantFrom(...headersSentAgain, "location", "x-request-id", "server");
    const like = fc
      .tuple(listed, fc.constantFrom("", "x-", "-token", "-key", "s", " ", "\u0000", "ı"), fc.boolean())
      .map(([name, more, isBefore]) => (isBefore ? more + name : name + more));
    fc.assert(
      fc.property(fc.oneof(token, like), (name) => {
        fc.pre(!isShownHeader(name));
        const redactedExchange = redactExchange(exchange({ [name]: secret }));
        expect(JSON.stringify(redactedExchange)).not.toContain(secret);
        // That it was there is told.
        expect(Object.keys(redactedExchange.request.headers)).toEqual([name]);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ["user-agent", `curl/8 Bearer ${secret}`],
    ["user-agent", `x (token ${secret})`],
    ["x-request-id", "eyJhbGciOiJIUzI1NiJ9.eyJvcmciOiJ4In0.c2lnbmF0dXJl"],
    ["server", `SSWS ${secret}`],
    [
      "www-authenticate",
      "Negotiate oYG2MIGzoAMKAQChCwYJKoZIgvcSAQICooGeBIGbYIGYBgkqhkiG9xIBAgICAG+BiDCBhaAD",
    ],
    ["via", `Basic ${btoa(`ada:${secret}`)}`],
  ])("a credential in %s, where it does not belong", (name, value) => {
    const credential = value.split(/[\s,()]+/).find((word) => word.length > 20) ?? value;
    expect(shown(name, value)).toContain("[redacted]");
    expect(shown(name, value)).not.toContain(credential);
  });

  test.each(["location", "content-location", "Content-Location"])("the query of %s", (name) => {
    expect(shown(name, `https://login.example/?state=${secret}`)).toBe(
      "https://login.example/?state=[redacted]",
    );
    expect(shown(name, `https://ada:${secret}@login.example/`)).not.toContain(secret);
  });
});

describe("what a client chooses survives", () => {
  test.each([
    ["Accept-Charset", "utf-8"],
    ["ADSCIMVersion", "Date:2026-01-01, ActivityId:a6f2e1c0-7a0c-4c2f-9d53-2b6f5e2f0a11"],
    ["Prefer", "return=minimal"],
    ["User-Agent", "Okta SCIM Client 1.0.0"],
    ["If-Match", 'W/"3"'],
    ["X-HTTP-Method-Override", "PATCH"],
    ["www-authenticate", 'Bearer realm="Astro", error="invalid_token"'],
    ["www-authenticate", 'Bearer authorization_uri="https://login.example/oauth2", client_id="abc"'],
  ])("%s: %s", (name, value) => {
    expect(shown(name, value)).toBe(value);
  });

  test("each header that a replay sends again is one that a recording shows", () => {
    expect([...headersSentAgain, "accept-encoding"].filter((name) => !isShownHeader(name))).toEqual([]);
  });

  test("a recording of what Okta and Entra send is sent again with their headers", () => {
    const requestHeaders = {
      accept: "application/scim+json",
      "accept-charset": "utf-8",
      "user-agent": "Okta SCIM Client 1.0.0",
      authorization: `Bearer ${secret}`,
      host: "127.0.0.1:8888",
      connection: "Keep-Alive",
      "accept-encoding": "gzip,deflate",
      adscimversion: "5.0",
    };
    const url = "/scim/v2/acme/Users?count=2";
    const received = shownExchange(
      {
        method: "GET",
        url,
        requestHeaders,
        requestText: "",
        answer: { status: 200, mediaType: "application/scim+json", text: '{"totalResults":0}' },
        startedAtMs: 0,
        durationMs: 1,
      },
      { base: "/scim/v2/acme", secrets: [] },
    );
    const log = { version: "1.2", entries: [harEntry(received, `http://127.0.0.1:8888${url}`)] };
    const { exchanges } = chooseExchanges(
      "r.har",
      parseRecording("r.har", JSON.stringify({ log })),
      undefined,
    );
    expect(exchanges[0]?.request.headers).toEqual({
      accept: "application/scim+json",
      "accept-charset": "utf-8",
      "user-agent": "Okta SCIM Client 1.0.0",
      "accept-encoding": "gzip,deflate",
      adscimversion: "5.0",
    });
  });
});
