import { expect, test } from "vitest";

import type { UnmetExpectation } from "../../src/idp/unmet-expectation.ts";
import { unmetLine } from "../../src/report/unmet-line.ts";

const user = { kind: "user", name: "ada@example.com" } as const;
const team = { kind: "group", name: "data" } as const;

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
  ['expected Team data: members ["a"], got []', { ...team, what: "members", expected: ["a"], got: [] }],
])("%s", (line, unmet) => {
  expect(unmetLine(unmet)).toBe(line);
});
