/** What the text of a body may hold: counted before it is parsed, and never mistaken about what stands in a string. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { bodyLimits, limitDepth } from "../../src/scim/body-limits.ts";
import { ScimError } from "../../src/scim/error.ts";
import { limitJsonText } from "../../src/scim/json-text.ts";

const padding = " ".repeat(60_000);

function refusalOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return `${error.status} ${error.scimType ?? ""}`.trim();
  }
}

const names = (count: number): string => Array.from({ length: count }, (_, at) => `"n${at}":1`).join(",");
const deep = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);

test.each<readonly [what: string, text: string, refusal: string | undefined]>([
  ["lists as deep as they may be", deep(bodyLimits.maxDepth), undefined],
  ["lists one deeper", deep(bodyLimits.maxDepth + 1), "400 invalidSyntax"],
  ["objects and lists in turn", `${'{"a":['.repeat(11)}${"]}".repeat(11)}`, "400 invalidSyntax"],
  ["very deep, and never closed", "[".repeat(1_000_000), "400 invalidSyntax"],
  ["brackets inside of a string", JSON.stringify("[{".repeat(500)), undefined],
  ["brackets behind an escaped quote", String.raw`"\"${"[".repeat(50)}"`, undefined],
  [
    "brackets behind an escaped backslash and a quote",
    String.raw`"\\"${"[".repeat(50)}`,
    "400 invalidSyntax",
  ],
  ["a string that does not end", `"${"[".repeat(50)}`, undefined],
  ["more closed than opened", `${"]".repeat(50)}${deep(20)}`, undefined],
  ["an object of as many names as it may have", `{${names(bodyLimits.maxNames)}}`, undefined],
  ["an object of one more", `{${names(bodyLimits.maxNames + 1)}}`, "400 invalidSyntax"],
  ["the same inside of a list", `[1,{${names(bodyLimits.maxNames + 1)}}]`, "400 invalidSyntax"],
  [
    "names before and behind an inner object",
    `{${names(600)},"in":{"a":1},${names(600)}}`,
    "400 invalidSyntax",
  ],
  [
    "many objects of many names each",
    `[${Array(5)
      .fill(`{${names(900)}}`)
      .join(",")}]`,
    undefined,
  ],
  ["as many values as there may be", `[${"1,".repeat(bodyLimits.maxParts - 1)}1]`, undefined],
  ["more values", `[${"1,".repeat(bodyLimits.maxParts)}1]`, "413"],
  ["as many empty objects", `[${"{},".repeat(bodyLimits.maxParts / 2)}{}]`, "413"],
  ["commas and colons in strings", JSON.stringify([",:".repeat(bodyLimits.maxParts)]), undefined],
])("%s", (_what, text, refusal) => {
  expect(refusalOf(() => limitJsonText(padding + text))).toBe(refusal);
});

test("a Team of as many members as there may be, with all that is shown of them, is none too many", () => {
  const member = '{"value":"c","$ref":"x","display":"x","type":"User"}';
  const members = `${`${member},`.repeat(bodyLimits.maxReferences - 1)}${member}`;
  expect(refusalOf(() => limitJsonText(`{"displayName":"all","members":[${members}]}`))).toBeUndefined();
});

test("a short text is for the parser alone", () => {
  expect(refusalOf(() => limitJsonText(deep(1_000)))).toBeUndefined();
});

test("of any JSON it says of the depth what is said of the parsed value", () => {
  const json = fc.json({ maxDepth: 24 });
  fc.assert(
    fc.property(fc.oneof(json, fc.integer({ min: 1, max: 30 }).map(deep)), (text) => {
      expect(refusalOf(() => limitJsonText(padding + text))).toBe(
        refusalOf(() => limitDepth(JSON.parse(text))),
      );
    }),
  );
});
