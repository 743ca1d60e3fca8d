import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { JsonObject, JsonValue } from "../../src/ground/json.ts";
import type { Exchange, WireAnswer } from "../../src/wire/exchange.ts";
import { redactExchange, redactText } from "../../src/wire/redact.ts";

const secret = "s3cr3t-Pa55/word+";
const token = "eyJhbGciOiJIUzI1NiJ9.eyJvcmciOiJ4In0.c2lnbmF0dXJl";

interface Parts {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  readonly answer?: Partial<Extract<WireAnswer, { kind: "response" }>>;
}

function exchange(parts: Parts): Exchange {
  const { body } = parts;
  return {
    request: {
      method: "POST",
      path: parts.path ?? "/Users",
      headers: parts.headers ?? {},
      ...(body === undefined ? {} : { body }),
    },
    answer: { kind: "response", status: 200, headers: {}, text: "", json: undefined, ...parts.answer },
    startedAt: new Date("2026-01-15T09:00:00Z"),
    durationMs: 3,
  };
}

function answered(json: JsonValue): Pick<Parts, "answer"> {
  return { answer: { json, text: JSON.stringify(json) } };
}

describe("what must not be seen is gone", () => {
  test.each<[string, Parts]>([
    ["password in a created user (RFC 7643 §4.1.1)", { body: { password: secret } }],
    [
      "password in an answer that is cut off, so that it is no JSON",
      { answer: { text: `{"userName":"ada","password": "${secret}","meta":{"resour` } },
    ],
    ["password that is itself cut off", { answer: { text: `{"Resources":[{"pass_word":"${secret}` } }],
    ["attribute names ignore case (RFC 7643 §2.1)", { body: { PassWord: secret } }],
    ["password by its URN", { body: { "urn:ietf:params:scim:schemas:core:2.0:User:password": secret } }],
    ["password deep inside a bulk request", { body: { Operations: [{ data: { password: secret } }] } }],
    [
      "the value of a PATCH operation on password",
      { body: { Operations: [{ op: "replace", path: "password", value: secret }] } },
    ],
    [
      "the same by URN",
      {
        body: {
          Operations: [
            { op: "Replace", path: "urn:ietf:params:scim:schemas:core:2.0:User:password", value: secret },
          ],
        },
      },
    ],
    ["the value of a pathless PATCH", { body: { Operations: [{ op: "add", value: { password: secret } }] } }],
    ["a password that is an object", { body: { password: { value: secret } } }],
    ["OAuth's client_secret", { body: { client_secret: secret } }],
    ["a token in an answer", answered({ accessToken: secret })],
    ["a token query value", { path: `/Users?access_token=${encodeURIComponent(secret)}` }],
    ["an unknown query value", { path: `/Users?sig=${encodeURIComponent(secret)}` }],
    ["a filter on password", { path: `/Users?filter=password%20eq%20%22${encodeURIComponent(secret)}%22` }],
    ["Authorization", { headers: { Authorization: `Bearer ${secret}` } }],
    ["cookies of the answer", { answer: { headers: { "set-cookie": `sid=${secret}` } } }],
    ["a header nobody foresaw", { headers: { "X-Custom-Auth": secret } }],
    [
      "the query of a redirect to a login page",
      { answer: { status: 302, headers: { location: `https://login.example/?state=${secret}` } } },
    ],
    [
      "an error that echoes the password of the request",
      { body: { password: secret }, ...answered({ detail: `password '${secret}' is too weak` }) },
    ],
    ["an HTML page that echoes it", { body: { password: secret }, answer: { text: `<p>${secret}</p>` } }],
  ])("%s", (_rule, parts) => {
    const shown = JSON.stringify(redactExchange(exchange(parts)));
    expect(shown).toContain("[redacted]");
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(encodeURIComponent(secret));
  });

  describe.each([
    ["a secret the caller names", "opaque-token-of-tests", ["opaque-token-of-tests"]],
    // The token of another organization may come by mistake.
    ["a JWT that nobody named", token, []],
  ])("%s", (_whose, value, secrets) => {
    test.each<[string, Parts]>([
      ["in the path", { path: `/Users/${value}` }],
      ["in the value of a known parameter", { path: `/organizations/o/teams?names=${value}` }],
      ["in a body", { body: { displayName: `x ${value}` } }],
      ["in the name of an attribute", { body: { [value]: true } }],
      ["in a shown header", { headers: { "User-Agent": value } }],
      ["in an answer that is JSON", answered({ detail: `no such token: ${value}` })],
      ["in an answer that is text", { answer: { text: `Bearer ${value}` } }],
      ["in JSON text that was not parsed", { answer: { text: `{"a":"${value}"`, json: undefined } }],
    ])("%s", (_where, parts) => {
      const shown = JSON.stringify(redactExchange(exchange(parts), secrets));
      expect(shown).not.toContain(value);
      expect(shown).not.toContain(value.split(".").at(-1));
    });
  });

  test("a secret in the sentence of a missing answer", () => {
    const lost: Exchange = {
      ...exchange({}),
      answer: { kind: "no-response", reason: "other", message: `no ${token}` },
    };
    expect(JSON.stringify(redactExchange(lost, [token]))).not.toContain(token);
  });

  test("wherever a password stands in a body of any shape, it is gone", () => {
    const anywhere = fc.letrec<{ body: JsonValue }>((tie) => ({
      body: fc.oneof(
        { depthSize: "small" },
        fc.constant<JsonValue>({ password: secret }),
        fc.constant<JsonValue>("x"),
        fc.array(tie("body"), { maxLength: 3 }),
        fc.dictionary(fc.string({ maxLength: 5 }), tie("body"), { maxKeys: 3 }),
      ),
    })).body;
    fc.assert(
      fc.property(anywhere, (value) => {
        expect(JSON.stringify(redactExchange(exchange({ body: { value } })))).not.toContain(secret);
      }),
    );
  });
});

