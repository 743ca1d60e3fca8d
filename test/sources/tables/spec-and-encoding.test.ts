/** How files are named on a command line, and which bytes are text. */

import { describe, expect, test } from "vitest";
import { decode } from "../../../src/sources/tables/decode.ts";
import { requireBelowLimit } from "../../../src/sources/tables/exports/okta-exports.ts";
import { tableFilesOf } from "../../../src/sources/tables/table-spec.ts";
import { readDirectory } from "../../support/directory-in-files.ts";

describe("the names of files", () => {
  test.each([
    ["csv:people.csv", [{ file: "people.csv", format: "csv" }]],
    ["CSV:export.txt", [{ file: "export.txt", format: "csv" }]],
    [
      "people.tsv, groups.jsonl,m.JSON",
      [
        { file: "people.tsv", format: "csv" },
        { file: "groups.jsonl", format: "ndjson" },
        { file: "m.JSON", format: "json" },
      ],
    ],
    ["Data Platform=m.csv", [{ file: "m.csv", format: "csv", group: "Data Platform" }]],
    ["./a=b.csv", [{ file: "./a=b.csv", format: "csv" }]],
  ])("%s", (spec, files) => {
    expect(tableFilesOf(spec)).toEqual(files);
  });

  test.each(["okta", "entra", "scim:https://example.com/scim/v2", "company.yaml", ""])(
    "%j names no tables",
    (spec) => {
      expect(tableFilesOf(spec)).toBeUndefined();
    },
  );

  test.each([
    ["csv:", 'The name of a file is missing in "csv:".'],
    ["people.csv,,groups.csv", 'The name of a file is missing in "people.csv,,groups.csv".'],
    ["people.csv,groups", "The name groups does not say what kind of file it is."],
  ])("%s is refused", (spec, message) => {
    expect(() => tableFilesOf(spec)).toThrow(message);
  });
});

describe("bytes", () => {
  const text = "email,name\nada@example.com,Zoë\n";
  test.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${text}`)],
    ["UTF-16 LE with a mark", Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["UTF-16 LE without one", Buffer.from(text, "utf16le")],
    ["UTF-16 BE with a mark", Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
    ["UTF-16 BE without one", Buffer.from(text, "utf16le").swap16()],
    ["nothing", Buffer.alloc(0)],
  ])("%s is text", (name, bytes) => {
    expect(decode("f.csv", bytes)).toEqual({ kind: "text", text: name === "nothing" ? "" : text });
  });

  test.each([
    ["Windows-1252", Buffer.from(text, "latin1"), false],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0x0d]), false],
    ["UTF-8 cut within a character", Buffer.from("Zoë").subarray(0, 3), true],
    ["UTF-16 cut within a character", Buffer.from("\uFEFFab", "utf16le").subarray(0, 5), true],
    ["UTF-16 cut within a pair", Buffer.from("\uFEFFa😀", "utf16le").subarray(0, 6), true],
  ])("%s is none", (_, bytes, isCut) => {
    expect(decode("f.csv", bytes)).toMatchObject({ kind: "not-text", isCut });
  });
});

describe("the rows of a report of Okta's", () => {
  const place = () => ({ file: "r.csv", line: 1, column: 1, text: "" });
  const check = (count: number) => () => requireBelowLimit({ file: "r.csv", count, place });

  test.each([1_000_000, 5_000_000])("%d are a limit", (count) => {
    expect(check(count)).toThrow("at which Okta ends a report");
  });

  test.each([999_999, 1_000_001])("%d are none", (count) => {
    expect(check(count)).not.toThrow();
  });
});

describe("what Excel and reports put above the columns", () => {
  const rows = "email;firstName;groups\nada@example.com;Ada;\nbob@example.com;Bob;\n";

  test.each(["sep=;\n", "SEP=;\r\n", '\uFEFF"sep=;"\n'])(
    "%j says how cells are separated, and is no row",
    async (first) => {
      const { directory } = await readDirectory("people.csv", { "people.csv": first + rows });
      expect([...directory.users.keys()]).toEqual(["ada@example.com", "bob@example.com"]);
    },
  );

  test("the separator may be another one than the text suggests", async () => {
    const text = "sep=|\nemail|firstName\nada@example.com|Ada, Countess; of Lovelace\n";
    const { directory } = await readDirectory("people.csv", { "people.csv": text });
    expect(directory.users.get("ada@example.com")?.profile["firstName"]).toBe("Ada, Countess; of Lovelace");
  });

  test.each([
    ["Users of Acme\n", "line 2", "Remove the line above it"],
    ["Users of Acme;;\nExported 2026-12-01;;\n\n", "line 4", "Remove the 3 lines above it"],
  ])("a title is refused: %j", async (title, line, hint) => {
    await expect(readDirectory("people.csv", { "people.csv": title + rows })).rejects.toMatchObject({
      message: expect.stringContaining(`people.csv is in ${line}, below a title.`),
      hint: expect.stringContaining(hint),
    });
  });
});
