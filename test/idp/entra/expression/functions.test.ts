import { describe, expect, test } from "vitest";

import { seededDraw } from "../../../../src/fault/seeded-random.ts";
import { isRedacted, referencesIn } from "../../../../src/idp/entra/expression/ast.ts";
import { ExpressionError } from "../../../../src/idp/entra/expression/expression-error.ts";
import { parseExpression } from "../../../../src/idp/entra/expression/parse.ts";
import { textOf, type ExpressionValue } from "../../../../src/idp/entra/expression/values.ts";
import { evaluateEntra, type Attributes } from "../../../support/entra-expression.ts";

const ada: Attributes = {
  givenName: "Ada",
  surname: "Lovelace",
  empty: "",
  letter: "x",
  employees: 3,
  numberText: "42",
  accountEnabled: true,
  IsSoftDeleted: false,
  mails: ["a@b.c", "d@e.f"],
  nobody: [],
};

type Case = [rule: string, source: string, expected: ExpressionValue];

describe("text", () => {
  test.each<Case>([
    ["Append to nothing is nothing", 'Append([missing], ".test")', null],
    ["Append to an empty text", 'Append([empty], ".test")', ".test"],
    ["Append a number", 'Append("x", [employees])', "x3"],
    ["Append a boolean: True", 'Append("x", [accountEnabled])', "xTrue"],
    ["InStr: 0 where it is absent", 'InStr("abc", "x")', 0],
    ["InStr minds case by default", 'InStr("ABC", "b")', 0],
    ["InStr vbTextCompare ignores case", 'InStr("ABC", "b", 1, vbTextCompare)', 2],
    ["InStr with an empty start", 'InStr("ABC", "b", , vbTextCompare)', 2],
    ["InStr in nothing", 'InStr([missing], "b")', 0],
    ["Join joins every value of a multi-valued attribute", 'Join("; ", [mails], "x")', "a@b.c; d@e.f; x"],
    ["Join leaves out what is empty", 'Join("-", [missing], "a", [empty], "b", [nobody])', "a-b"],
    ["Join with an empty separator", 'Join("", "a", "b")', "ab"],
    ["Left: 0 is empty", 'Left("abc", 0)', ""],
    ["Left: negative is everything", 'Left("abc", -1)', "abc"],
    ["Left: more than there is", 'Left("abc", 9)', "abc"],
    ["Left of nothing is empty", "Left([missing], 2)", ""],
    ["Len", "Len([surname])", 8],
    ["Len of nothing", "Len([missing])", 0],
    ["Mid counts from 1", 'Mid("abcdef", 2, 3)', "bcd"],
    ["Mid is clipped at the end", 'Mid("abc", 2, 9)', "bc"],
    ["Mid behind the end", 'Mid("abc", 4, 1)', ""],
    ["Mid of nothing", "Mid([missing], 1, 1)", null],
    ["NormalizeDiacritics leaves other scripts alone", 'NormalizeDiacritics("Йガ한")', "Йガ한"],
    [
      "PCase: an apostrophe is within a word for ToTitleCase",
      `PCase("o'neil smith-jones")`,
      "O'neil Smith-Jones",
    ],
    ["PCase: digits begin no word for ToTitleCase", 'PCase("1st")', "1St"],
    ["PCase: underscores and slashes separate", 'PCase("a_b/c+d")', "A_B/C+D"],
    ["PCase: separators given are the only ones", 'PCase("a b-c", "-")', "A b-C"],
    ["StripSpaces takes U+0020 only", 'StripSpaces("a b\tc\u00a0d")', "ab\tc\u00a0d"],
    ["ToLower, invariant", 'ToLower("ÀΣİ")', "àσİ"],
    ["ToUpper, invariant: one letter stays one", 'ToUpper("straße i")', "STRAßE I"],
    ["ToUpper by culture", 'ToUpper("istanbul", "tr-TR")', "İSTANBUL"],
    ["ToLower by culture", 'ToLower("ILGIN", "tr-TR")', "ılgın"],
    ["Word: less than 1", 'Word("a b", 0, " ")', ""],
    ["Word: of nothing", 'Word([missing], 1, " ")', ""],
    ["Word: too few words", 'Word("a b", 3, " ")', ""],
    ["Word: delimiters in a row hold no word", 'Word("a,, b", 2, ", ")', "b"],
  ])("%s: %s", (_rule, source, expected) => {
    expect(evaluateEntra(source, ada)).toBe(expected);
  });
});

