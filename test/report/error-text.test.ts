/** Errors as a person reads them. */

import { describe, expect, test } from "vitest";
import { failureText } from "../../src/report/error/text.ts";
import { AppError } from "../../src/ground/errors.ts";
import { runCommand } from "../support/run-command.ts";

const quiet = { verbose: false, version: "1.2.3" };

describe("an error that is meant for people", () => {
  test("says what, where with the line and a caret, and what to do", () => {
    const place = { file: "a.yaml", line: 12, column: 5, text: "    frist: Ada" };
    const error = new AppError("invalid-file", `Unknown key "frist".`, {
      place,
      hint: `Did you mean "first"?`,
    });
    expect(failureText(error, quiet)).toBe(
      'Error: Unknown key "frist".\n' +
        "  at a.yaml:12:5\n" +
        "  12 |     frist: Ada\n" +
        "           ^\n" +
        'Did you mean "first"?\n',
    );
  });

  test("has no caret where the line is cut off before the place", () => {
    const place = { file: "a.yaml", line: 1, column: 708, text: "idp: entra …" };
    expect(failureText(new AppError("invalid-file", "It is wrong.", { place }), quiet)).toBe(
      "Error: It is wrong.\n  at a.yaml:1:708\n  1 | idp: entra …\n",
    );
  });

  test("has a stack trace only with --verbose", async () => {
    expect((await runCommand(["diff", "nope.yaml"])).stderr).not.toMatch(/^ +at .*fixture-file/m);
    expect((await runCommand(["diff", "nope.yaml", "--verbose"])).stderr).toMatch(/^ +at .*fixture-file/m);
    expect((await runCommand(["diff", "nope.yaml", "-v"])).stderr).toMatch(/^ +at .*fixture-file/m);
  });
});

test("an error that should not have happened asks to be reported, with version and trace", () => {
  const text = failureText(new TypeError("x is not a function"), quiet);
  expect(text).toMatch(/^Error: internal error in astro-scim 1\.2\.3\. Please report it/);
  expect(text).toMatch(/\nTypeError: x is not a function\n +at /);
});
