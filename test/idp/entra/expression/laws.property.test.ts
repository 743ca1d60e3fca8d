import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { seededDraw } from "../../../../src/fault/seeded-random.ts";
import { ExpressionError } from "../../../../src/idp/entra/expression/expression-error.ts";
import { functionNames } from "../../../../src/idp/entra/expression/functions/functions.ts";
import { textOf } from "../../../../src/idp/entra/expression/values.ts";
import { evaluateEntra } from "../../../support/entra-expression.ts";

/** Characters with which something may go wrong: marks, letters of several units, signs of patterns and replacements. */
const character = fc.constantFrom(...Array.from("aBzZ09 '-_.,$\\\"()éßØǖİ\u0308\u0301Жガ한👩\u200d"));
const text = fc.string({ unit: character, maxLength: 12 });
const present = fc.string({ unit: character, minLength: 1, maxLength: 12 });
const units = fc.array(fc.integer({ min: 0, max: 0xff_ff }), { maxLength: 20 });
const anyText = units.map((codes) => String.fromCharCode(...codes));
const maybe = fc.option(text, { nil: null });
const date = fc
  .date({ min: new Date("1601-01-01T00:00:00Z"), max: new Date("5000-01-01T00:00:00Z"), noInvalidDate: true })
  .map((one) => new Date(Math.floor(one.getTime() / 1000) * 1000));