describe("conditions", () => {
  test.each<Case>([
    ["Coalesce: an empty text is not null", 'Coalesce([empty], "x")', ""],
    ["Coalesce: all null, no default", "Coalesce([missing], [absent])", null],
    ["Coalesce: the default may be empty", 'Coalesce([missing], "")', ""],
    ["IIF: numbers by value", 'IIF([employees] >= 3, "many", "few")', "many"],
    ["IIF: a number and a text that writes one", 'IIF([numberText] > 5, "more", "less")', "more"],
    ["IIF: texts by their characters", 'IIF("b" > "a", "yes", "no")', "yes"],
    ["IIF: dates by time", 'IIF(CDate("2021-10-01") > CDate("2021-09-30"), "later", "earlier")', "later"],
    ["IIF minds case", 'IIF([givenName] = "ada", "yes", "no")', "no"],
    ["IIF <>", 'IIF([givenName] <> "Grace", "yes", "no")', "yes"],
    ["IIF <=", 'IIF([employees] <= 2, "yes", "no")', "no"],
    ["IIF <", 'IIF([employees] < 4, "yes", "no")', "yes"],
    ["IIF: a boolean attribute", 'IIF([accountEnabled], "on", "off")', "on"],
    ["IIF: a branch may be empty", 'IIF([givenName] = "Ada", , "x")', null],
    ['IIF fails on an empty attribute: = ""', 'IIF([missing] = "", "Other", "fails")', "fails"],
    ["IIF fails on an empty attribute: <>", 'IIF([missing] <> "USA", "abroad", "fails")', "fails"],
    [
      "IIF fails on an empty attribute: IsNullOrEmpty",
      'IIF(IsNullOrEmpty([missing]), "Other", "fails")',
      "fails",
    ],
    ["IIF fails on an empty attribute: Not", 'IIF(Not(IsPresent([missing])), "Other", "fails")', "fails"],
    ["IIF: IsPresent of what is there", 'IIF(IsPresent([givenName]), "yes", "no")', "yes"],
    ["IIF: the branch not taken cannot fail", 'IIF([employees] = 3, "ok", Mid("x", 0, 1))', "ok"],
    ["CBool: a number", "CBool([employees])", true],
    ["CBool: zero", "CBool(0)", false],
    ["CBool: a text that writes a boolean", 'CBool("true")', true],
    ["CBool: nothing", "CBool([missing])", false],
    ["CBool: two attributes that are both missing are the same", "CBool([missing] = [absent])", true],
    ["IsNull of an empty text", "IsNull([empty])", false],
    ["IsNullOrEmpty of a list without values", "IsNullOrEmpty([nobody])", true],
    ["IsPresent of an empty text", "IsPresent([empty])", false],
    ["IsString of a number", "IsString([employees])", false],
    ["IsString of a text", "IsString([givenName])", true],
    ["Not of True", 'Not("True")', false],
    ["Not of a boolean", "Not([IsSoftDeleted])", true],
    ["Not of whatever is not true", 'Not("maybe")', true],
    [
      "Switch: a boolean attribute is True or False",
      'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
      "True",
    ],
    ["Switch: no default, no match", 'Switch("x", , "a", "b")', null],
    ["Switch: an empty default", 'Switch("x", "", "a", "b")', ""],
    ["Switch minds case", 'Switch("A", "default", "a", "1")', "default"],
    ['Switch: the key "" is that of a missing source', 'Switch([missing], "default", "", "1")', "1"],
    ["Switch: the first key counts", 'Switch("a", , "a", "1", "a", "2")', "1"],
  ])("%s: %s", (_rule, source, expected) => {
    expect(evaluateEntra(source, ada)).toBe(expected);
  });

  test.each<[rule: string, unchanged: readonly string[], expected: string | null]>([
    ["null where no attribute of its source changed", ["companyName", "displayName"], null],
    ["the value where one did", ["displayName"], "A"],
  ])("the documented trap of Switch, when asked for: %s", (_rule, unchanged, expected) => {
    const value = evaluateEntra(
      'Switch([companyName], "External", "Company A", "A")',
      { companyName: "Company A" },
      { switchNullBug: (attribute) => unchanged.includes(attribute) },
    );
    expect(value).toBe(expected);
  });

  test("a Switch over two attributes of which one changed is in no trap", () => {
    const context = { switchNullBug: (attribute: string): boolean => attribute === "a" };
    expect(evaluateEntra('Switch(Join("", [a], [b]), , "12", "yes")', { a: "1", b: "2" }, context)).toBe(
      "yes",
    );
  });

  test("a Switch over no attribute is in no trap", () => {
    expect(evaluateEntra('Switch("a", , "a", "1")', {}, { switchNullBug: () => true })).toBe("1");
  });
});

