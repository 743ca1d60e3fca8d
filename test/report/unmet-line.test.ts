import { expect, test } from "vitest";

import type { UnmetExpectation } from "../../src/idp/run/unmet-expectation.ts";
import { unmetLine } from "../../src/report/expectations/unmet-line.ts";

const user = { kind: "user", name: "ada@example.com" } as const;
const team = { kind: "group", name: "data" } as const;
const request = { kind: "request", name: "PUT /Users/ada", what: "count" } as const;
const error = { kind: "error", what: "happened" } as const;

test.each<[line: string, unmet: UnmetExpectation]>([
  [
    "expected user ada@example.com: active false, got true",
    { ...user, what: "active", expected: false, got: true },
  ],
  [
    "expected user ada@example.com: active false, got no account",
    { ...user, what: "active", expected: false, got: null },
  ],
  [
    "expected user ada@example.com: exists true, got no account",
    { ...user, what: "exists", expected: true, got: false },
  ],
  [
    "expected user ada@example.com: exists false, got true",
    { ...user, what: "exists", expected: false, got: true },
  ],
  [
    'expected user ada@example.com: familyName "King", got null',
    { ...user, what: "familyName", expected: "King", got: null },
  ],
  ["expected Team data: exists true, got no Team", { ...team, what: "exists", expected: true, got: false }],
  [
    "expected Team data: other members; missing a; not expected x, y",
    { ...team, what: "members", expected: ["a", "b"], got: ["b", "x", "y"] },
  ],
  [
    "expected PUT /Users/ada to be sent at least once, got none",
    { ...request, expected: { min: 1, max: null }, got: { count: 0, sent: [] } },
  ],
  [
    "expected no PUT /Users/ada to be sent, got 2",
    { ...request, expected: { min: 0, max: 0 }, got: { count: 2, sent: [] } },
  ],
  [
    "expected no write to be sent, got 1",
    { ...request, name: "any write", expected: { min: 0, max: 0 }, got: { count: 1, sent: [] } },
  ],
  [
    "expected PUT /Users/ada to be sent 2 times, got 1",
    { ...request, expected: { min: 2, max: 2 }, got: { count: 1, sent: [] } },
  ],
  [
    "expected PUT /Users/ada to be sent at most 2 times, got 3",
    { ...request, expected: { min: 0, max: 2 }, got: { count: 3, sent: [] } },
  ],
  [
    "expected PUT /Users/ada to be sent 1 to 2 times, got 3",
    { ...request, expected: { min: 1, max: 2 }, got: { count: 3, sent: [] } },
  ],
  [
    'expected an error (says "full"), got none',
    { ...error, name: 'says "full"', expected: true, got: { count: 0, failures: [] } },
  ],
  [
    "expected no error, got 2: user x: 400 Bad Request\\u{1b}",
    {
      ...error,
      name: "any",
      expected: false,
      got: { count: 2, failures: ["user x: 400 Bad Request\u001B", "y"] },
    },
  ],
])("%s", (line, unmet) => {
  expect(unmetLine(unmet)).toBe(line);
});
