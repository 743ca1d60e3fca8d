import { Chalk } from "chalk";
import { describe, expect, test } from "vitest";

import type { UnmetExpectation } from "../../src/idp/run/unmet-expectation.ts";
import stringWidth from "string-width";
import { unmetBlock } from "../../src/report/expectations/unmet-block.ts";

const members: UnmetExpectation = {
  kind: "group",
  name: "data",
  what: "members",
  expected: ["ada@example.com", "grace@example.com"],
  got: ["grace@example.com", "mary@example.com"],
};
const request: UnmetExpectation = {
  kind: "request",
  name: 'PUT /Users/ada@example.com {"active":false}',
  what: "count",
  expected: { min: 1, max: null },
  got: { count: 0, sent: ['PUT /Users/ada@example.com {"active":true,"userName":"ada@example.com"}'] },
};

function block(unmet: UnmetExpectation, columns?: number): readonly string[] {
  return unmetBlock(unmet, { paint: new Chalk({ level: 0 }), columns });
}

describe("on 80 columns or more, and in a file, expected and got stand side by side", () => {
  test("members: missing and not expected ones are marked, each beside its side", () => {
    const lines = [
      "      expected            got",
      "      ada@example.com     (missing)",
      "      (not expected)      mary@example.com",
      "      grace@example.com   grace@example.com",
    ];
    expect(block(members, 80)).toEqual(lines);
    expect(block(members)).toEqual(lines);
  });

  test("many members that are the same are counted", () => {
    const many = Array.from({ length: 100 }, (_, index) => `user${index}`);
    const lines = block({ ...members, expected: [...many, "ada"], got: many }, 80);
    expect(lines).toHaveLength(8);
    expect(lines.at(-1)).toBe("      and 95 others   and 95 others");
  });

  test("requests: what was sent instead", () => {
    expect(block(request, 120)).toEqual([
      "      expected                                    got",
      "      at least once: PUT /Users/ada@example.com   never; what was sent:",
      '      {"active":false}                            PUT /Users/ada@example.com',
      '                                                  {"active":true,"userName":"ada@example.com"}',
    ]);
  });

  test("nothing that can be copied is broken: where it is too long for half a line, it gets a whole one", () => {
    expect(block(request, 80)).toEqual([
      '      expected  at least once: PUT /Users/ada@example.com {"active":false}',
      "      got       never; what was sent:",
      "                PUT /Users/ada@example.com",
      '                {"active":true,"userName":"ada@example.com"}',
    ]);
  });

  test.each([80, 100, 200])("no line is wider than %i columns", (columns) => {
    for (const unmet of [members, request]) {
      for (const line of block(unmet, columns)) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    }
  });
});

describe("on less than 80 columns they stand below each other", () => {
  test("members", () => {
    expect(block(members, 79)).toEqual([
      "      expected  ada@example.com (missing)",
      "                grace@example.com",
      "      got       mary@example.com (not expected)",
      "                grace@example.com",
    ]);
  });

  test("a Team without members has nobody", () => {
    expect(block({ ...members, expected: ["ada"], got: [] }, 40)).toEqual([
      "      expected  ada (missing)",
      "      got       nobody",
    ]);
  });
});

test.each<[what: string, unmet: UnmetExpectation, expected: string, got: string]>([
  [
    "an attribute",
    { kind: "user", name: "ada", what: "familyName", expected: "King", got: null },
    'familyName "King"',
    "familyName null",
  ],
  [
    "no account",
    { kind: "user", name: "ada", what: "active", expected: true, got: null },
    "active true",
    "no account",
  ],
  [
    "an error that did not happen",
    { kind: "error", name: "any", what: "happened", expected: true, got: { count: 0, failures: [] } },
    "an error: any",
    "no error",
  ],
  [
    "an error that happened",
    { kind: "error", name: "any", what: "happened", expected: false, got: { count: 1, failures: ["x"] } },
    "no error",
    "x",
  ],
  [
    "a request, and nothing at all was sent",
    { ...request, name: "PUT", got: { count: 0, sent: [] } },
    "at least once: PUT",
    "never, and nothing else was sent",
  ],
])("%s", (_what, unmet, expected, got) => {
  expect(block(unmet, 60).map((line) => line.slice(16))).toEqual([expected, got]);
});

test("secrets are taken out before a side is broken into lines", () => {
  const secret = "token-that-is-longer-than-a-column-of-a-terminal-is-wide";
  const unmet: UnmetExpectation = { ...members, expected: [], got: [`Ada ${secret}`] };
  const hide = (text: string) => text.replaceAll(secret, "[redacted]");
  const lines = unmetBlock(unmet, { paint: new Chalk({ level: 0 }), columns: 80, hide });
  expect(lines.join("\n")).toContain("Ada [redacted]");
  expect(lines.join("\n")).not.toContain("token-that");
});