describe("lists", () => {
  test.each<Case>([
    ["Count", "Count([mails])", 2],
    ["Count of nothing", "Count([missing])", 0],
    ["Count of one value", "Count([givenName])", 1],
    ["Item counts from 1", "Item([mails], 2)", "d@e.f"],
    ["Item behind the end", "Item([mails], 3)", null],
    ["RemoveDuplicates minds case", 'RemoveDuplicates(Split("a,A,a", ","))', ["a", "A"]],
    ["Split of an empty text", 'Split([empty], ",")', []],
    ["Split, then Join", 'Join("+", Split("a, b ,c", ","))', "a+b+c"],
  ])("%s: %s", (_rule, source, expected) => {
    expect(evaluateEntra(source, ada)).toEqual(expected);
  });
});

describe("conversion", () => {
  test.each<Case>([
    ["BitAnd of attributes", "BitAnd([numberText], 10)", 10],
    ["BitAnd beyond 32 bits", "BitAnd(&H1FFFFFFFF, &H100000001)", 4_294_967_297],
    ["BitAnd of negative numbers", "BitAnd(-1, 255)", 255],
    ["ConvertToBase64 of a letter beyond Latin", 'ConvertToBase64("Ж€")', "FgSsIA=="],
    ["ConvertToUTF8Hex of a letter beyond ASCII", 'ConvertToUTF8Hex("é")', "C3A9"],
    ["CStr of a number", "CStr([employees])", "3"],
    ["CStr of a boolean", "CStr([accountEnabled])", "True"],
    ["CStr of nothing", "CStr([missing])", null],
    ["DefaultDomain", 'Join("@", "ada", DefaultDomain())', "ada@contoso.onmicrosoft.com"],
    ["Redact: the value flows", "Redact([givenName])", "Ada"],
    ["IgnoreFlowIfNullOrEmpty keeps what is there", "IgnoreFlowIfNullOrEmpty([accountEnabled])", true],
    [
      "a FILETIME is written with all its digits",
      'CStr(NumFromDate("2020-12-31T00:00:00Z"))',
      "132538464000000000",
    ],
  ])("%s: %s", (_rule, source, expected) => {
    expect(evaluateEntra(source, ada)).toBe(expected);
  });
});

