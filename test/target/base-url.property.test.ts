import * as fc from "fast-check";
import { expect, test } from "vitest";

import { parseBaseUrl } from "../../src/target/base-url.ts";
import { AppError } from "../../src/ground/errors.ts";

test("any text is a base URL or an AppError, and a second look changes nothing", () => {
  const look = (text: string) => {
    try {
      return parseBaseUrl(text, "--url");
    } catch (error) {
      return error;
    }
  };
  const texts = fc.oneof(fc.string(), fc.webUrl({ withFragments: true, withQueryParameters: true }));
  fc.assert(
    fc.property(texts, (text) => {
      const first = look(text);
      expect(first instanceof AppError || look(String(first)) === first).toBe(true);
    }),
    { numRuns: 50 },
  );
});