describe("laws that hold for every value", () => {
  test("Switch with one key is IIF on that key, where the source is there", () => {
    fc.assert(
      fc.property(present, present, text, text, (x, key, yes, no) => {
        const attributes = { x, key, yes, no };
        expect(evaluateEntra("Switch([x], [no], [key], [yes])", attributes)).toBe(
          evaluateEntra("IIF([x] = [key], [yes], [no])", attributes),
        );
      }),
      { numRuns: 50 },
    );
  });

  test("<> is the opposite of =, and <= of >, in CBool", () => {
    fc.assert(
      fc.property(fc.oneof(maybe, fc.integer()), fc.oneof(maybe, fc.integer()), (a, b) => {
        const holds = (operator: string): unknown => evaluateEntra(`CBool([a] ${operator} [b])`, { a, b });
        expect(holds("<>")).toBe(!(holds("=") === true));
        expect(holds("<=")).toBe(!(holds(">") === true));
        expect(holds(">=")).toBe(!(holds("<") === true));
      }),
      { numRuns: 50 },
    );
  });

  test("Coalesce is the first that is not null", () => {
    fc.assert(
      fc.property(maybe, maybe, maybe, (a, b, c) => {
        expect(evaluateEntra("Coalesce([a], [b], [c])", { a, b, c })).toBe(a ?? b ?? c);
        expect(evaluateEntra("Coalesce(Coalesce([a], [b]), [c])", { a, b, c })).toBe(a ?? b ?? c);
      }),
      { numRuns: 50 },
    );
  });

  test("IsPresent is not IsNullOrEmpty", () => {
    fc.assert(
      fc.property(maybe, (x) => {
        expect(evaluateEntra("IsPresent([x])", { x })).toBe(evaluateEntra("Not(IsNullOrEmpty([x]))", { x }));
      }),
      { numRuns: 50 },
    );
  });

  test("NormalizeDiacritics twice is NormalizeDiacritics once, and leaves ASCII alone", () => {
    fc.assert(
      fc.property(text, fc.string(), (x, ascii) => {
        const once = evaluateEntra("NormalizeDiacritics([x])", { x });
        expect(evaluateEntra("NormalizeDiacritics(NormalizeDiacritics([x]))", { x })).toBe(once);
        expect(evaluateEntra("NormalizeDiacritics([x])", { x: ascii })).toBe(ascii);
      }),
      { numRuns: 50 },
    );
  });

  test("ConvertToBase64 is UTF-16 with the low byte first", () => {
    fc.assert(
      fc.property(anyText, (x) => {
        const encoded = textOf(evaluateEntra("ConvertToBase64([x])", { x }));
        expect(Buffer.from(encoded, "base64").toString("utf16le")).toBe(x);
      }),
      { numRuns: 50 },
    );
  });

  test("ConvertToUTF8Hex is UTF-8", () => {
    fc.assert(
      fc.property(text, (x) => {
        const encoded = textOf(evaluateEntra("ConvertToUTF8Hex([x])", { x }));
        expect(Buffer.from(encoded, "hex").toString("utf8")).toBe(x);
        expect(encoded).toBe(encoded.toUpperCase());
      }),
      { numRuns: 50 },
    );
  });

  test("Left and Mid together are the whole", () => {
    fc.assert(
      fc.property(anyText, fc.nat({ max: 30 }), (x, n) => {
        const whole = `Append(Left([x], ${n}), Mid([x], ${n + 1}, Len([x])))`;
        expect(evaluateEntra(whole, { x })).toBe(x);
      }),
      { numRuns: 50 },
    );
  });

  test("Word gives what lies between the delimiters", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(words, (all) => {
        const found = all.map((_, index) =>
          evaluateEntra(`Word([x], ${index + 1}, "-+")`, { x: all.join("+-") }),
        );
        expect(found).toEqual(all);
      }),
      { numRuns: 50 },
    );
  });

  test("a text replaced by itself is unchanged", () => {
    fc.assert(
      fc.property(text, present, (x, old) => {
        expect(evaluateEntra("Replace([x], [old], , , [old], , )", { x, old })).toBe(x);
      }),
      { numRuns: 50 },
    );
  });

  test("DateFromNum undoes NumFromDate, and CDate leaves its own dates alone", () => {
    fc.assert(
      fc.property(date, (one) => {
        const x = one.toISOString();
        const cdate = evaluateEntra("CDate([x])", { x });
        expect(evaluateEntra("DateFromNum(NumFromDate([x]))", { x })).toBe(cdate);
        expect(evaluateEntra("CDate(CDate([x]))", { x })).toBe(cdate);
      }),
      { numRuns: 20 },
    );
  });

  test("DateDiff is negative the other way round, and counts what DateAdd added", () => {
    const interval = fc.constantFrom("yyyy", "m", "d", "ww", "h", "n", "s");
    fc.assert(
      fc.property(date, interval, fc.integer({ min: -1000, max: 1000 }), (one, unit, count) => {
        const x = one.toISOString();
        const later = `DateAdd("${unit}", ${count}, CDate([x]))`;
        const there = evaluateEntra(`DateDiff("${unit}", CDate([x]), ${later})`, { x });
        expect(there).toBe(count);
        expect(Number(evaluateEntra(`DateDiff("${unit}", ${later}, CDate([x]))`, { x })) + count).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  test("RandomString has what was asked for, and nothing that was to be avoided", () => {
    const minimum = fc.nat({ max: 5 });
    fc.assert(
      fc.property(fc.tuple(minimum, minimum, minimum, minimum), minimum, fc.nat(), (minima, more, seed) => {
        const random = seededDraw(seed, 0);
        const length = minima.reduce((sum, one) => sum + one, more);
        const drawn = textOf(
          evaluateEntra(`RandomString(${length}, ${minima.join(", ")}, "0O?")`, {}, { random }),
        );
        const counts = [/\d/g, /[^a-zA-Z0-9]/g, /[A-Z]/g, /[a-z]/g].map(
          (kind) => drawn.match(kind)?.length ?? 0,
        );
        expect(drawn).toHaveLength(length);
        expect(drawn).not.toMatch(/[0O?]/);
        expect(counts.every((count, index) => count >= (minima[index] ?? 0))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test("Guid is a UUID of version 4 (RFC 9562 §5.4), and another one each time", () => {
    const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
    const found = new Set(
      Array.from({ length: 100 }, () => evaluateEntra("Guid()", {}, { random: Math.random })),
    );
    expect(found.size).toBe(100);
    for (const one of found) expect(one).toMatch(uuid);
  });
});

describe("whatever the text, the answer is a value or an ExpressionError", () => {
  const part = fc.constantFrom(
    ...functionNames.map((name) => `${name}(`),
    "[mail]",
    "[appRoleAssignments]",
    '"a"',
    '"(?<n>a)"',
    '"yyyy-MM-dd"',
    "-1",
    "&HF",
    "vbTextCompare",
    "=",
    "<>",
    ",",
    ", ,",
    ")",
    "))",
  );
  const call = fc
    .tuple(
      fc.constantFrom(...functionNames),
      fc.array(fc.constantFrom("[mail]", '"a"', "3", "Now()", ""), { maxLength: 7 }),
    )
    .map(([name, values]) => `${name}(${values.join(",")})`);

  test.each([
    ["any text", fc.string()],
    ["parts of expressions in any order", fc.array(part).map((parts) => parts.join(" "))],
    ["calls with any arguments", call],
  ])("%s", (_name, source) => {
    fc.assert(
      fc.property(source, (one) => {
        const error = errorOf(() =>
          evaluateEntra(one, { mail: "ada@example.com", appRoleAssignments: ["Admin"] }),
        );
        expect(error ?? new ExpressionError("")).toBeInstanceOf(ExpressionError);
      }),
      { numRuns: 100 },
    );
  });
});

function errorOf(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}
