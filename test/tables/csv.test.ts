/** CSV as entries of a fixture, and what is wrong in it. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CellKind, Columns } from "../../src/tables/columns.ts";
import { readCsv } from "../../src/tables/csv.ts";
import { outcomeOf } from "../support/table-outcome.ts";

const columns: Columns = {
  kinds: new Map<string, CellKind>([
    ["email", "text"],
    ["firstName", "text"],
    ["assigned", "boolean"],
    ["members", "list"],
    ["profile", "json"],
  ]),
  open: "profile",
  required: [["email"]],
};

const read = (text: string) => outcomeOf(readCsv({ file: "people.csv", text }, columns));
const entries = (text: string) => read(text).entries;

describe("what CSV says", () => {
  test("the header names the keys, and an empty cell is no key", () => {
    expect(entries("email,firstName\na@x.org,Ada\nb@x.org,\n")).toEqual([
      { email: "a@x.org", firstName: "Ada" },
      { email: "b@x.org" },
    ]);
  });

  test.each([
    ["commas", "email,firstName\na@x.org,Ada\n"],
    ["semicolons", "email;firstName\na@x.org;Ada\n"],
    ["tabs", "email\tfirstName\na@x.org\tAda\n"],
    ["a byte order mark", "\uFEFFemail,firstName\na@x.org,Ada\n"],
    ["Windows line ends", "email,firstName\r\na@x.org,Ada\r\n"],
    ["line ends of both kinds", "email,firstName\r\na@x.org,Ada\n"],
    ["old Macintosh line ends", "email,firstName\ra@x.org,Ada"],
    ["no line end at the end", "email,firstName\na@x.org,Ada"],
    ["empty lines", "email,firstName\n\na@x.org,Ada\n\n"],
    ["quotes around everything", '"email","firstName"\n"a@x.org","Ada"\n'],
    ["spaces in the header", "email, firstName\na@x.org,Ada\n"],
  ])("%s make no difference", (_, text) => {
    expect(entries(text)).toEqual([{ email: "a@x.org", firstName: "Ada" }]);
  });

  test("a quoted cell may hold the separator, quotes and line breaks (RFC 4180 §2)", () => {
    expect(entries('email,firstName\na@x.org,"Ada, ""the first""\nof her name"\n')).toEqual([
      { email: "a@x.org", firstName: 'Ada, "the first"\nof her name' },
    ]);
  });

  test.each([
    ["true", "assigned", "TRUE", true],
    ["false", "assigned", "false", false],
    ["a list", "members", "a@x.org;b@x.org", ["a@x.org", "b@x.org"]],
    ["a JSON list", "members", '"[""a;b"",""c""]"', ["a;b", "c"]],
    ["an object", "profile", '"{""level"":3}"', { level: 3 }],
  ])("a cell can be %s", (_, column, cell, value) => {
    expect(entries(`email,${column}\na@x.org,${cell}\n`)).toEqual([{ email: "a@x.org", [column]: value }]);
  });

  test("profile.NAME is a text under profile, beside the column of the whole", () => {
    const text = 'email,profile.__proto__,profile.title,profile\na@x.org,x,007,"{""level"":3}"\n';
    const [entry] = entries(text) ?? [];
    expect(JSON.stringify(entry)).toBe(
      '{"email":"a@x.org","profile":{"level":3,"__proto__":"x","title":"007"}}',
    );
  });
});

describe("what is wrong in CSV, with its place", () => {
  test.each([
    ["nothing in it", "", ["1:1 people.csv is empty."]],
    ["no rows", "email\n", ["1:1 people.csv has no rows."]],
    [
      "an unknown column",
      "email,frstName\na@x.org,Ada\n",
      ['1:7 Unknown column "frstName". Did you mean "firstName"?'],
    ],
    ["a column without a name", "email,,firstName\na@x.org,,Ada\n", ["1:7 This column has no name."]],
    ["a column twice", "email,email\na@x.org,b\n", ['1:7 The column "email" is there twice.']],
    [
      "a column in the wrong place",
      "email,profile.firstName\na@x.org,Ada\n",
      ['1:7 "firstName" does not belong under "profile". Name the column firstName.'],
    ],
    ["no name for the entries", "firstName\nAda\n", ['1:1 The header has no column "email".']],
    [
      "a row that is too short",
      "email,firstName\na@x.org\nb@x.org,B\n",
      ["2:1 This row has 1 cell, but the header names 2 columns."],
    ],
    [
      "a cell too many",
      "email,firstName\na@x.org,Lovelace, Ada\n",
      ["2:1 This row has 3 cells, but the header names 2 columns."],
    ],
    [
      "a cut last row",
      "email,firstName\na@x.org,Ada\nb@x",
      ["3:1 This row has 1 cell, but the header names 2 columns. If the file was cut off, export it again."],
    ],
    [
      "an open quote",
      'email,firstName\na@x.org,"Ada\nb@x.org,B\n',
      ["2:9 The quotation mark of this cell is never closed."],
    ],
    [
      "text behind a quote",
      'email,firstName\na@x.org,"Ada"x\n',
      ["2:9 There is text after the closing quotation mark of this cell."],
    ],
    [
      "an attribute in two columns",
      'email,profile.level,profile\na@x.org,4,"{""level"":3}"\n',
      ['2:1 This row has "profile.level" in two columns.'],
    ],
  ])("%s", (_, text, told) => {
    const { mistakes } = read(text);
    expect(mistakes?.map((mistake, index) => mistake.slice(0, told[index]?.length))).toEqual(told);
  });

  test("more rows than a million", () => {
    const { mistakes } = read(`email\n${"a\n".repeat(1_000_001)}`);
    expect(mistakes).toEqual([expect.stringMatching(/^1000002:1 people.csv has more than 1,000,000 rows/)]);
  });

  test("no text breaks it: it is a table, or has a mistake with a place in it", () => {
    const pieces = fc.constantFrom("email", "a", ",", ";", '"', "\n", "\r", " ", "profile.x", "\uFEFF");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (text) => {
        const { entries: all, mistakes } = read(text.join(""));
        expect(all === undefined).toBe((mistakes ?? []).length > 0);
      }),
    );
  });
});

test("the place of a value is its cell, also behind quotes with separators and line breaks", () => {
  const { table } = read('email,firstName,assigned\n"a,""\n,",Ada,true\nb,"B\n,B",maybe\n');
  expect(table?.place(0, ["firstName"])).toMatchObject({ line: 3, column: 4 });
  expect(table?.place(1, ["assigned"])).toMatchObject({
    file: "people.csv",
    line: 5,
    column: 5,
    text: ',B",maybe',
  });
  expect(table?.place(1, ["id"])).toMatchObject({ line: 4, column: 1 });
});
