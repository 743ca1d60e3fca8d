/** Messages, help, pages and examples are in plain, usual English: phrases that are not are listed here, with what to write. */

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

interface Phrase {
  readonly found: RegExp;
  readonly instead: string;
}

/** Nowhere, in comments neither. */
const stiff: readonly Phrase[] = [
  { found: /\bfor ever\b/i, instead: "forever" },
  { found: /\bso long as\b/i, instead: "as long as, if" },
  { found: /\bsave for\b/i, instead: "except" },
  { found: /\bin the place of\b/i, instead: "instead of" },
  { found: /\bwho(?:so)?ever\b/i, instead: "anyone who" },
  { found: /\bunless told otherwise\b/i, instead: "by default" },
  { found: /\b(?:whilst|hence|thus|lest|thereof|therein|wherein|upon)\b/i, instead: "a common word" },
];

/** In what users read. */
const unusual: readonly Phrase[] = [
  ...stiff,
  { found: /\bleft over\b/i, instead: "orphaned" },
  { found: /\b(?:is|are|be|was) told\b/i, instead: "is reported" },
  { found: /\bcannot be told\b/i, instead: "is unknown" },
  { found: /\bwhose\b/i, instead: "with, of" },
  { found: /\blisted apart\b/i, instead: "listed separately" },
  { found: /\b(?:is|are|be) no (?!longer\b|more\b|such\b|less\b)[a-z]/, instead: "is not a" },
  { found: /\b(?:gone|deleted) for good\b/i, instead: "permanently deleted" },
  { found: /\ball the same\b/i, instead: "still" },
  { found: /\bgoes on with\b/i, instead: "continues with, keeps using" },
  { found: /\bwrong way round\b/i, instead: "inverted" },
  { found: /\bcome(?:s|) along\b/i, instead: "is included" },
  { found: /\b(?:taken out of|put into) the Team\b/i, instead: "removed from, added to" },
  { found: /\bNot kept is\b|\bWhat the server did not\b/, instead: "subject first" },
];

const repository = fileURLToPath(new URL("../../", import.meta.url));

function filesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(`${repository}${folder}`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`);
}

/** Names of tests and what commands print are quoted as they are; "there is no …" is plain. */
function plain(text: string): string {
  return text
    .replaceAll(/^```console\n[^]*?^```/gm, (transcript) => transcript.replaceAll(/[^\n]/g, ""))
    .replaceAll(/`test\/[^`]*`: "[^|]*/g, "")
    .replaceAll(/\bthere (?:is|are|may be) no\b/gi, "");
}

function complaints(file: string, text: string, phrases: readonly Phrase[]): readonly string[] {
  return plain(text)
    .split("\n")
    .flatMap((line, index) =>
      phrases.flatMap(({ found, instead }) => {
        const [hit] = found.exec(line) ?? [];
        return hit === undefined ? [] : [`${file}:${index + 1}: "${hit}": ${instead}`];
      }),
    );
}

function read(file: string): string {
  return readFileSync(`${repository}${file}`, "utf8");
}

/** The lines stay, the comments go. */
function withoutComments(source: string): string {
  return source
    .replaceAll(/\/\*[^]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ""))
    .replaceAll(/(?<=^|\s)\/\/.*$/gm, "");
}

const sources = filesIn("src", ".ts");
const pages = ["README.md", "CHANGELOG.md", "action.yml", ...filesIn("docs", ".md")];
const examples = filesIn("fixtures", ".yaml");

test("there is something to read", () => {
  expect(Math.min(sources.length / 100, pages.length, examples.length)).toBeGreaterThan(5);
});

describe("phrases that are not plain English", () => {
  test("are in no message or help text", () => {
    expect(sources.flatMap((file) => complaints(file, withoutComments(read(file)), unusual))).toEqual([]);
  });

  test("are on no page and in no example", () => {
    expect([...pages, ...examples].flatMap((file) => complaints(file, read(file), unusual))).toEqual([]);
  });

  test("the stiffest are in no comment either", () => {
    expect(sources.flatMap((file) => complaints(file, read(file), stiff))).toEqual([]);
  });

  test.each([
    ["  - root  left over: active", '"left over": orphaned'],
    ["The answer is no list.", '"is no l": is not a'],
    ["kept for ever", '"for ever": forever'],
  ])("are found: %s", (line, complaint) => {
    expect(complaints("a.ts", line, unusual)).toEqual([`a.ts:1: ${complaint}`]);
  });

  test.each(["It is no longer there.", "There is no such file.", "for every user", "user-left-over"])(
    "plain ones are not: %s",
    (line) => {
      expect(complaints("a.ts", line, unusual)).toEqual([]);
    },
  );
});
