import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { AppError } from "../../src/ground/errors.ts";
import { cleanToken } from "../../src/target/token/clean-token.ts";

describe("a token as people paste it", () => {
  test.each([
    ["as it is", "abc.def-ghi_~+/=", "abc.def-ghi_~+/=", 0],
    ["with the final line break of a file", "abc\r\n", "abc", 0],
    ["with blanks around it", "  abc ", "abc", 0],
    ["with a byte order mark", "\uFEFFabc", "abc", 0],
    ["with the prefix the tool adds itself", "Bearer abc", "abc", 1],
    ["with the prefix in other letters", "bearer\tabc\n", "abc", 1],
    ["a token that only begins like the prefix", "BearerToken", "BearerToken", 0],
  ])("%s", (_form, text, token, notes) => {
    const cleaned = cleanToken(text, "token.txt");
    expect(cleaned.token).toBe(token);
    expect(cleaned.notes).toHaveLength(notes);
  });

  test.each([
    ["nothing", "", "is empty"],
    ["only the prefix", "Bearer ", "is empty"],
    ["a line break inside", "abc\ndef", "contains a line break"],
    ["a header smuggled in", "abc\r\nX-Evil: 1", "contains a line break"],
    ["a blank inside", "abc def", "contains a space"],
    ["the prefix twice", "Bearer Bearer abc", "contains a space"],
    ["a control character", "abc\u0000def", "contains a control character"],
    ["an escape sequence", "abc\u001B[31m", "contains a control character"],
    ["a typographic quote", "“abc”", "contains a character that is not ASCII"],
  ])("%s is wrong usage", (_what, text, message) => {
    const attempt = () => cleanToken(text, "ASTRO_SCIM_TOKEN");
    expect(attempt).toThrow(expect.objectContaining({ code: "usage" }));
    expect(attempt).toThrow(`The token from ASTRO_SCIM_TOKEN ${message}.`);
  });

  test("what comes out may stand in a header, whatever went in", () => {
    const clean = (text: string) => {
      try {
        return cleanToken(text, "x").token;
      } catch (error) {
        return error;
      }
    };
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const outcome = clean(text);
        expect(outcome instanceof AppError || /^[\x21-\x7e]+$/.test(String(outcome))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