describe("what may be seen stays as it was", () => {
  test("an ordinary exchange is unchanged, byte for byte", () => {
    const json = { schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], totalResults: 0 };
    const plain = exchange({
      path: "/Users?filter=userName%20eq%20%22ada%40example.com%22&startIndex=1&count=100&aadOptscim062020",
      headers: { Accept: "application/scim+json", "User-Agent": "astro-scim/0.1.0" },
      body: { userName: "ada@example.com", emails: [{ value: "ada@example.com", type: "work" }] },
      answer: {
        headers: { "content-type": "application/scim+json", "x-request-id": "r1" },
        json,
        text: `${JSON.stringify(json, null, 2)}\n`,
      },
    });
    expect(redactExchange(plain)).toEqual(plain);
  });

  test.each([
    "/organizations/o/users?workspaceId=w&deploymentId=d&dagId=etl&dagTags=a&dagTags=b&offset=0&limit=5&sorts=id:asc",
    "/organizations/o/teams?names=core&names=edge",
    "/organizations/o/tokens?includeOnlyOrganizationTokens=true&kind=STANDARD",
    "/organizations/o/roles?includeDefaultRoles=true&scopeTypes=DAG",
    "/organizations?product=HOSTED&productPlan=TRIAL&astronomerProduct=ASTRO",
    "/organizations/o/audit-logs?startDate=2026-01-15T09:00:00Z&endDate=2026-01-16T09:00:00Z",
    "/organizations/o?isLookUpOnly=true",
    "/users/self?createIfNotExist=false",
  ])("the parameters of Astro's own API: %s", (path) => {
    expect(redactExchange(exchange({ path })).request.path).toBe(path);
  });

  test("the names of dropped headers are kept, so that one sees they were there", () => {
    const shown = redactExchange(exchange({ headers: { Authorization: "Bearer x", Accept: "a/b" } }));
    expect(shown.request.headers).toEqual({ Authorization: "[redacted]", Accept: "a/b" });
  });

  test("the original is not touched", () => {
    const original = exchange({ body: { password: secret } });
    redactExchange(original);
    expect(original.request.body).toEqual({ password: secret });
  });

  test("a secret of five characters or fewer is not searched for in text", () => {
    expect(redactText("the test of a tester", ["test"])).toBe("the test of a tester");
  });

  test("members named __proto__ stay plain members", () => {
    const body = JSON.parse(`{"__proto__":{"password":"${secret}"}}`) as JsonObject;
    const shown = redactExchange(exchange({ body })).request.body;
    expect(Object.hasOwn(shown ?? {}, "__proto__")).toBe(true);
    expect(JSON.stringify(shown)).not.toContain(secret);
  });
});

test("an answer that is no JSON, and has no name of a secret, stays as it was", () => {
  const text = '<html lang="en">"userName": "ada" "resource";';
  expect(redactExchange(exchange({ answer: { text } })).answer).toMatchObject({ text });
});

describe("hostile values", () => {
  test("nesting beyond the limit is cut instead of overflowing the stack", () => {
    let deep: JsonValue = secret;
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    expect(redactExchange(exchange({ answer: { json: deep } })).answer).toMatchObject({ kind: "response" });
  });

  test("a secret that can't be percent-encoded", () => {
    expect(redactText("a \uD800secret b", ["\uD800secret"])).toBe("a [redacted] b");
  });

  test("of two secrets that begin alike, the longer one leaves nothing behind", () => {
    expect(redactText("x secret-extended y", ["secret", "secret-extended"])).toBe("x [redacted] y");
  });
});