describe("dates", () => {
  test.each<Case>([
    ["CDate of nothing", "CDate([missing])", null],
    ["CDate: a day in the American form", 'CDate("3/16/2020")', "3/16/2020 12:00:00 AM"],
    ["CDate: noon", 'CDate("3/16/2020 12:05 pm")', "3/16/2020 12:05:00 PM"],
    ["CDate: 24 hours", 'CDate("3/16/2020 23:05:09")', "3/16/2020 11:05:09 PM"],
    ["CDate: a blank in front of the offset", 'CDate("2020-12-31 23:59:59 -08:00")', "1/1/2021 7:59:59 AM"],
    ["CDate: fractions", 'CDate("2020-12-31T23:59:59.1234567Z")', "12/31/2020 11:59:59 PM"],
    ["CDate: RFC 1123", 'CDate("Mon, 15 Jun 2009 20:45:30 GMT")', "6/15/2009 8:45:30 PM"],
    ["CDate: a month's name", 'CDate("June 15, 2009")', "6/15/2009 12:00:00 AM"],
    [
      "DateAdd: at most the last of the month",
      'DateAdd("m", 1, CDate("2024-01-31"))',
      "2/29/2024 12:00:00 AM",
    ],
    [
      "DateAdd: a year on from 29 February",
      'DateAdd("yyyy", 1, CDate("2024-02-29"))',
      "2/28/2025 12:00:00 AM",
    ],
    ["DateAdd: back over the year", 'DateAdd("m", -13, CDate("2024-01-15"))', "12/15/2022 12:00:00 AM"],
    ["DateAdd: hours", 'DateAdd("h", 25, Now())', "8/26/2021 6:41:18 PM"],
    ["DateAdd: minutes", 'DateAdd("n", -42, Now())', "8/25/2021 4:59:18 PM"],
    ["DateAdd: seconds", 'DateAdd("s", 43, Now())', "8/25/2021 5:42:01 PM"],
    ["DateAdd to nothing", 'DateAdd("d", 1, CDate([missing]))', null],
    ["DateDiff with nothing", 'DateDiff("d", Now(), CDate([missing]))', null],
    [
      "DateDiff: 23 hours over midnight are no day",
      'DateDiff("d", CDate("2021-08-24T12:00Z"), CDate("2021-08-25T11:00Z"))',
      0,
    ],
    ["DateDiff: weeks by their Sundays", 'DateDiff("ww", CDate("2021-08-28"), CDate("2021-08-29"))', 1],
    ["DateDiff: years by the calendar", 'DateDiff("yyyy", CDate("2021-12-31"), CDate("2022-01-01"))', 1],
    ["FormatDateTime of nothing", 'FormatDateTime([missing], , "yyyy", "yyyy")', null],
    [
      "FormatDateTime: an offset is converted to UTC",
      'FormatDateTime("2020-12-31+08:00", , "yyyy-MM-ddzzz", "s")',
      "2020-12-30T16:00:00",
    ],
    ["FormatDateTime: blanks around are allowed", 'FormatDateTime(" 2020 ", , "yyyy", "yyyy")', "2020"],
    [
      "FormatDateTime: what CDate makes",
      'FormatDateTime(CDate("2021-06-30"), , "M/d/yyyy h:mm:ss tt", "dd.MM.yyyy")',
      "30.06.2021",
    ],
    [
      "FormatDateTime: blanks within by style",
      'FormatDateTime("2020 -12", "DateTimeStyles.AllowInnerWhite", "yyyy-MM", "yyyy/MM")',
      "2020/12",
    ],
    [
      "FormatDateTime: several styles; the year 1 in place of this year",
      'FormatDateTime("31 12", "NoCurrentDateDefault, AdjustToUniversal", "dd MM", "yyyy-MM-dd")',
      "0001-12-31",
    ],
  ])("%s: %s", (_rule, source, expected) => {
    expect(evaluateEntra(source, ada)).toBe(expected);
  });
});

describe("Replace", () => {
  test.each<Case>([
    ["every occurrence, literally", 'Replace("a.b.c", ".", , , "$&", , )', "a$&b$&c"],
    ["minds case", 'Replace("Aa", "a", , , "x", , )', "Ax"],
    ["every occurrence of oldValue in the template", 'Replace([givenName], "X", , , , , "X-X")', "Ada-Ada"],
    ["nothing stays nothing", 'Replace([missing], "a", , , "x", , )', null],
    ["nothing makes no template", 'Replace([missing], "X", , , , , "X@b.c")', null],
    ["a group by its number", 'Replace("ab", , "(a)(b)", , "$2$1", , )', "ba"],
    ["named groups count behind those without a name", 'Replace("ab", , "(?<n>a)(b)", , "$1-$2", , )', "b-a"],
    ["only the text of the group", 'Replace("x1 y2", , "[a-z](?<n>[0-9])", "n", "#", , )', "x# y#"],
    ["what a group took twice is replaced once", 'Replace("ab", , "(?=(?<n>ab|b))", "n", "#", , )', "#"],
    ["a group that took no part", 'Replace("b", , "(?<n>a)?b", "n", "#", , )', "b"],
    ["a source that is there stays", 'Replace("x", , "(?<n>.)", "n", , [givenName], )', "x"],
    [
      "a missing source is taken from the other attribute",
      'Replace([missing], , "^(?<n>.)", "n", , [givenName], )',
      "A",
    ],
    ["no match in the other attribute", 'Replace([missing], , "(?<n>[0-9])", "n", , [givenName], )', null],
    ["a pattern from an attribute", 'Replace("a1", , [digits], , "", , )', "a"],
  ])("%s: %s", (_rule, source, expected) => {
    expect(evaluateEntra(source, { ...ada, digits: String.raw`\d` })).toBe(expected);
  });
});

