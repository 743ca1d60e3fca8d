/** RE2 and JavaScript's own engine say the same, wherever RE2 is asked. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { linearEngine } from "../../src/patterns/linear-engine.ts";
import { createPattern, type Pattern, type PatternSource } from "../../src/patterns/pattern.ts";
import { re2Notation } from "../../src/patterns/re2-notation.ts";
import { compileDotnetRegex } from "../../src/idp/entra/dotnet/regex.ts";
import { compileJavaRegex } from "../../src/idp/okta/expression/java-regex.ts";

const text = fc.string({
  unit: fc.constantFrom(
    ...Array.from("aAbBkKsS1 _-.@\n"),
    "\r",
    "\u2028",
    "\u00a0",
    "é",
    "É",
    "ſ",
    "\u212a",
    "ß",
    "😀",
    "\ud800",
    "٣",
  ),
  maxLength: 10,
});

const shared = [
  "a",
  "b",
  "k",
  "S",
  "1",
  "é",
  "ß",
  "😀",
  " ",
  "_",
  "@",
  ".",
  String.raw`\.`,
  "[ab]",
  "[^a]",
  "[a-k]",
  "^",
  "$",
];
const sets = Array.from("dDwWsSbB", (set) => `\\${set}`);
const categories = [
  String.raw`\p{L}`,
  String.raw`\p{Lu}`,
  String.raw`\P{L}`,
  String.raw`\p{Nd}`,
  String.raw`[\p{Lu}a]`,
];
const classes = [
  String.raw`[\w\-]`,
  String.raw`[^\s]`,
  String.raw`[\d.]`,
  String.raw`[^\w]`,
  String.raw`[\D1]`,
  String.raw`[\s\S]`,
];

/** Nothing that may be empty is repeated: how often is where the engines have their own minds. */
function expressions(atoms: readonly string[]): fc.Arbitrary<string> {
  const { node } = fc.letrec<{ node: string; some: string }>((tie) => {
    const atom = fc.constantFrom(...atoms);
    const some = fc.tuple(fc.constantFrom("a", "[ab]", String.raw`\w`, "."), tie("node"));
    return {
      node: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        atom,
        fc.tuple(tie("node"), tie("node")).map(([one, other]) => `${one}${other}`),
        fc.tuple(tie("node"), tie("node")).map(([one, other]) => `(?:${one}|${other})`),
        tie("node").map((inside) => `(${inside})`),
        tie("some"),
      ),
      some: fc
        .tuple(some, fc.constantFrom("*", "+", "?", "{2}", "{1,3}", "*?", "+?", "??"), fc.boolean())
        .map(([[first, rest], count, before]) => `(?:${before ? rest + first : first + rest})${count}`),
    };
  });
  return node;
}

const javascript = fc
  .record({
    source: expressions([...shared, ...sets, ...categories, ...classes]),
    flags: fc.tuple(fc.subarray(["i", "m", "s"]), fc.constant("u")).map((flags) => flags.flat().join("")),
  })
  .map(({ source, flags }): PatternSource => ({ written: source, source, flags }));

function backtracking({ source, flags }: PatternSource): RegExp {
  return new RegExp(source, `dg${flags}`);
}

describe("what RE2 and JavaScript's own engine say", () => {
  test("where there are matches, in any text", () => {
    fc.assert(
      fc.property(javascript, text, (written, input) => {
        const spans = createPattern(written)
          .matches(input)
          .map(({ spans: [whole] }) => whole);
        const expected = Array.from(input.matchAll(backtracking(written)), ({ indices }) => indices?.[0]);
        expect(spans.map((span) => [...span])).toEqual(expected);
      }),
      { numRuns: 1_500 },
    );
  });

  test("whether there is one", () => {
    fc.assert(
      fc.property(javascript, text, (written, input) => {
        expect(createPattern(written).test(input)).toBe(input.search(backtracking(written)) !== -1);
      }),
      { numRuns: 1_500 },
    );
  });

  test("what groups took that are not repeated", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(expressions(shared), fc.constantFrom("a", "b", "1")), {
          minLength: 1,
          maxLength: 3,
        }),
        text,
        (parts, input) => {
          const source = parts
            .map(([part, next]) => `(${part.replaceAll(/\((?!\?)/g, "(?:")})${next}`)
            .join("");
          const written = { written: source, source, flags: "u" };
          const taken = createPattern(written)
            .matches(input)
            .map(({ spans }) => spans.map((span) => span && [...span]));
          expect(taken).toEqual(
            Array.from(input.matchAll(backtracking(written)), ({ indices }) => [...(indices ?? [])]),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

const dotnet = expressions([
  ...shared,
  ...sets,
  ...categories,
  ...classes,
  String.raw`\A`,
  String.raw`\z`,
  String.raw`\Z`,
]);
const java = expressions([
  ...shared,
  ...sets,
  String.raw`\A`,
  String.raw`\z`,
  String.raw`\Z`,
  String.raw`\p{Alpha}`,
  String.raw`\Qa.b\E`,
]);

/** A look-ahead that always holds keeps an expression from RE2. */
describe.each<
  [who: string, compile: (pattern: string) => Pattern, expression: fc.Arbitrary<string>, keptFromRe2: string]
>([
  ["Entra's", (pattern) => compileDotnetRegex(pattern).pattern, dotnet, "(?=)"],
  ["Okta's", compileJavaRegex, java, "(?=)"],
])(
  "%s expressions mean the same in RE2 as in JavaScript's own engine",
  (_who, compile, expression, keptFromRe2) => {
    test.each(["", "(?i)", "(?m)", "(?s)", "(?im)"])("with %j", (options) => {
      fc.assert(
        fc.property(expression, text, (source, input) => {
          const inRe2 = compile(`${options}${source}`);
          const inJavaScript = compile(`${options}${keptFromRe2}(?:${source})`);
          expect(inRe2.test(input)).toBe(inJavaScript.test(input));
        }),
        { numRuns: 300 },
      );
    });
  },
);

test.each([
  "^[a-z]+$",
  "(a+)+",
  String.raw`[\w.+\-]+@[\w\-]+\.\w{2,}`,
  String.raw`^\s*(\S+)\s+(\S+)\s*$`.replaceAll(String.raw`\S`, "[^ ]"),
  String.raw`\bteam-\d+\b`,
])("an everyday expression is one that RE2 reads: %s", (source) => {
  expect(linearEngine(re2Notation({ source, flags: "u" })?.source ?? "(")).toBeDefined();
});
