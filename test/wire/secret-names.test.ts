/** Filters and paths: redacted where they name what holds a secret, shown where a value only has such a word in it. */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Exchange } from "../../src/wire/exchange.ts";
import { redactExchange } from "../../src/wire/redact.ts";

const secret = "hunter2-hunter2";

const inUrl = (filter: string, encode: (text: string) => string = encodeURIComponent): Exchange =>
  exchange(`/Users?filter=${encode(filter)}&count=2`, undefined);
const inBody = (filter: string): Exchange => exchange("/Users/.search", { filter, count: 2 });

function exchange(path: string, body: Exchange["request"]["body"]): Exchange {
  return {
    request: { method: "POST", path, headers: {}, ...(body === undefined ? {} : { body }) },
    answer: { kind: "response", status: 200, headers: {}, text: "", json: undefined },
    startedAt: new Date("2026-01-15T09:00:00Z"),
    durationMs: 3,
  };
}

const withPluses = (text: string): string => encodeURIComponent(text).replaceAll("%20", "+");

describe("a filter on what holds a secret is redacted as a whole", () => {
  test.each([
    `password eq "${secret}"`,
    `PassWord  EQ  "${secret}"`,
    `userName eq "ada" and password eq "${secret}"`,
    `not(password eq "${secret}")`,
    `urn:ietf:params:scim:schemas:core:2.0:User:password eq "${secret}"`,
    `keys[token eq "${secret}"]`,
    `password eq ${secret}`,
    `password eq '${secret}'`,
    `password eq "${secret}`,
    `userName eq "a\\" and password eq "${secret}"`,
    `passwordHash eq "${secret}"`,
    `client_secret eq "${secret}"`,
  ])("%s", (filter) => {
    for (const one of [inUrl(filter), inUrl(filter, withPluses), inBody(filter)]) {
      const text = JSON.stringify(redactExchange(one));
      expect(text).toContain("[redacted]");
      expect(text).not.toContain(secret);
    }
  });

  test("one that cannot be decoded", () => {
    const text = JSON.stringify(
      redactExchange(exchange(`/Users?filter=password%20eq%20${secret}%zz`, undefined)),
    );
    expect(text).not.toContain(secret);
  });

  test("the path of a PATCH, with its value", () => {
    const body = {
      Operations: [
        { op: "replace", path: `keys[secret eq "${secret}"].value`, value: secret },
        { op: "replace", path: "password", value: secret },
      ],
    };
    const shown = redactExchange(exchange("/Users/1", body)).request.body;
    expect(JSON.stringify(shown)).not.toContain(secret);
    // What is replaced is told, and not with what.
    expect(JSON.stringify(shown)).toContain('"path":"password"');
  });
});

describe("a value with such a word in it is a value", () => {
  test.each([
    'displayName eq "Secret Santa"',
    'displayName eq "token-service-admins"',
    'displayName eq "password reset" and externalId pr',
    'userName eq "password@example.com"',
  ])("%s", (filter) => {
    for (const one of [inUrl(filter), inUrl(filter, withPluses), inBody(filter)]) {
      expect(redactExchange(one)).toEqual(one);
    }
  });

  test("the names of attributes that are asked for", () => {
    const asked = exchange("/Users?attributes=userName,password&sortBy=password", {
      attributes: ["password"],
    });
    expect(redactExchange(asked)).toEqual(asked);
  });

  test("any name of a Team, without quotes and backslashes in it", () => {
    const names = fc.array(fc.constantFrom("token", "password", " ", "Secret", "a", "(", "eq"), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(names, (words) => {
        const one = inUrl(`displayName eq "${words.join("")}"`);
        expect(redactExchange(one)).toEqual(one);
      }),
    );
  });
});