describe("RandomString", () => {
  const drawn = (source: string): readonly string[] =>
    Array.from({ length: 40 }, (_, seed) =>
      textOf(evaluateEntra(source, {}, { random: seededDraw(seed, 0) })),
    );

  test("what the minima leave over are letters and digits", () => {
    for (const one of drawn("RandomString(50,0,0,0,0)")) expect(one).toMatch(/^[a-zA-Z0-9]{50}$/);
  });

  test("the kinds of characters stand in no fixed order", () => {
    const orders = drawn("RandomString(2,1,0,0,1)").map((one) =>
      one.replace(/\d/, "1").replace(/[a-z]/, "a"),
    );
    expect(new Set(orders)).toEqual(new Set(["1a", "a1"]));
  });
});

describe("app roles", () => {
  const roles = { appRoleAssignments: ["Admin", "User"] };
  const role = { primary: false, type: "WindowsAzureActiveDirectoryRole" };

  test("AppRoleAssignmentsComplex, Example Request (POST)", () => {
    expect(evaluateEntra("AppRoleAssignmentsComplex([appRoleAssignments])", roles)).toEqual([
      { ...role, displayName: "Admin", value: "Admin" },
      { ...role, displayName: "User", value: "User" },
    ]);
  });

  test("AssertiveAppRoleAssignmentsComplex, Example Request (POST)", () => {
    expect(evaluateEntra("AssertiveAppRoleAssignmentsComplex([appRoleAssignments])", roles)).toEqual([
      { ...role, display: "Admin", value: "Admin" },
      { ...role, display: "User", value: "User" },
    ]);
  });

  test("SingleAppRoleAssignment is the name of the role; several fail as in azure-docs#42487", () => {
    const source = "SingleAppRoleAssignment([appRoleAssignments])";
    expect(evaluateEntra(source, { appRoleAssignments: ["Admin"] })).toBe("Admin");
    expect(evaluateEntra(source)).toBe(null);
    expect(() => evaluateEntra(source, roles)).toThrow(
      new ExpressionError(
        "An error occurred while evaluating this function: 'SingleAppRoleAssignment'. " +
          "No more than one app role assignment was expected, but this many were found: 2.",
      ),
    );
  });
});

