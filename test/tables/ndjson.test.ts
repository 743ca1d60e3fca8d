/** NDJSON as entries of a fixture, and what is wrong in it. */

import { describe, expect, test } from "vitest";
import { readNdjson } from "../../src/tables/ndjson.ts";
import { outcomeOf } from "../support/table-outcome.ts";

const read = (text: string) => outcomeOf(readNdjson({ file: "people.ndjson", text }));

test("each line is an entry; empty lines and a byte order mark are nothing", () => {
  const text = '\uFEFF{"email":"a","profile":{"level":3}}\r\n\n{"email":"b"}';
  expect(read(text).entries).toEqual([{ email: "a", profile: { level: 3 } }, { email: "b" }]);
});

describe("what is wrong in NDJSON, with its place", () => {
  test.each([
    ["nothing in it", "", ["1:1 people.ndjson has no rows."]],
    [
      "a last line that is cut off",
      '{"email":"a"}\n{"email":"b"',
      ["2:1 This line is not a JSON object. If the file was cut off, export it again."],
    ],
    ["a list", '["a"]\n{"email":"b"}\n', ["1:1 This line is not a JSON object. Each line is one entry"]],
    ["an object over several lines", '{\n"email":"b"}\n', ["1:1 This line is not", "2:1 This line is not"]],
  ])("%s", (_, text, told) => {
    const { mistakes } = read(text);
    expect(mistakes?.map((mistake, index) => mistake.slice(0, told[index]?.length))).toEqual(told);
  });
});

test("the place of a value is its key, or the start of its line", () => {
  const { table } = read('{"email":"a"}\n{"email":"b","status":"gone"}\n');
  expect(table?.place(1, ["status"])).toMatchObject({ line: 2, column: 14 });
  expect(table?.place(1, ["firstName"])).toMatchObject({ line: 2, column: 1 });
});
