/** Lines break between words at the width of the terminal, and what can be copied stays whole. */

import { Chalk } from "chalk";
import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";

import { hanging, padded, unbroken } from "../../../src/report/layout/hanging.ts";

const paint = new Chalk({ level: 1 });
const sentence = "the provider sends nothing about this user";

test("every further line begins below the beginning of the text", () => {
  expect(hanging("  ~ ada  ", sentence, { columns: 40 })).toEqual([
    "  ~ ada  the provider sends nothing",
    "         about this user",
  ]);
});

test("without a terminal nothing is broken", () => {
  expect(hanging("  ", sentence.repeat(20), { columns: undefined })).toHaveLength(1);
});

test("where no room is left beside it, the text goes below", () => {
  expect(hanging("  ~ a-name-that-is-long-itself  ", sentence, { columns: 40 })).toEqual([
    "  ~ a-name-that-is-long-itself",
    "      the provider sends nothing about",
    "      this user",
  ]);
});

test("where a word does not fit beside it, and fits below it, the text goes below", () => {
  const address = "http://127.0.0.1:8888/scim/v2";
  expect(hanging("  ✓ URL form  ", `ok: ${address}`, { columns: 40 })).toEqual([
    "  ✓ URL form",
    `      ok: ${address}`,
  ]);
});

test("a colour that is on at the end of a line is on in the next, and not in its indent", () => {
  const lines = hanging("    ", paint.red("failed and failed and failed and failed"), { columns: 28 });
  expect(lines).toEqual([
    `    ${paint.red("failed and failed and")}`,
    `    ${paint.red("failed and failed")}`,
  ]);
});

describe.each([
  ["an id", "c1a2b3c4d5e6f7g8h9i0j1k2l3m4n5o6p7q8r9s0"],
  ["a URL", "https://api.example.com/scim/v2/organizations/Users/0123456789"],
  ["a request with spaces", unbroken('GET /Users?filter=userName eq "ada lovelace@example.com"')],
  ["a command", unbroken("astro-scim simulate okta 'a file with spaces.yaml' --step 2 --bodies")],
])("%s", (_what, text) => {
  test("is never broken", () => {
    const whole = text.replaceAll("\uFDD0", " ");
    const lines = hanging("  ", `look at ${text} first`, { columns: 40 });
    expect(lines.some((line) => line.includes(whole))).toBe(true);
  });
});

const word = fc.stringMatching(/^[a-z@.李한é]{1,12}$/);

test("for any words and widths: no line is too wide, no word is lost, changed or broken", () => {
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 40, max: 160 }),
      (words, columns) => {
        const lines = hanging("  ~ ", words.join(" "), { columns });
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
        expect(lines.map((line) => line.slice(4)).join(" ")).toBe(words.join(" "));
      },
    ),
  );
});

test.each([
  ["José", "José  |"],
  ["Jose\u0301", "Jose\u0301  |"],
  ["李四", "李四  |"],
  ["한국", "한국  |"],
  ["👩‍💻!", "👩‍💻!   |"],
])("%s is padded by the columns that it takes (Unicode Standard Annex #11)", (name, text) => {
  expect(`${padded(name, 6)}|`).toBe(text);
});