describe("what cannot be evaluated fails, with the function's name", () => {
  test.each<[source: string, failure: string]>([
    ['Mid("abc", 0, 1)', "'Mid'. start must be 1 or more."],
    ['Mid("abc", 1, -1)', "'Mid'. length must not be negative."],
    ['InStr("abc", "b", 0)', "'InStr'. start must be 1 or more."],
    ['Left("abc", "x")', `'Left'. numChars must be a whole number, not "x".`],
    ["Item([mails], 0)", "'Item'. index must be 1 or more."],
    ['Split("a", "")', "'Split'. delimiter is an empty string."],
    [
      "StripSpaces([mails])",
      "'StripSpaces'. A multi-valued attribute is not a string; Join makes a string of it, Item takes one of its values.",
    ],
    ["BitAnd([givenName], 1)", "'BitAnd'. value1 must be a whole number."],
    ['ToUpper("a", "not a culture")', `'ToUpper'. "not a culture" is not a culture, such as "tr-TR".`],
    ['CBool("maybe")', `'CBool'. "maybe" is neither true nor false.`],
    ['CDate("soon")', `'CDate'. "soon" is not a date.`],
    ['CDate("2021-02-29")', `'CDate'. "2021-02-29" is not a date.`],
    [
      "DateAdd([surname], 1, Now())",
      `'DateAdd'. interval must be one of yyyy, m, d, ww, h, n, s, not "Lovelace".`,
    ],
    [
      'DateAdd("d", 1, "2021-06-30")',
      `'DateAdd'. dateTime is "2021-06-30"; CDate converts a string to a date.`,
    ],
    ['DateAdd("yyyy", 9000, Now())', "'DateAdd'. The date is not in the years 1 to 9999."],
    ['NumFromDate("1600-12-31")', `'NumFromDate'. "1600-12-31" is before 1601.`],
    ['FormatDateTime("x", , "yyyy", "yyyy")', `'FormatDateTime'. "x" is not a date in the format yyyy.`],
    [
      'FormatDateTime("2020", [surname], "yyyy", "yyyy")',
      `'FormatDateTime'. "Lovelace" is not one of .NET's DateTimeStyles.`,
    ],
    ['FormatDateTime("2020", , "yyyy", [letter])', `'FormatDateTime'. "x" is not a date format.`],
    ['Replace("a", "", , , "x", , )', "'Replace'. oldValue is an empty string."],
    [
      'Replace("a", , [givenName], [surname], "x", , )',
      "'Replace'. The regular expression has no group named Lovelace.",
    ],
    ["RandomString(257,0,0,0,0)", "'RandomString'. length must be 256 or less."],
    ["RandomString(3,1,1,1,1)", "'RandomString'. length must be at least the sum of the minima."],
    ["RandomString(3,-1,1,1,1)", "'RandomString'. A minimum must not be negative."],
    [
      'RandomString(1,1,0,0,0,"0123456789")',
      "'RandomString'. charactersToAvoid leaves no characters to choose from.",
    ],
    ['Append("x", Mid("abc", 0, 1))', "'Mid'. start must be 1 or more."],
  ])("%s", (source, failure) => {
    expect(() => evaluateEntra(source, ada)).toThrow(
      new ExpressionError(`An error occurred while evaluating this function: ${failure}`),
    );
  });

  test("a text of two attributes is no longer than the limit either", () => {
    const long = "x".repeat(32_769);
    expect(evaluateEntra("Append([a], [b])", { a: long, b: long.slice(2) })).toHaveLength(65_536);
    expect(() => evaluateEntra("Append([a], [b])", { a: long, b: long })).toThrow(/longer than 65536/);
  });

  test("texts do not grow without end", () => {
    const grow = (inner: string): string => `Replace(${inner}, "a", , , "${"a".repeat(300)}", , )`;
    const matches = (inner: string): string => `Replace(${inner}, , "a", , "${"a".repeat(300)}", , )`;
    const pairs = (inner: string): string => `Join("", ${`${inner},`.repeat(9)} "b")`;
    for (const source of [
      grow(grow(grow('"aa"'))),
      matches(matches(matches('"aa"'))),
      pairs(grow(grow('"a"'))),
    ]) {
      expect(() => evaluateEntra(source)).toThrow(/longer than 65536 characters/);
    }
  });
});

describe("what an expression says of itself", () => {
  test("referencesIn: every attribute, in order, with its place", () => {
    const names = referencesIn(parseExpression('IIF([a] = [b], Join(" ", [c], "x"), [d])'));
    expect(names.map(({ name, at }) => `${name}@${at}`)).toEqual(["a@4", "b@10", "c@25", "d@36"]);
  });

  test.each([
    ["Redact([mail])", true],
    ['Append(Redact([mail]), "x")', true],
    ['IIF(Redact([a]) = "x", [b], [c])', true],
    ['Append([mail], "Redact")', false],
  ])("isRedacted: %s", (source, expected) => {
    expect(isRedacted(parseExpression(source))).toBe(expected);
  });
});
