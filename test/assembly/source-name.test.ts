/** What `--from SOURCE` names. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSourceName, sourceText, type SourceName } from "../../src/assembly/sources/source-name.ts";

describe("the name of a directory", () => {
  test.each<readonly [rule: string, text: string, name: SourceName]>([
    ["okta is the live Okta", "okta", { kind: "okta" }],
    ["entra is the live Entra ID", "entra", { kind: "entra" }],
    ["./okta is a file of that name", "./okta", { kind: "fixture", file: "./okta" }],
    ["any other name is a fixture", "company.yaml", { kind: "fixture", file: "company.yaml" }],
    [
      "a path of Windows is a file, whatever its drive",
      String.raw`C:\okta`,
      { kind: "fixture", file: String.raw`C:\okta` },
    ],
    ["scim: has a URL", "scim:https://a.example/v2", { kind: "scim", url: "https://a.example/v2" }],
    [
      "csv: says what a file holds, whatever it is called",
      "csv:people.txt",
      { kind: "tables", text: "csv:people.txt", files: [{ file: "people.txt", format: "csv" }] },
    ],
    [
      "the ending says it, too",
      "people.NDJSON",
      { kind: "tables", text: "people.NDJSON", files: [{ file: "people.NDJSON", format: "ndjson" }] },
    ],
    [
      "several tables are separated by commas",
      "users.csv,members.json",
      {
        kind: "tables",
        text: "users.csv,members.json",
        files: [
          { file: "users.csv", format: "csv" },
          { file: "members.json", format: "json" },
        ],
      },
    ],
  ])("%s", (_rule, text, name) => {
    expect(parseSourceName(text)).toEqual(name);
  });

  test("scim: alone names nothing", () => {
    expect(() => parseSourceName("scim: ")).toThrow("The URL after scim: is missing");
  });

  test("what it names can be written again", () => {
    const texts = fc.oneof(
      fc.constantFrom(
        "okta",
        "entra",
        "./okta",
        "a.csv",
        "csv:a.txt",
        "json:a,b.csv",
        "scim:https://x.example",
      ),
      fc.string({ minLength: 1 }).filter((text) => !/[,:=]|\.(?:csv|tsv|ndjson|jsonl|json)\s*$/i.test(text)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(sourceText(parseSourceName(text))).toBe(text);
      }),
    );
  });
});
